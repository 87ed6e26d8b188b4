"""What is kept when the client leaves the online subscription.

The strict behaviour of the tool: the drafts that Avenant may keep are another matter. Source: guide
Mes Solutions Plus, « En détail 2/3 » (SUB-13, SUB-14).
"""

from typing import Literal

from avenant_rules.decision import Because, Struct, Tables, decision


class Leaving(Struct):
    """The last screen the client validated; `sign_contract` leaves the payment screen."""

    last_screen: Literal["personal_data", "contract_information", "sign_contract"]


class Kept(Struct):
    """Whether the entries are kept, where one starts again, and what became of the quote."""

    is_saved: bool
    restart_at: Literal["personal_data", "contract_information", "payment"] | None = None
    quote_status: Literal["validated", "subscribed"] | None = None


@decision("subscription.exit", rules=["4/SUB-13", "4/SUB-14"], carrier="smatis")
def leave(leaving: Leaving, tables: Tables, because: Because) -> Kept:
    """What is kept when the client leaves the online subscription."""
    row = tables.subscription_exit.match(last_screen=leaving.last_screen)
    because.row(row)
    return Kept(is_saved=row.is_saved, restart_at=row.restart_at, quote_status=row.quote_status)
