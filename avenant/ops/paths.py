"""Where things lie on this machine."""

import hashlib
import os
import pwd
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("AVENANT_VAR", CLONE / "var"))
SYSTEM_STATE = Path("/var/lib/avenant")


def clone_key(clone: Path = CLONE) -> str:
    """Short name of this clone, unique on the machine."""
    return hashlib.sha256(os.fsencode(clone)).hexdigest()[:16]


def is_root() -> bool:
    return os.geteuid() == 0


def account_of(uid: int) -> pwd.struct_passwd:
    """The account that owns a file or runs a program.

    Raises:
        LookupError: the number has no account; PostgreSQL refuses to run without one.
    """
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise LookupError(
            f"User number {uid} has no account on this machine (no line in /etc/passwd), "
            "which PostgreSQL needs. Add one, or set DATABASE_URL to a server of your own."
        ) from None
