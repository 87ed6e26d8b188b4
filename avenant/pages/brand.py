"""Under whose name and colours a page is shown: a carrier's, or Avenant's own when none is known."""

import hashlib
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from avenant.carriers.packs import Contacts, Pack, pack, pack_names, reader_language
from avenant.pages.colours import AA_SHAPE, contrast, mix, readable, rgb

NEUTRAL = "avenant"
PAPER = "#ffffff"


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours of a brand as the style sheet uses them, each one readable where it is used."""

    bar: str  # behind the top bar
    on_bar: str
    brand: str  # text, links and primary buttons, on paper
    on_brand: str
    brand_dark: str  # the same, pressed or pointed at
    tint: str  # a chosen place, a matched cell
    ring: str  # the focus ring


@dataclass(frozen=True, slots=True)
class Brand:
    id: str
    colours: Colours
    pack: Pack | None = None

    @property
    def name(self) -> str:
        return self.pack.label if self.pack else "Avenant"

    @property
    def logo_text(self) -> str:
        return self.pack.branding.logo_text if self.pack else "Avenant"

    @property
    def contacts(self) -> Contacts | None:
        return self.pack.contacts if self.pack else None

    @property
    def support_hours(self) -> str:
        return self.pack.support_hours if self.pack else ""

    @property
    def currency(self) -> str:
        return self.pack.currency if self.pack else "CAD"

    @property
    def zone(self) -> str:
        """Where the hours are those of the reader and of the carrier's office."""
        return self.pack.timezone if self.pack else settings.TIME_ZONE

    @property
    def locale(self) -> str:
        """The place whose habits of writing numbers and dates the reader expects: `fr_CA`."""
        language = reader_language()
        return self.pack.locale[language] if self.pack else f"{language}_CA"

    @property
    def stylesheet(self) -> str:
        """The address of the brand's colours; it changes with them, so that it may be kept."""
        digest = hashlib.sha256(stylesheet(self).encode()).hexdigest()[:8]
        return f"{reverse('brand_stylesheet', args=[self.id])}?v={digest}"


def use_brand(request: HttpRequest, carrier: str) -> None:
    """Show the answer to this request under a carrier's name: its client's window, its letters."""
    request.avenant_brand = carrier  # type: ignore[attr-defined]
    timezone.activate(brand(carrier).zone)  # until the request ends: `CarrierZoneMiddleware`


def brand_of(request: HttpRequest) -> Brand:
    """What the view chose, else the signed-in person's carrier, else the neutral one."""
    chosen = getattr(request, "avenant_brand", "")
    return brand(chosen or getattr(getattr(request, "user", None), "carrier", "") or NEUTRAL)


def brand(name: str) -> Brand:
    """The brand of a carrier's pack; the neutral one for a name without a pack."""
    return _brand(name if name in pack_names() else NEUTRAL)


@cache
def _brand(name: str) -> Brand:
    if name != NEUTRAL:
        found = pack(name)
        look = found.branding
        return Brand(name, _safe(look.primary, look.primary_dark, look.accent), found)
    return Brand(NEUTRAL, _safe("#1f5f6b", "#15414a", "#e6f1f2"))


def _safe(primary: str, dark: str, tint: str) -> Colours:
    """Keep the carrier's colours where they can be read, correct them where they cannot."""
    light_tint = tint if contrast(tint, PAPER) < 1.35 else mix(tint, PAPER, 0.85)
    on_brand = readable(mix(primary, PAPER, 0.96), on=readable(primary, on=PAPER))
    return Colours(
        bar=readable(dark, on=PAPER, ratio=7),
        on_bar=PAPER,
        brand=readable(primary, on=light_tint),
        on_brand=PAPER if contrast(PAPER, readable(primary, on=light_tint)) >= 4.5 else on_brand,
        brand_dark=readable(dark, on=light_tint, ratio=7),
        tint=light_tint,
        ring=readable(primary, on=PAPER, ratio=AA_SHAPE),
    )


def stylesheet(brand: Brand) -> str:
    """The few custom properties that dress the pages in a brand (no inline style: the CSP)."""
    colours = brand.colours
    lines = {
        "--brand-bar": colours.bar,
        "--on-brand-bar": colours.on_bar,
        "--brand": colours.brand,
        "--brand-rgb": ", ".join(str(part) for part in rgb(colours.brand)),
        "--on-brand": colours.on_brand,
        "--brand-dark": colours.brand_dark,
        "--brand-tint": colours.tint,
        "--ring": colours.ring,
    }
    return ":root{" + "".join(f"{name}:{value};" for name, value in lines.items()) + "}\n"
