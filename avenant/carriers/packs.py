"""The carriers' packs, as the web application reads them: who the carrier is, how it looks.

Tables, forms and products of a pack are read by `avenant_rules`; this is the rest.
"""

import tomllib
from functools import cache
from typing import Literal

import msgspec
from django.conf import settings
from django.utils.translation import get_language

from avenant_rules.forms import load_form

type Bilingual = dict[str, str]

PACKS_FOLDER = settings.BASE_DIR / "carriers"


class Contacts(msgspec.Struct, frozen=True):
    support_email: str
    support_phone: str
    support_hours: Bilingual


class Branding(msgspec.Struct, frozen=True):
    primary: str
    primary_dark: str
    accent: str
    on_primary: str
    logo_text: str


class ElectronicApplication(msgspec.Struct, frozen=True):
    """What the electronic application of this carrier is made of."""

    form: str
    signing_zone: str


class Pack(msgspec.Struct, frozen=True):
    id: str
    name: Bilingual
    legal_regime: str
    country: str
    currency: str
    timezone: str
    languages: list[str]
    locale: Bilingual
    contacts: Contacts
    branding: Branding
    provinces: list[str] = []
    application: ElectronicApplication | None = None

    @property
    def label(self) -> str:
        """The carrier's name in the reader's language."""
        return self.name[reader_language()]

    @property
    def support_hours(self) -> str:
        return self.contacts.support_hours[reader_language()]


def reader_language() -> Literal["fr", "en"]:
    """`fr` or `en`, as the page being read."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"


@cache
def pack(carrier: str) -> Pack:
    """The pack called `carrier`. Raises `LookupError` for a name that has no folder."""
    if carrier not in pack_names():  # strangers ask for any name
        raise LookupError(f"no carrier pack called {carrier!r}")
    path = PACKS_FOLDER / carrier / "carrier.toml"
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Pack)


@cache
def pack_names() -> tuple[str, ...]:
    """The names of all packs, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in PACKS_FOLDER.glob("*/carrier.toml")))


def form_title(carrier: str) -> str:
    """The title of the carrier's electronic application form, e.g. « PROGRAMME ASSOCIATION »."""
    electronic = pack(carrier).application
    if electronic is None:
        return ""
    return load_form(PACKS_FOLDER / carrier, electronic.form).title.in_(reader_language())
