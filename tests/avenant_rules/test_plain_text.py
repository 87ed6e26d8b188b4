"""Text from outside: what honest names need stays, what nobody sees goes, what deceives is refused."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avenant_rules.plain_text import (
    TextRefused,
    is_whole,
    read_line,
    read_lines,
    what_is_readable,
)
from tests.support.cases import each


@each(
    ("typed", "kept"),
    [
        ("  Ève   Côté ", "Ève Côté"),
        ("Eloi\u0308se", "Eloïse"),
        (
            "O'Brien O\u2019Brien D\u02bcArc L\u2018Hôte",
            "O'Brien O\u2019Brien D\u02bcArc L\u2018Hôte",
        ),
        ("Lévesque-Roy Lévesque\u2011Roy", "Lévesque-Roy Lévesque\u2011Roy"),
        ("Nguyễn Thị Ánh", "Nguyễn Thị Ánh"),
        ("משה כהן", "משה כהן"),
        ("בְּרֵאשִׁ֖ית", unicodedata.normalize("NFC", "בְּרֵאשִׁ֖ית")),
        ("محمد العربي", "محمد العربي"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क\u094d\u200dष ശ്രീ ක\u0dca\u200dර", "क\u094d\u200dष ശ്രീ ක\u0dca\u200dර"),
        ("葛\U000e0100城 ☃", "葛\U000e0100城 ☃"),
        ("\ufeffTremblay", "Tremblay"),
        ("Trem\u200bblay Roy\u2060", "Tremblay Roy"),
        ("Trem\u00adblay", "Tremblay"),
        ("Trem\u200cbl\u200day", "Tremblay"),
        ("Roy\u200e \u200fDubé\u061c", "Roy Dubé"),
        ("\u202a+1 418 555-0123\u202c", "+1 418 555-0123"),
        ("\u202d+1 (418) 555-0123\u202c", "+1 (418) 555-0123"),
        ("\u2068Odette Gagnon\u2069", "Odette Gagnon"),
        ("Roy\u3164\u115f\u2800", "Roy"),
        ("Roy\U000e0041\U000e007f", "Roy"),
        ("e\u034f\u0301", "é"),
        ("Roy\u00a0Dubé\u202f\u2009et\u2028fils", "Roy Dubé et fils"),
        ("", ""),
    ],
)
def test_it_keeps_what_honest_names_need_and_nothing_unseen(typed: str, kept: str) -> None:
    assert read_line(typed) == kept
    assert read_line(kept) == kept


@each(
    ("typed", "code"),
    [
        ("\u202eniremarT", "turned_text"),
        ("a\u202bb", "turned_text"),
        ("a\u2067b\u2069", "turned_text"),
        ("\u202dשלום\u202c", "turned_text"),
        ("a\0b", "bad_character"),
        ("a\ud800b", "bad_character"),
        ("a\x1b[2Jb", "bad_character"),
        ("a\x85b", "bad_character"),
        ("a\nb", "bad_character"),
        ("\ue000", "bad_character"),
        ("\ufdd0", "bad_character"),
        ("Gagn\ufffdn", "bad_character"),
        ("a" + "\u0301" * 9, "stacked_marks"),
        ("a" + "\u0323\u0301" * 9_000, "stacked_marks"),
        ("x" * 20_001, "too_long"),
    ],
)
def test_it_refuses_what_would_be_shown_otherwise_in_words(typed: str, code: str) -> None:
    with pytest.raises(TextRefused) as refused:
        read_line(typed)

    assert refused.value.code == code
    assert refused.value.in_("fr").endswith((".", ")."))
    assert refused.value.in_("en") != refused.value.in_("fr")


def test_it_counts_what_is_left_and_says_how_much_there_is() -> None:
    assert read_line("ab\u200b\u200b\u200bc", most=3) == "abc"
    with pytest.raises(TextRefused) as refused:
        read_line("abcd", most=3)

    assert refused.value.in_("fr") == "Raccourcissez à 3 caractères (il y en a 4)."


def test_it_keeps_the_lines_of_a_comment() -> None:
    assert read_lines(" un\r\ndeux\rtrois\u2028quatre\n\n") == "un\ndeux\ntrois\nquatre"
    assert read_lines("a\tb") == "a\tb"


def test_it_reads_what_it_can_of_a_browsers_name() -> None:
    assert what_is_readable("Moz\0illa\x9f/5.0 \u202e(x)", most=12) == "Moz illa /5."
    assert what_is_readable("\0\ud800", most=12) == ""


@given(st.text(st.characters(codec=None), max_size=60))
def test_what_it_keeps_can_be_written_anywhere(typed: str) -> None:
    for read in (read_line, read_lines):
        try:
            kept = read(typed)
        except TextRefused:
            continue
        kept.encode("utf-8")
        assert "\0" not in kept
        assert is_whole(kept)
        assert read(kept) == kept
        assert unicodedata.is_normalized("NFC", kept)
    shown = what_is_readable(typed, most=40)
    assert is_whole(shown)
    assert len(shown) <= 40
