"""The guards of what comes in and of what a child may do, one by one."""

import os
from pathlib import Path

import pytest

from avenant.documents import fonts
from avenant.documents.fonts import FontsMissingError
from avenant.documents.upload_names import NameRefusedError, clean_name
from avenant.guarded import Limits, Stopped, caller, zygote
from avenant.guarded.caller import Job

pytestmark = pytest.mark.promise("G6")
NAMES = {
    "Soumission Tremblay.pdf": "",
    "a.b.PDF": "",
    "soumission": "pdf_only",
    "soumission.docx": "pdf_only",
    ".pdf": "pdf_only",
    "pdf": "pdf_only",
    " . .pdf": "pdf_only",
    "a\u200eb.pdf": "name_hidden_characters",
    "a/b.pdf": "name_is_path",
    "a\\b.pdf": "name_is_path",
    "a%2Fb.pdf": "name_is_path",
    "a..pdf": "name_is_path",
    "a.exe.pdf": "name_double_extension",
    "con.pdf": "name_forbidden",
    "a;b.pdf": "name_forbidden",
}


@pytest.mark.rule("4/APP-17")
@pytest.mark.parametrize(("name", "code"), NAMES.items())
def test_it_says_what_is_wrong_with_the_name_of_a_file(name: str, code: str) -> None:
    try:
        clean_name(name)
        said = ""
    except NameRefusedError as refusal:
        said = refusal.code

    assert said == code


def test_it_prints_nothing_where_a_font_lacks(tmp_path: Path) -> None:
    with pytest.raises(FontsMissingError, match=tmp_path.name):
        fonts.load(tmp_path)


@pytest.mark.parametrize("said", [b"", b"\0\0\0"])
def test_it_takes_no_answer_that_broke_off(said: bytes) -> None:
    with pytest.raises(Stopped, match="no outcome"):
        caller._answer(said)


class EndedError(Exception):
    """The child is over."""


@pytest.mark.parametrize(
    ("task", "said"),
    [("avenant.guarded.probes:echo", b"work"), ("binascii:hexlify", b"ImportError")],
)
def test_it_does_no_work_but_our_own(
    monkeypatch: pytest.MonkeyPatch, task: str, said: bytes
) -> None:
    """What the child does, in this process, which lives on and is not limited."""

    def end(code: int) -> None:
        raise EndedError(code)

    answers, answering = os.pipe()
    limits = Limits(cpu_seconds=1, memory=1, wall_seconds=1)
    monkeypatch.setattr(zygote, "_limit", lambda _job: None)
    monkeypatch.setattr(os, "_exit", end)

    with pytest.raises(EndedError):
        zygote._work(Job(task=task, size=4, limits=limits), b"work", answering)

    assert os.read(answers, 100) == said
    os.close(answers)
    os.close(answering)
