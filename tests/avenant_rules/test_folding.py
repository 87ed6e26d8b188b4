"""Texts compared without case, accents or doubled spaces."""

from avenant_rules.folding import folded, folded_words
from tests.support.cases import each


@each(
    ("text", "plain"),
    [
        ("  Éloïse  CÔTÉ ", "eloise cote"),
        ("Cœur", "coeur"),
        ("E\u0301loi", "eloi"),
        ("Straße", "strasse"),
        ("Đorđe Łukasz Ødegård", "dorde lukasz odegard"),
        ("Jean-Luc", "jean-luc"),
        ("a\u00a0b", "a b"),
        ("%", "%"),
    ],
)
def test_folds_case_accents_and_spaces(text: str, plain: str) -> None:
    assert folded(text) == plain


@each(
    ("text", "words"),
    [
        ("Jean-Luc O’Neil", ["jean", "luc", "o", "neil"]),
        (" - ", []),
        ("M. Roy", ["m", "roy"]),
        ("A_B%", ["a_b%"]),
        ("O'B O’B OʼB O`B O´B O‘B O′B", ["o", "b"] * 7),
        ("a\u2011b a–b a\u2212b", ["a", "b"] * 3),
    ],
)
def test_parts_words_at_punctuation(text: str, words: list[str]) -> None:
    assert folded_words(text) == words
