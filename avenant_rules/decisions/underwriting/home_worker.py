"""Disability insurance for who works at home: whether it is available, with which proofs and periods.

Source: Guide du conseiller, Sélection des risques, section 6.3 and Tableau 6.3.1 (OCC-10 to OCC-22),
read with the notes AMB-51 to AMB-56.
"""

from decimal import Decimal
from typing import Literal

from avenant_rules.decision import Because, Given, MissingFacts, Settings, Struct, Tables, decision
from avenant_rules.decisions.underwriting.kinds import CENT, OccupationalClass
from avenant_rules.tables import Row
from avenant_rules.values import Money, Quantity

WHOLE = Decimal(100)
EDGED = ("3A", "2A", "A", "B")


class HomeWorker(Struct):
    """Work at home; facts that the row of the person does not read may be left out.

    `are_premises_conditions_required`: the occupation needs a separate access, a visible sign and
    visible traffic; not given means yes. Educators are those of home child care.
    """

    occupation_kind: Literal["general", "educator"]
    occupational_class: OccupationalClass | None = None
    employment_status: Literal["salaried", "self_employed"]
    home_percent: Quantity
    annual_income: Money | None = None
    monthly_benefit: Money | None = None
    is_same_field_last_two_years: bool | None = None
    months_at_home: int | None = None
    evidence_years_provided: int | None = None
    are_premises_conditions_met: bool | None = None
    are_premises_conditions_required: bool | None = None
    is_certified_educator: bool | None = None
    has_visible_sign: bool | None = None
    has_visible_traffic: bool | None = None


class HomeWorkConditions(Struct):
    """What the row grants and asks. Periods that are None are at choice.

    `evidence_years` is None when no row speaks of the person.
    """

    is_available: bool
    is_income_evidence_required: Given[bool]
    evidence_years: int | None = None
    are_next_year_contracts_required: Given[bool]
    allowed_waiting_days: frozenset[int] | None = None
    allowed_benefit_years: frozenset[int] | None = None
    maximum_monthly_benefit: Money | None = None
    is_privilege_available: Given[bool]
    is_benefit_based_on_income: Given[bool]
    imposed_class: OccupationalClass | None = None


@decision(
    "underwriting.home_worker",
    rules=[
        "2/OCC-10", "2/OCC-11", "2/OCC-12", "2/OCC-13", "2/OCC-14", "2/OCC-15", "2/OCC-16",
        "2/OCC-17", "2/OCC-18", "2/OCC-19", "2/OCC-20", "2/OCC-21", "2/OCC-22",
    ],
)  # fmt: skip
def home_worker(
    worker: HomeWorker, tables: Tables, because: Because, settings: Settings
) -> HomeWorkConditions:
    """Conditions of disability insurance for a person who works at home.

    The rows of educators are for those at home the whole time and win over the rows of a class
    (AMB-56); the rest of the time an educator has a class like anybody else.
    """
    is_special = worker.occupation_kind == "educator" and worker.home_percent >= WHOLE
    if is_special:
        row = tables.home_educators.match(
            is_certified_educator=worker.is_certified_educator, annual_income=worker.annual_income
        )
    else:
        row = _class_row(worker, tables, because, settings)
    because.row(row)
    if row.is_outside:
        return _not_in_the_table(worker, tables)
    is_available = row.is_available and _may_be_ordinary(row, because, settings)
    missing: list[str] = []
    if is_special:
        is_available &= _has_educator_conditions(worker, row, missing, tables, because, settings)
    else:
        is_available &= _has_premises(worker, row, missing, because)
    is_available &= _is_within_maximum(worker, row, missing, because)
    if is_available and missing:
        raise MissingFacts(missing)
    return HomeWorkConditions(
        is_available=is_available,
        is_income_evidence_required=_is_evidence_required(
            worker, row, tables, because, settings, is_available=is_available
        ),
        evidence_years=row.evidence_years,
        are_next_year_contracts_required=row.needs_contracts,
        allowed_waiting_days=_waiting_days(row, tables, because, settings),
        allowed_benefit_years=row.benefit_years,
        maximum_monthly_benefit=row.maximum_benefit,
        is_privilege_available=row.has_privilege,
        is_benefit_based_on_income=row.follows_income,
        imposed_class=row.imposed_class,
    )


def _class_row(worker: HomeWorker, tables: Tables, because: Because, settings: Settings) -> Row:
    """The row of the class, a fact on an edge moved to where the carrier reads it.

    Raises:
        MissingFacts: the row that decides reads a fact that is absent.
    """
    if worker.occupational_class is None:
        because.rule("2/OCC-11", "no_class")
        raise MissingFacts(["occupational_class"])
    percent, income, months = worker.home_percent, worker.annual_income, worker.months_at_home
    if worker.employment_status == "self_employed" and worker.occupational_class in EDGED:
        percent = _percent_read(worker, tables, because, settings)
        if percent > tables.home_worker_figures.light_percent:
            income = _income_read(worker, tables, because, settings)
            months = _months_read(worker, tables, because, settings)
    row: Row = tables.home_worker.match(
        occupational_class=worker.occupational_class,
        employment_status=worker.employment_status,
        home_percent=percent,
        annual_income=income,
        is_same_field_last_two_years=worker.is_same_field_last_two_years,
        months_at_home=months,
        evidence_years_provided=worker.evidence_years_provided,
    )
    return row


def _percent_read(
    worker: HomeWorker, tables: Tables, because: Because, settings: Settings
) -> Decimal:
    """Exactly 20 % is printed in two rows (AMB-51)."""
    if worker.home_percent != tables.home_worker_figures.light_percent:
        return worker.home_percent
    because.setting("underwriting.home_twenty_percent")
    is_light = settings("underwriting.home_twenty_percent") == "light_row"
    return worker.home_percent if is_light else worker.home_percent + CENT


