"""What a printed application says: the plain data that the application, the live session and the
signatures hand over to be rendered. The caller decides what is shown in full and what is masked.

Moments are aware datetimes; they are printed in the carrier's time zone. Decimals are strings.
"""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

Language = Literal["fr", "en"]
Stage = Literal["created", "submitted"]
SignerRole = Literal["main_insured", "spouse", "policyholder", "payor", "representative"]
SignatureMethod = Literal["screen", "phone"]
ItemKind = Literal[
    "text", "money", "percent", "date", "yes_no", "integer", "heading", "note", "bank"
]
Point = tuple[float, float]


class Carrier(Struct, frozen=True, kw_only=True):
    """Whose document it is: name in the document's language, branding, how to reach it."""

    name: str
    colour: str = "#14508c"
    contact: str = ""
    time_zone: str = "America/Montreal"
    country: Literal["CA", "FR"] = "CA"
    currency: str = "CAD"


class Item(Struct, frozen=True, kw_only=True, tag="item"):
    """One question and its answer.

    `value` by kind: money and percent a decimal string, date an ISO date, yes_no a bool, bank and
    text as printed; a list prints one line each; None or "" prints as unanswered. A `heading`
    starts a group and a `note` is a paragraph: both say it in `label`.
    """

    label: str
    value: str | bool | int | list[str] | None = None
    kind: ItemKind = "text"


class Table(Struct, frozen=True, kw_only=True):
    """Rows that repeat: beneficiaries, guarantees, other policies. Amount columns align right."""

    title: str
    headers: list[str]
    rows: list[list[str]]
    right_aligned: list[int] = []


class Declaration(Struct, frozen=True, kw_only=True, tag="declaration"):
    """A statement the client called exact or inexact, with what was explained."""

    statement: str
    answer: Literal["exact", "inexact"] | None
    details: str = ""
    title: str = ""


class Section(Struct, frozen=True, kw_only=True):
    """One section of the form, in the order in which it was shown. `is_confirmed_by_client` is false
    for the representative's own."""

    number: str
    title: str
    items: list[Item | Declaration] = []
    tables: list[Table] = []
    confirmed_at: datetime | None = None
    confirmed_ip: str = ""
    is_confirmed_by_client: bool = True


class Illustration(Struct, frozen=True, kw_only=True):
    """The attached quote as the client saw it, rebuilt from the file that was received, whose
    SHA-256 is printed. `summary` goes in the text alternative of its first page (guarantees and
    amounts), for those who cannot see the pages."""

    content: bytes
    received_sha256: str
    name: str
    version: str
    agreed_at: datetime | None = None
    summary: str = ""


class Signature(Struct, frozen=True, kw_only=True):
    """One signature collected: strokes as lists of points, or a name typed on the keyboard."""

    role: SignerRole
    name: str
    method: SignatureMethod
    city: str
    province: str
    signed_at: datetime
    ip: str
    user_agent: str = ""
    strokes: list[list[Point]] = []
    typed_name: str = ""
    content_hash: str = ""
    phone_masked: str = ""
    is_code_verified: bool | None = None
    presence: str = ""
    flags: list[str] = []


class Notices(Struct, frozen=True, kw_only=True):
    """The notices and declarations each signer read to the end before signing: each paragraph with
    the heading that stood above it, or none."""

    version: str
    language: Language
    paragraphs: list[tuple[str, str]]


class Child(Struct, frozen=True, kw_only=True):
    """A dependent child beyond the four rows of the form (4/APP-30)."""

    name: str
    born_on: date | None = None
    relationship: str = ""


class Confirmation(Struct, frozen=True, kw_only=True):
    """An agreement given in the session: what was shown, when it was agreed, from where."""

    label: str
    agreed_at: datetime
    shown_at: datetime | None = None
    ip: str = ""
    content_hash: str = ""
    language: Language | None = None
    flags: list[str] = []


class Representative(Struct, frozen=True, kw_only=True):
    """Who submits. The submission fields are filled once it is submitted (4/APP-41)."""

    name: str
    code: str
    firm: str = ""
    percent: str = "100"
    licences: str = ""
    second_name: str = ""
    second_code: str = ""
    second_percent: str = ""
    submitted_at: datetime | None = None
    ip: str = ""
    user_agent: str = ""
    certification_text: str = ""
    certification_version: str = ""


class ApplicationDocument(Struct, frozen=True, kw_only=True):
    """Everything one rendering prints. The same document always gives the same bytes."""

    carrier: Carrier
    number: str
    stage: Stage
    language: Language
    title: str
    product_label: str
    insured_name: str
    created_at: datetime
    sections: list[Section]
    illustration: Illustration
    signatures: list[Signature]
    representative: Representative
    content_hash: str
    notices: Notices | None = None
    remarks: str = ""
    extra_children: list[Child] = []
    confirmations: list[Confirmation] = []
    spouse_name: str = ""
    verify_url: str = ""
    is_demo: bool = False
