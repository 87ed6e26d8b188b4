"""The shared cast: the people of every test, two carriers, two firms, two
agencies, two of every role, and a file."""

from dataclasses import dataclass, field

from django.test import Client

from avenant.accounts.models import Role, User
from avenant.demo.dossiers import CLIENT_BROWSER, CLIENT_IP, ApplicationStory
from avenant.live.window import COOKIE
from avenant.partners.models import Affiliation, Firm, ManagingAgency

CARRIER, OTHER_CARRIER = "croix_bleue", "smatis"


@dataclass
class Cast:
    """Everybody. `story` is the advisor's application, in which the client is."""

    advisor: User
    other_advisor: User
    firm_manager: User
    mga: User
    other_mga: User
    contract_administration: User
    underwriter: User
    claims: User
    platform_admin: User
    other_carrier_admin: User
    colleague: User
    other_carrier_advisor: User
    other_firm_manager: User
    second_administration: User
    other_claims: User
    agreements: User
    seller: User
    back_office: User
    other_platform_admin: User
    other_carrier_underwriter: User
    story: ApplicationStory = field(init=False)

    @classmethod
    def assemble(cls) -> "Cast":
        """Create the people, without passwords: tests sign them in."""
        firms = [Firm.objects.create(carrier=CARRIER, name=f"Cabinet {n}") for n in "AB"]
        agencies = [
            ManagingAgency.objects.create(
                carrier=CARRIER, name=f"Agence {n}", email=f"agence{n}@exemple.test"
            )
            for n in "AB"
        ]
        return cls(
            advisor=person("advisor", Role.ADVISOR, firm=firms[0], agency=agencies[0]),
            other_advisor=person("other_advisor", Role.ADVISOR, firm=firms[1], agency=agencies[1]),
            firm_manager=person("firm_manager", Role.FIRM_MANAGER, firm=firms[0]),
            mga=person("mga", Role.MANAGING_AGENCY, agency=agencies[0]),
            other_mga=person("other_mga", Role.MANAGING_AGENCY, agency=agencies[1]),
            contract_administration=person("administration", Role.CONTRACT_ADMINISTRATION),
            underwriter=person("underwriter", Role.UNDERWRITER),
            claims=person("claims", Role.CLAIMS),
            platform_admin=person("platform", Role.PLATFORM_ADMIN, carrier=""),
            other_carrier_admin=person(
                "other_carrier", Role.CONTRACT_ADMINISTRATION, carrier=OTHER_CARRIER
            ),
            colleague=person("colleague", Role.ADVISOR, firm=firms[0], agency=agencies[0]),
            other_carrier_advisor=person("advisor_elsewhere", Role.ADVISOR, carrier=OTHER_CARRIER),
            other_firm_manager=person("other_manager", Role.FIRM_MANAGER, firm=firms[1]),
            second_administration=person("administration2", Role.CONTRACT_ADMINISTRATION),
            other_claims=person("claims_elsewhere", Role.CLAIMS, carrier=OTHER_CARRIER),
            agreements=person("agreements", Role.AGREEMENTS),
            seller=person("seller", Role.SELLER),
            back_office=person("back_office", Role.BACK_OFFICE),
            other_platform_admin=person("platform2", Role.PLATFORM_ADMIN, carrier=""),
            other_carrier_underwriter=person(
                "underwriter_elsewhere", Role.UNDERWRITER, carrier=OTHER_CARRIER
            ),
        )


def person(
    name: str,
    role: Role,
    *,
    carrier: str = CARRIER,
    firm: Firm | None = None,
    agency: ManagingAgency | None = None,
) -> User:
    user = User(email=f"{name}@exemple.test", name=name.title(), role=role, carrier=carrier)
    user.set_unusable_password()
    user.save()
    if firm or agency:
        Affiliation.objects.create(
            user=user, firm=firm, managing_agency=agency, distributor_code="CB-1"
        )
    return user


def browser_of(user: User | None) -> Client:
    """A browser in which `user` is signed in; None for nobody."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def window_of_client(story: ApplicationStory) -> Client:
    """The browser in which the client of this story joined."""
    client = Client(
        raise_request_exception=False, REMOTE_ADDR=CLIENT_IP, HTTP_USER_AGENT=CLIENT_BROWSER
    )
    client.cookies[COOKIE] = story.token
    return client
