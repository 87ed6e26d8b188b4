"""The people of the demo (design/interfaces.md). All invented."""

import datetime as dt

from django.db import transaction

from avenant.accounts.models import Role, User
from avenant.partners.models import Affiliation, Firm, ManagingAgency

PASSWORD = "Avenant-Demo-2026!"  # noqa: S105 - the demo's published password
CROIX_BLEUE, SMATIS = "croix_bleue", "smatis"
LICENCE_ENDS = dt.date(2031, 12, 31)

# e-mail, name, role, carrier, firm, managing agency, distributor code
PEOPLE = [
    ("conseillere@croixbleue.test", "Marie-Ève Gagné", Role.ADVISOR, CROIX_BLEUE,
     "Cabinet Horizon", "Agence Boréale", "CB-10427"),
    ("conseiller2@croixbleue.test", "Olivier Tanguay", Role.ADVISOR, CROIX_BLEUE,
     "Services financiers Outaouais", "Agence du Fleuve", "CB-20813"),
    ("gerante@croixbleue.test", "Louise Beaumier", Role.FIRM_MANAGER, CROIX_BLEUE,
     "Cabinet Horizon", "", ""),
    ("mga@croixbleue.test", "Patrick Lévesque", Role.MANAGING_AGENCY, CROIX_BLEUE,
     "", "Agence Boréale", ""),
    ("mga2@croixbleue.test", "Nadia Haddad", Role.MANAGING_AGENCY, CROIX_BLEUE,
     "", "Agence du Fleuve", ""),
    ("selection@croixbleue.test", "Sylvie Pomerleau", Role.UNDERWRITER, CROIX_BLEUE, "", "", ""),
    ("administration@croixbleue.test", "Julien Ferland", Role.CONTRACT_ADMINISTRATION,
     CROIX_BLEUE, "", "", ""),
    ("ententes@croixbleue.test", "Chantal Morissette", Role.AGREEMENTS, CROIX_BLEUE, "", "", ""),
    ("reglements@croixbleue.test", "Denis Arcand", Role.CLAIMS, CROIX_BLEUE, "", "", ""),
    ("vendeur@smatis.test", "Camille Moreau", Role.SELLER, SMATIS, "", "", ""),
    ("gestion@smatis.test", "Hélène Girard", Role.BACK_OFFICE, SMATIS, "", "", ""),
    ("admin@avenant.test", "Administration Avenant", Role.PLATFORM_ADMIN, "", "", "", ""),
]  # fmt: skip


@transaction.atomic
def load_people() -> None:
    """Create the accounts, firms and agencies that are not there yet."""
    for email, name, role, carrier, firm, agency, code in PEOPLE:
        if User.objects.filter(email=email).exists():
            continue
        user = User.objects.create_user(email, PASSWORD, name=name, role=role, carrier=carrier)
        if firm or agency:
            Affiliation.objects.create(
                user=user,
                firm=_firm(carrier, firm) if firm else None,
                managing_agency=_agency(carrier, agency) if agency else None,
                distributor_code=code,
                phone="514 555-0140",
                licence_ends_on=LICENCE_ENDS if role == Role.ADVISOR else None,
            )


def _firm(carrier: str, name: str) -> Firm:
    return Firm.objects.get_or_create(carrier=carrier, name=name)[0]


def _agency(carrier: str, name: str) -> ManagingAgency:
    address = "mga@croixbleue.test" if name == "Agence Boréale" else "mga2@croixbleue.test"
    return ManagingAgency.objects.get_or_create(
        carrier=carrier, name=name, defaults={"email": address}
    )[0]
