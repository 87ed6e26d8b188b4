"""Every pack of the repository is sound, and one that is not is refused in full."""

from pathlib import Path

from avenant_rules.checking import faults_of_packs

TABLE = """
id = "%s"
title = { fr = "x", en = "x" }
kind = "table"
rule = "1/ADM-11"
source = "Guide"
[inputs]
days = { type = "days" }
[[version]]
effective = 2012-01-01
columns = ["row", "days", "refusal_reason", "cite"]
rows = [["1", "%s", "%s", "l. 1"]]
"""


def pack_with(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / "newcomer" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_proves_every_pack() -> None:
    assert faults_of_packs() == []


def test_names_the_faults_of_every_file_at_once(tmp_path: Path) -> None:
    folder = pack_with(
        tmp_path,
        {
            "tables/gap.toml": TABLE % ("x.gap", "0..30", "late"),
            "tables/code.toml": TABLE % ("billing.payment_mode", "0..", "too_late"),
            "tables/broken.toml": "id = ",
            "settings/x.toml": '[[setting]]\nid = "x.y"\n',
            "examples/billing.nothing.toml": "",
            "examples/billing.payment_mode.toml": '[[example]]\nshows = "x"\n',
        },
    )

    faults = {place: fault.en for place, fault in faults_of_packs(folder)}

    assert faults["newcomer/tables/gap.toml"].startswith("No line for days = 31..:")
    assert faults["newcomer/tables/code.toml"] == (
        "Column refusal_reason: “too_late” is not a code of the decision."
    )
    assert faults["newcomer/tables/broken.toml"].startswith("This is not TOML")
    assert faults["newcomer/settings/x.toml"].startswith("Setting x.y:")
    assert "billing.nothing" in faults["newcomer/examples/billing.nothing.toml"]
    assert "input" in faults["newcomer/examples/billing.payment_mode.toml"]
