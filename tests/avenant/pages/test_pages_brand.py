"""A carrier's colours are shown as they are where they can be read, corrected where they cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avenant.carriers.packs import pack_names
from avenant.pages.brand import NEUTRAL, PAPER, _safe, brand, brand_of, stylesheet, use_brand
from avenant.pages.colours import contrast, mix, readable, rgb
from tests.support.pages import person, request_for

COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#14508c", "#14508c", 1.0)],
)
def test_contrast_is_the_ratio_of_wcag(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize("wrong", ["blue", "#12345", "#12345g", "rgb(0,0,0)", "#123456;}"])
def test_anything_but_a_plain_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        rgb(wrong)


@given(colour=COLOUR, on=COLOUR)
def test_a_colour_is_moved_only_as_far_as_it_must(colour: str, on: str) -> None:
    corrected = readable(colour, on=on)

    if contrast(colour, on) >= 4.5:
        assert corrected == colour
    else:
        assert contrast(corrected, on) >= 4.5


@given(primary=COLOUR, dark=COLOUR, tint=COLOUR)
def test_any_brand_can_be_read(primary: str, dark: str, tint: str) -> None:
    colours = _safe(primary, dark, tint)

    assert contrast(colours.brand, PAPER) >= 4.5
    assert contrast(colours.brand, colours.tint) >= 4.5
    assert contrast(colours.brand_dark, colours.tint) >= 4.5
    assert contrast(colours.on_brand, colours.brand) >= 4.5
    assert contrast(colours.on_bar, colours.bar) >= 7
    assert contrast(colours.ring, PAPER) >= 3


def test_a_mixed_colour_lies_between_the_two() -> None:
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


@pytest.mark.parametrize("name", [NEUTRAL, *pack_names()])
def test_every_brand_has_its_style_sheet(name: str) -> None:
    sheet = stylesheet(brand(name))

    assert sheet.startswith(":root{--brand-bar:#")
    assert sheet.count("{") == sheet.count("}") == 1


def test_the_page_wears_the_colours_of_the_signed_in_person() -> None:
    assert brand_of(request_for("/", person(carrier="smatis"))).id == "smatis"
    assert brand_of(request_for("/", person(carrier=""))).id == NEUTRAL


def test_a_view_may_choose_the_brand_of_its_page() -> None:
    request = request_for("/", person(carrier="smatis"))

    use_brand(request, "croix_bleue")

    assert brand_of(request).logo_text == "Croix Bleue"


def test_an_unknown_carrier_gets_the_neutral_brand() -> None:
    assert brand("nobody") is brand(NEUTRAL)
    assert brand(NEUTRAL).name == "Avenant"
