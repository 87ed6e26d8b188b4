"""Whether the dependent children of an application are all listed, and where they are printed.

Source: guide of the electronic application, « Remarques » (APP-30): the form has four rows, the
list of the others goes in the remarks and is printed on the additional page.
"""

from typing import Annotated

import msgspec

from avenant_rules.decision import Because, Given, Settings, Struct, Tables, decision

type Count = Annotated[int, msgspec.Meta(ge=0)]


class DependentChildren(Struct):
    """How many there are, and how many are listed because the form has no row left for them."""

    children_count: Count
    listed_in_remarks_count: Count


class ChildrenAnswer(Struct):
    """Whether all are listed, and how many are printed in each place."""

    is_complete: bool
    form_row_count: Given[int]
    additional_page_row_count: Given[int]


@decision("application.children", rules=["4/APP-30"])
def children(
    family: DependentChildren, tables: Tables, because: Because, settings: Settings
) -> ChildrenAnswer:
    """Whether the dependent children of an application are all listed and where they are printed."""
    rows: int = tables.application_children.rows_on_the_form
    beyond = max(0, family.children_count - rows)
    is_complete = family.listed_in_remarks_count >= beyond
    because.parameter(tables.application_children, "rows_on_the_form")
    printed = beyond
    if not is_complete:
        because.rule("4/APP-30", "incomplete", missing=beyond - family.listed_in_remarks_count)
        because.setting("application.children_beyond_the_form")
        if settings("application.children_beyond_the_form") == "only_those_listed":
            printed = family.listed_in_remarks_count
    elif beyond:
        because.rule("4/APP-30", "additional_page")
    return ChildrenAnswer(
        is_complete=is_complete,
        form_row_count=min(family.children_count, rows),
        additional_page_row_count=printed,
    )