def _income_read(
    worker: HomeWorker, tables: Tables, because: Because, settings: Settings
) -> Decimal | None:
    """An income on a printed figure: above, below, or in the row between (AMB-51)."""
    figures, income = tables.home_worker_figures, worker.annual_income
    if income is None:
        return None
    if worker.occupational_class == "3A":
        if income != figures.edge_3a:
            return income
        because.setting("underwriting.home_fifty_thousand")
        is_below = settings("underwriting.home_fifty_thousand") == "stricter_row"
        return income if is_below else income + CENT
    if income not in (figures.between_from, figures.between_to):
        return income
    because.setting("underwriting.home_income_between")
    if settings("underwriting.home_income_between") == "inclusive":
        return income
    return income + CENT if income == figures.between_to else income - CENT


def _months_read(
    worker: HomeWorker, tables: Tables, because: Because, settings: Settings
) -> int | None:
    """Twelve months at home fit two cases of class 3A (AMB-54)."""
    months = worker.months_at_home
    if (
        months is None
        or worker.occupational_class != "3A"
        or worker.is_same_field_last_two_years is not False
        or months != tables.home_worker_figures.months_two_years_row
    ):
        return months
    because.setting("underwriting.home_twelve_months")
    return months if settings("underwriting.home_twelve_months") == "second_case" else months - 1


def _not_in_the_table(worker: HomeWorker, tables: Tables) -> HomeWorkConditions:
    amount = worker.monthly_benefit
    return HomeWorkConditions(
        is_available=False,
        is_income_evidence_required=amount is not None
        and amount >= tables.home_worker_figures.evidence_from,
        are_next_year_contracts_required=False,
        is_privilege_available=False,
        is_benefit_based_on_income=False,
    )


def _may_be_ordinary(row: Row, because: Because, settings: Settings) -> bool:
    """Salaried persons of the lower classes have no row: ordinary rules, or none (AMB-52)."""
    if row.row != "salaried":
        return True
    because.setting("underwriting.home_salaried")
    return settings("underwriting.home_salaried") == "ordinary_rules"


def _has_premises(worker: HomeWorker, row: Row, missing: list[str], because: Because) -> bool:
    """Access, sign and traffic, where the row wants them and the occupation does (OCC-22)."""
    if not row.needs_premises:
        return True
    if worker.are_premises_conditions_required is False:
        because.rule("2/OCC-22", "not_needed")
        return True
    if worker.are_premises_conditions_met is None:
        missing.append("are_premises_conditions_met")
        return True
    because.rule("2/OCC-22", "met" if worker.are_premises_conditions_met else "not_met")
    return worker.are_premises_conditions_met


def _has_educator_conditions(
    worker: HomeWorker,
    row: Row,
    missing: list[str],
    tables: Tables,
    because: Because,
    settings: Settings,
) -> bool:
    """Sign and traffic of a certified educator; the income of the class where the carrier says so."""
    because.rule("2/OCC-21", "certified" if worker.is_certified_educator else "not_certified")
    if row.needs_premises:
        premises = tables.home_educator_premises.check(worker)
        because.checks(premises)
        missing.extend(sorted(premises.missing))
        return not premises.failed
    because.setting("underwriting.educator_income")
    if not row.is_available or settings("underwriting.educator_income") == "special_row":
        return True
    as_class = worker.__class__(
        occupation_kind="general",
        occupational_class=row.imposed_class,
        employment_status="self_employed",
        home_percent=worker.home_percent,
        annual_income=worker.annual_income,
        evidence_years_provided=row.evidence_years,
    )
    class_row = _class_row(as_class, tables, because, settings)
    because.row(class_row)
    return bool(class_row.is_available)


def _is_within_maximum(worker: HomeWorker, row: Row, missing: list[str], because: Because) -> bool:
    if row.maximum_benefit is None:
        return True
    if worker.monthly_benefit is None:
        missing.append("monthly_benefit")
        return True
    is_within: bool = worker.monthly_benefit <= row.maximum_benefit
    because.rule(row.rule, "within" if is_within else "above", maximum=row.maximum_benefit)
    return is_within


def _is_evidence_required(
    worker: HomeWorker,
    row: Row,
    tables: Tables,
    because: Because,
    settings: Settings,
    *,
    is_available: bool,
) -> bool:
    """What the row asks, and from some amount on in all circumstances (AMB-55)."""
    if row.evidence_years:
        return True
    if worker.monthly_benefit is None:
        if is_available:
            raise MissingFacts(["monthly_benefit"])
        return False
    if worker.monthly_benefit < tables.home_worker_figures.evidence_from:
        return False
    because.parameter(tables.home_worker_figures, "evidence_from")
    because.setting("underwriting.home_evidence")
    return settings("underwriting.home_evidence") == "always_from_amount"


def _waiting_days(
    row: Row, tables: Tables, because: Because, settings: Settings
) -> frozenset[int] | None:
    """The waits of the row: these alone, or these and the longer ones printed (AMB-53)."""
    printed: frozenset[int] | None = row.waiting_days
    if printed is None:
        return None
    because.setting("underwriting.home_waiting")
    if settings("underwriting.home_waiting") == "these_alone":
        return printed
    rows = [*tables.home_worker.rows, *tables.home_educators.rows]
    waits = [one.waiting_days for one in rows if not one.is_outside and one.waiting_days]
    return frozenset(days for one in waits for days in one if days >= min(printed))
