"""A pack somebody broke is refused by `avenant check-packs`, in words its author understands.

Each test copies a real file of the pack, breaks it as a hand might, and runs the program on the copy.
"""

import shutil
from pathlib import Path

import pytest

from avenant_rules.program import check_packs_main

ROOT = Path(__file__).parents[3]
PACK = ROOT / "carriers" / "croix_bleue"

PLACE = "croix_bleue/tables/reinstatement.toml"

# How it is broken, what is written before and after, and what is said in French and in English.
BROKEN = [
    pytest.param(
        [('["2", "31..45",', '["2", "30..45",')],
        ["Les lignes 1, 2 s'appliquent ensemble pour days_since_premium_due = 30."],
        ["Lines 1, 2 all apply for days_since_premium_due = 30."],
        id="overlap",
    ),
    pytest.param(
        [('["2", "31..45",', '["2", "33..45",')],
        [
            "Aucune ligne pour days_since_premium_due = 31..32 : ajouter une ligne, "
            "ou l'écrire dans « outside »."
        ],
        [
            "No line for days_since_premium_due = 31..32: add a line, or write it in “outside”.",
        ],
        id="gap",
    ),
    pytest.param(
        [('"full_declaration",  true, "full", ', '"full_declaration",  true, "complete", ')],
        ["Colonne health_declaration : « complete » n'est pas un code de la décision."],
        ["Column health_declaration: “complete” is not a code of the decision."],
        id="unknown code",
    ),
    pytest.param(
        [('columns = ["row", "days_since_premium_due"', 'columns = ["row", "days_since_due"')],
        ["Il manque la colonne « days_since_premium_due »."],
        ["The column “days_since_premium_due” is missing."],
        id="unknown column",
    ),
    pytest.param(
        [('"ligne 3, notes * et **"]', '" "]')],
        ["Ligne 3 : il manque la référence."],
        ["Line 3: no citation."],
        id="missing citation",
    ),
    pytest.param(
        [("[[version]]\neffective = 2012-01-01", "COPY\n[[version]]\neffective = 2011-06-30")],
        ["Version 2 : 2011-06-30 n'est pas après 2012-01-01."],
        ["Version 2: 2011-06-30 is not after 2012-01-01."],
        id="dates out of order",
    ),
    pytest.param(
        [
            ('["2", "31..45",', '["2", "30..45",'),
            ('["4", "91..",', '["4", "95..",'),
            ('"ligne 3, notes * et **"]', '""]'),
            ("[[version]]\neffective = 2012-01-01", "COPY\n[[version]]\neffective = 2012-01-01"),
        ],
        [
            "Version 2 : 2012-01-01 n'est pas après 2012-01-01.",
            "Ligne 3 : il manque la référence.",
            "Les lignes 1, 2 s'appliquent ensemble pour days_since_premium_due = 30.",
            "Aucune ligne pour days_since_premium_due = 91..94 : ajouter une ligne, "
            "ou l'écrire dans « outside ».",
        ],
        [
            "Version 2: 2012-01-01 is not after 2012-01-01.",
            "Line 3: no citation.",
            "Lines 1, 2 all apply for days_since_premium_due = 30.",
            "No line for days_since_premium_due = 91..94: add a line, or write it in “outside”.",
        ],
        id="all at once",
    ),
]


def broken(text: str, changes: list[tuple[str, str]]) -> str:
    """`text` with each change made once; COPY stands for the sound version."""
    version = text[text.index("[[version]]") :]
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text.replace("COPY\n", version + "\n")


def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, tuple[int, list[str]]]:
    """What `avenant check-packs` says of the packs in `folder`, in each language."""
    said = {}
    for language in ("fr", "en"):
        code = check_packs_main([str(folder), "--language", language])
        written = capsys.readouterr()
        assert written.err == ""
        said[language] = (code, written.out.splitlines())
    return said


def copy(folder: Path, table: str, changes: list[tuple[str, str]]) -> Path:
    tables = folder / "croix_bleue" / "tables"
    tables.mkdir(parents=True)
    shutil.copy(PACK / "carrier.toml", tables.parent)
    text = (PACK / "tables" / table).read_text("utf-8")
    (tables / table).write_text(broken(text, changes), "utf-8")
    return folder


def test_takes_a_sound_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = check(copy(tmp_path, "reinstatement.toml", []), capsys)

    assert said == {
        "fr": (0, ["Tous les dossiers sont en règle."]),
        "en": (0, ["All packs are sound."]),
    }


@pytest.mark.parametrize(("changes", "fr", "en"), BROKEN)
def test_refuses_a_broken_pack(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    changes: list[tuple[str, str]],
    fr: list[str],
    en: list[str],
) -> None:
    said = check(copy(tmp_path, "reinstatement.toml", changes), capsys)

    assert said == {
        "fr": (1, [f"{PLACE}: {one}" for one in fr]),
        "en": (1, [f"{PLACE}: {one}" for one in en]),
    }


@pytest.mark.parametrize(
    ("cell", "fr", "en"),
    [
        ('"%s5"', "doit avoir deux chiffres après le point", "must have two digits after the point"),
        ("%s", "n'est pas un montant ou un nombre entre guillemets",
         "is not an amount or a number in quotes"),
    ],
)  # fmt: skip
def test_refuses_a_fraction_of_a_cent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cell: str, fr: str, en: str
) -> None:
    table, before = an_amount()
    amount = before.split('"')[3]
    written = cell % (amount if '"' in cell else amount.partition(".")[0])
    folder = copy(tmp_path, table, [(before, before.replace(f'"{amount}"', written))])

    said = check(folder, capsys)

    (french,), (english,) = said["fr"][1], said["en"][1]

    shown = written.strip('"')
    assert french.endswith(f": « {shown} » {fr}.")
    assert english.endswith(f": “{shown}” {en}.")


def an_amount() -> tuple[str, str]:
    """A file of figures of the pack and the beginning of a line of it that holds an amount."""
    for path in sorted((PACK / "tables").glob("*_figures.toml")):
        for line in path.read_text("utf-8").splitlines():
            if '"CAD"' in line and line.strip().startswith('["'):
                return path.name, line.strip()
    raise LookupError("no amount in the pack's figures")
