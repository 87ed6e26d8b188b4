"""What underwriting will ask, for each guarantee of the illustration (settled 13, 2/REQ-01 ff.)."""

from decimal import Decimal

from avenant.applications.content import Answers, answers_of, current_illustration, form_of
from avenant.applications.models import Application
from avenant.carriers.packs import PACKS_FOLDER
from avenant.rules import ask
from avenant.underwriting.models import RequirementList
from avenant_rules import forms


def list_requirements(application: Application) -> list[RequirementList]:
    """Ask `underwriting.requirements` for each coverage and keep the answers with the file.

    Guarantees that no requirement table reads are left out. Runs in the caller's transaction;
    a second call replaces nothing.
    """
    form, answers = form_of(application), answers_of(application)
    illustration = current_illustration(application)
    product = forms.load_product(PACKS_FOLDER / application.carrier, application.form_id)
    lists = []
    for item in illustration.guarantees if illustration else []:
        guarantee = product.guarantee(item["guarantee"])
        if guarantee.coverage is None:
            continue
        granted = product.granted(forms.role(form, answers, "association"), guarantee.id)
        facts = _facts(application, form, answers, guarantee, item["amount"], granted)
        answer = ask("underwriting.requirements", application.carrier, **facts)
        entry, _ = RequirementList.objects.get_or_create(
            application=application,
            coverage=guarantee.id,
            defaults={
                "amount": Decimal(item["amount"]),
                "facts": facts,
                "outcome": (said := answer.as_json())["outcome"],
                "because": said["because"],
            },
        )
        lists.append(entry)
    return lists


def _facts(
    application: Application,
    form: forms.Form,
    answers: Answers,
    guarantee: forms.Guarantee,
    amount: str,
    granted: Decimal,
) -> dict[str, object]:
    facts: dict[str, object] = {
        "coverage": guarantee.coverage,
        "sex": forms.role(form, answers, "client_sex"),
        "birth_date": forms.role(form, answers, "client_birth_date"),
        "subscription_date": application.started_on.isoformat(),
        "requested_amount": amount,
    }
    if granted:
        facts["granted_amount"] = f"{min(granted, Decimal(amount)):.2f}"
    return facts
