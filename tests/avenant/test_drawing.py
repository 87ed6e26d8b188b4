"""A signature is a drawing within the pad or a name that can be read; all else is refused in words."""

import json
from typing import Any

import pytest

from avenant.documents.strokes import strokes_svg
from avenant.errors import RuleError, explain
from avenant.signatures.drawing import Drawing
from tests.support.cases import each

LINE = [[10, 20], [60, 90], [120, 30], [200, 110], [300, 40], [420, 100]]


def sent(strokes: Any, width: Any = 600, height: Any = 200) -> str:
    return json.dumps({"kind": "drawn", "width": width, "height": height, "strokes": strokes})


def test_it_keeps_what_was_drawn_on_the_pad() -> None:
    assert Drawing.read(sent([LINE])).strokes == [[[float(x), float(y)] for x, y in LINE]]


@each(
    ("raw", "code"),
    [
        (sent([[*LINE, [1e308, 10]]]), "signature_outside"),
        (sent([[*LINE, [-1e308, 10]]]), "signature_outside"),
        (sent([[*LINE, [10, 401]]]), "signature_outside"),
        (sent([LINE], width=1e300), "signature_outside"),
        (sent([LINE], height=0), "signature_outside"),
        (sent([[*LINE, [float("nan"), 10]]]), "signature_empty"),
        (sent([[*LINE, [float("inf"), 10]]]), "signature_empty"),
        ('{"strokes":[[[' + "9" * 100_000 + ",1]]]}", "signature_empty"),
        ('{"strokes":[[[1' + "0" * 400 + ",1]]]}", "signature_empty"),
        (sent([[*LINE, ["10", "20"]]]), "signature_empty"),
        (sent([[*LINE, [True, 20]]]), "signature_empty"),
        (sent([[*LINE, [1, 2, 3]]]), "signature_empty"),
        ("[" * 200_000, "signature_empty"),
        (sent([[[1, 1]]] * 2_001), "signature_too_long"),
        (sent([LINE * 4_000]), "signature_too_long"),
        (" " * 1_000_001, "signature_too_long"),
        (sent([[[5, 5]] * 8]), "signature_empty"),
        ("", "signature_empty"),
        ("1", "signature_empty"),
        ("[]", "signature_empty"),
        ('{"kind":"typed","name":["Odette"]}', "signature_empty"),
        ('{"kind":"typed","name":"\\u200b"}', "signature_empty"),
        ('{"kind":"typed","name":"Odette\\u0000Gagnon"}', "bad_character"),
        ('{"kind":"typed","name":"Odette \\ud800"}', "bad_character"),
        ('{"kind":"typed","name":"\\u202enongaG"}', "turned_text"),
        ('{"kind":"typed","name":"' + "x" * 161 + '"}', "too_long"),
    ],
)
def test_it_refuses_what_no_hand_draws(raw: str, code: str) -> None:
    with pytest.raises(RuleError) as refused:
        Drawing.read(raw)

    assert refused.value.code == code
    assert explain(refused.value) != explain(RuleError("a code that nobody knows"))


def test_it_leaves_no_ink_where_the_finger_slipped_over_the_edge() -> None:
    slipped = [[580, 50], [590, 60], [640, 90], [700, 95], [595, 120], [560, 140], [500, 150]]

    drawing = Drawing.read(sent([slipped]))

    assert drawing.strokes == [
        [[580.0, 50.0], [590.0, 60.0], [600.0, 90.0]],
        [[595.0, 120.0], [560.0, 140.0], [500.0, 150.0]],
    ]


def test_it_keeps_a_typed_name_as_all_text_is_kept() -> None:
    drawing = Drawing.read('{"kind":"typed","name":" Eloi\\u0308se \\ufeff Gagnon "}')

    assert drawing.typed_name == "Eloïse Gagnon"


def test_it_draws_a_kept_signature_whose_points_were_not_bounded() -> None:
    svg = strokes_svg([[(1e308, 1.0), (-1e308, 2.0)], [(10.0, 20.0), (60.0, 90.0)]])

    assert "inf" not in svg
    assert "nan" not in svg
    assert 'width="58.00"' in svg
