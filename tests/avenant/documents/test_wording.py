import tomllib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from avenant.documents import upload_words, verify_words
from avenant.documents.payload import Carrier
from avenant.documents.render import TEMPLATES
from avenant.documents.strokes import strokes_svg
from avenant.documents.wording import Wording

QUEBEC = Carrier(name="Croix Bleue")
FRANCE = Carrier(name="SMATIS", country="FR", currency="EUR", time_zone="Europe/Paris")


@pytest.mark.parametrize(
    ("language", "carrier", "moment", "money", "percent"),
    [
        (
            "fr",
            QUEBEC,
            "1er avril 2026, 9 h 05 min 07 s HAE (UTC−04:00)",
            "1\xa0382,76\xa0$",
            "12,5\xa0%",
        ),
        ("en", QUEBEC, "April 1, 2026, 9:05:07 a.m. EDT (UTC−04:00)", "$1,382.76", "12.5%"),
        (
            "fr",
            FRANCE,
            "1er avril 2026, 15 h 05 min 07 s UTC+02:00",
            "1\u202f382,76\xa0€",
            "12,5\xa0%",
        ),
        ("en", FRANCE, "April 1, 2026, 3:05:07 pm CEST (UTC+02:00)", "€1,382.76", "12.5%"),
    ],
)
def test_writes_as_the_place_does(language, carrier, moment, money, percent) -> None:
    say = Wording(language, carrier)

    assert say.moment(datetime(2026, 4, 1, 13, 5, 7, tzinfo=UTC)) == moment
    assert say.money(Decimal("1382.76")) == money
    assert say.percent(Decimal("12.5")) == percent


def test_dates_a_moment_in_the_carriers_zone() -> None:
    say = Wording("fr", QUEBEC)

    assert say.moment(datetime(2026, 1, 1, 4, 59, tzinfo=UTC)).startswith("31 décembre 2025, 23 h")
    assert say.day(date(2026, 11, 11)) == "11 novembre 2026"


def test_has_the_same_fixed_words_in_both_languages() -> None:
    words = tomllib.loads((TEMPLATES / "texts.toml").read_text())

    assert words["fr"].keys() == words["en"].keys()
    assert all(words["fr"].values())
    assert all(words["en"].values())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_has_a_sentence_for_every_reason_and_problem(language) -> None:
    reasons = [verify_words.reason(code, language, "N", "s") for code in verify_words.REASON_CODES]
    problems = [upload_words.problem(code, language) for code in upload_words.CODES]

    assert all(sentence.rstrip().endswith(".") for sentence in reasons + problems)


def test_crops_a_signature_to_its_ink() -> None:
    svg = strokes_svg([[(10, 20), (30, 40), (50, 20)]])

    assert 'viewBox="6.00 16.00 48.00 28.00"' in svg
    assert "M10.00 20.00Q30.00 40.00 40.00 30.00L50.00 20.00" in svg


@pytest.mark.parametrize("strokes", [[], [[]], [[(0, 0)] * 20_001]])
def test_draws_nothing_when_there_is_no_ink_or_too_much(strokes) -> None:
    assert strokes_svg(strokes) == ""
