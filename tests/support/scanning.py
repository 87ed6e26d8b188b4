"""A virus scanner that is always there."""

from avenant.documents.virus_scan import Scan

# The harmless test file that every scanner knows, in two halves so that none stops on ours.
TEST_VIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"


class StandInScanner:
    """Knows only the harmless test file."""

    def scan(self, content: bytes) -> Scan:
        virus = "Eicar-Test-Signature" if TEST_VIRUS in content else ""
        return Scan(virus=virus, engine="stand-in")
