"""Every pack of the repository is sound."""

from avenant_rules.checking import faults_of_packs


def test_proves_every_pack() -> None:
    assert faults_of_packs() == []
