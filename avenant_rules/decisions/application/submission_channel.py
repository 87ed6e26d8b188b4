"""By which channel a document or a piece of information may be sent.

Source: Guide du conseiller, Administration des contrats, sections 3 and 4 (ADM-07, ADM-09, ADM-10).
"""

from typing import Annotated, Literal

import msgspec

from avenant_rules.decision import Because, MissingFacts, Settings, Struct, Tables, decision


class Sending(Struct):
    """What is sent and how; `age_days` matters for a medical authorisation alone."""

    item: Literal[
        "application_with_illustration",
        "health_declaration",
        "medical_questionnaire",
        "pre_authorised_debit_agreement",
        "endorsement",
        "modification_request",
        "medical_information_authorisation",
        "birth_date",
        "height_and_weight",
        "name_correction",
        "contact_details",
        "bank_withdrawal_date",
    ]
    channel: Literal["pdf", "fax", "original", "telephone", "email"]
    age_days: Annotated[int, msgspec.Meta(ge=0)] | None = None


class SendingAnswer(Struct):
    """Whether it is accepted that way."""

    is_accepted: bool


@decision("application.submission_channel", rules=["1/ADM-07", "1/ADM-09", "1/ADM-10"])
def submission_channel(
    sending: Sending, tables: Tables, because: Because, settings: Settings
) -> SendingAnswer:
    """Whether a document or a piece of information may be sent by a given channel.

    A signed paper original is accepted for everything. « By fax » beside an item leaves fax alone
    (AMB-32).
    """
    row = tables.submission_channels.match(item=sending.item)
    because.row(row)
    channels = row.channels
    if row.also_if_illustrative:
        because.setting("application_admin.by_fax")
        if settings("application_admin.by_fax") == "illustrative":
            channels |= row.also_if_illustrative
    is_accepted = sending.channel in channels
    because.rule(row.rule, "accepted" if is_accepted else "refused")
    if sending.item == "medical_information_authorisation":
        is_accepted &= _is_fresh(sending, tables, because, settings, is_needed=is_accepted)
    return SendingAnswer(is_accepted=is_accepted)


def _is_fresh(
    sending: Sending, tables: Tables, because: Because, settings: Settings, *, is_needed: bool
) -> bool:
    """Under the days; on that very day: AMB-31. An unknown age matters if the channel is right."""
    limit = tables.submission_figures.medical_authorisation_days_below
    if sending.age_days is None:
        if is_needed:
            raise MissingFacts(["age_days"])
        return False
    because.parameter(tables.submission_figures, "medical_authorisation_days_below")
    if sending.age_days != limit:
        return bool(sending.age_days < limit)
    because.setting("application_admin.authorisation_of_90_days")
    return settings("application_admin.authorisation_of_90_days") == "accepted"
