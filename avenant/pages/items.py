"""What the components are given: small records that any app can build."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a checklist; `url` leads to what is missing."""

    label: str
    is_done: bool
    url: str = ""
    detail: str = ""
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class SectionItem:
    """One section of an application in the list that stays in sight."""

    label: str
    url: str
    state: str
    done: int = 0
    total: int = 0
    is_current: bool = False
    asks_client: bool = True  # counted among what the client has to confirm


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a timeline."""

    at: datetime | None
    text: str
    who: str = ""
    detail: str = ""
    tone: str = "neutral"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a decision says what it says, when no decision object is at hand."""

    text: str
    source: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a printed table: its heading and its cells."""

    head: str
    cells: Sequence[Any] = field(default_factory=tuple)
