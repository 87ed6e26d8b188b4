"""What happens to Express and underwritten coverages applied for on one application.

Source: Guide du conseiller, Administration des contrats, section 2.1 (ADM-04).
"""

from typing import Literal

from avenant_rules.decision import Because, Settings, Struct, Tables, decision


class IssueQuestion(Struct):
    """The answer to question 12.A – a); None: no answer."""

    answer: Literal["together", "separately"] | None = None


class SimultaneousIssue(Struct):
    """The fate of each kind of coverage."""

    express_coverages: Literal["issued", "held_until_underwritten"]
    underwritten_coverages: Literal["issued", "to_underwriting"]


@decision("application.simultaneous_issue", rules=["1/ADM-04"])
def simultaneous_issue(
    question: IssueQuestion, tables: Tables, because: Because, settings: Settings
) -> SimultaneousIssue:
    """What happens to the Express and the underwritten coverages applied for together.

    The guide settles a question without an answer; the other two are read from it (AMB-34).
    """
    row = tables.simultaneous_issue.match(answer=question.answer or "none")
    because.row(row)
    if question.answer == "together":
        because.setting("application_admin.issued_together")
        if settings("application_admin.issued_together") == "flex_is_hurried":
            return SimultaneousIssue(express_coverages="issued", underwritten_coverages="issued")
    return SimultaneousIssue(
        express_coverages=row.express_coverages, underwritten_coverages=row.underwritten_coverages
    )
