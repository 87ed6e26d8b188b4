"""What proved sound is kept for the next process; nothing depends on it."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from avenant_rules import packs
from avenant_rules.packs import Document, Fault, PackFaultsError, read_proved


@pytest.fixture
def proved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "var" / "proved"
    monkeypatch.setattr(packs, "PROVED", folder)
    return folder


class Prover:
    """Counts how often it is asked."""

    def __init__(self, *faults: Fault) -> None:
        self.times, self.faults = 0, list(faults)

    def __call__(self, document: Document) -> list[Fault]:
        self.times += 1
        return self.faults


def written(folder: Path, text: str) -> Path:
    path = folder / "table.toml"
    path.write_text(text, "utf-8")
    return path


def test_proves_a_file_once(tmp_path: Path, proved: Path) -> None:
    path, prover = written(tmp_path, "on = 2026-01-02\n"), Prover()

    given = [read_proved(path, prover), read_proved(path, prover)]

    assert given == [{"on": "2026-01-02"}] * 2
    assert prover.times == 1
    assert len(list(proved.iterdir())) == 1


def test_proves_again_what_changed(tmp_path: Path, proved: Path) -> None:
    prover = Prover()
    read_proved(written(tmp_path, "a = 1\n"), prover)

    assert read_proved(written(tmp_path, "a = 2\n"), prover) == {"a": 2}
    assert prover.times == 2


def test_keeps_nothing_that_has_a_fault(tmp_path: Path, proved: Path) -> None:
    path = written(tmp_path, "a = 1\n")

    with pytest.raises(PackFaultsError) as refused:
        read_proved(path, Prover(Fault("Rien ne va.", "All wrong."), Fault("Deux.", "Two.")))

    assert refused.value.message("fr") == "table.toml : Rien ne va. Deux."
    assert not proved.exists()


def test_reads_and_proves_when_nothing_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    monkeypatch.setattr(packs, "PROVED", tmp_path / "var" / "proved")
    path, prover = written(tmp_path, "a = 1\n"), Prover()

    assert read_proved(path, prover) == read_proved(path, prover) == {"a": 1}
    assert prover.times == 2


def test_proves_again_when_what_was_kept_is_damaged(tmp_path: Path, proved: Path) -> None:
    path, prover = written(tmp_path, "a = 1\n"), Prover()
    read_proved(path, prover)
    for kept in proved.iterdir():
        kept.write_bytes(b"\xc1 not msgpack")

    assert read_proved(path, prover) == {"a": 1}
    assert prover.times == 2


def read_in_another_process(path: str, folder: str) -> int:
    packs.PROVED = Path(folder)
    return len(read_proved(Path(path), Prover()))


def test_is_safe_with_many_processes_at_once(tmp_path: Path, proved: Path) -> None:
    path = written(tmp_path, "".join(f"a{number} = {number}\n" for number in range(2000)))

    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        sizes = list(pool.map(read_in_another_process, [str(path)] * 12, [str(proved)] * 12))

    assert sizes == [2000] * 12
    assert [kept.suffix for kept in proved.iterdir()] == [".msgpack"]
    assert os.listdir(proved)


def test_says_that_a_file_is_not_toml(tmp_path: Path, proved: Path) -> None:
    with pytest.raises(PackFaultsError) as refused:
        read_proved(written(tmp_path, "a = \n"), Prover())

    assert "TOML" in refused.value.message("fr")
