"""What underwriting will ask, for each guarantee of the illustration (settled 13, 2/REQ-01 ff.)."""

from decimal import Decimal

from avenant.applications.content import current_illustration, view_of
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
    view = view_of(application)
    illustration = current_illustration(application)
    product = forms.load_product(PACKS_FOLDER / application.carrier, application.form_id)
    lists = []
    for item in illustration.guarantees if illustration else []:
        guarantee = product.guarantee(item["guarantee"])
        if guarantee.coverage is None:
            continue
        granted = product.granted(view.role("association"), guarantee.id)
        facts = _facts(application, view, guarantee, item["amount"], granted)
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
    view: forms.FormView,
    guarantee: forms.Guarantee,
    amount: str,
    granted: Decimal,
) -> dict[str, object]:
    facts: dict[str, object] = {
        "coverage": guarantee.coverage,
        "sex": view.role("client_sex"),
        "birth_date": view.role("client_birth_date"),
        "subscription_date": application.started_on.isoformat(),
        "requested_amount": amount,
    }
    if granted:
        facts["granted_amount"] = f"{min(granted, Decimal(amount)):.2f}"
    return facts
