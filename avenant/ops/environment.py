"""Where `avenant` finds its settings: one file, for every command, whoever types it.

`AVENANT_ENV_FILE` names it (empty: none); left out, it is `/etc/avenant/production.env` where that
is there. What the environment already holds goes before the file. The demo and the tests read
none. The file has the shape that systemd and compose read: a name and a value a line.
"""

import os
import pwd
import re
import sys
from pathlib import Path

USUAL_FILE = Path("/etc/avenant/production.env")
NAMED_BY = "AVENANT_ENV_FILE"
YES = {"1", "true", "yes", "on"}
_LINE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)", re.DOTALL)


class SettingsError(Exception):
    """The settings cannot be used; the message says what to do."""


def take_settings() -> None:
    """Bring the file's settings into this process, and step down to the installation's account.

    Raises:
        SettingsError: the file is not there, cannot be read, or has a line that says nothing.
    """
    file = settings_file()
    if file is None:
        return
    found = read(file)
    kept = sorted(name for name in found if os.environ.get(name, found[name]) != found[name])
    os.environ.update({name: found[name] for name in found if name not in os.environ})
    account = step_down(Path(os.environ["AVENANT_VAR"])) if "AVENANT_VAR" in os.environ else ""
    said = [f"Settings: {file}"]
    said += [f"but {', '.join(kept)} as the environment says"] if kept else []
    said += [f"as the account {account}"] if account else []
    sys.stderr.write(", ".join(said) + ".\n")


def settings_file() -> Path | None:
    """The file to read; None for the demo, the tests, and where there is none."""
    named = os.environ.get(NAMED_BY)
    if named is not None:
        return Path(named) if named else None
    if is_for_trying() or not _is_there(USUAL_FILE):
        return None
    return USUAL_FILE


def _is_there(file: Path) -> bool:
    try:
        return file.exists()
    except PermissionError:  # its folder is closed to this account: reading it will say so
        return True


def is_for_trying() -> bool:
    """Whether this process belongs to the demo or to the tests."""
    return "PYTEST_VERSION" in os.environ or os.environ.get("AVENANT_DEMO", "").lower() in YES


def read(file: Path) -> dict[str, str]:
    """The settings that a file names."""
    try:
        text = file.read_text("utf-8")
    except PermissionError:
        raise SettingsError(
            f"{file} cannot be read by this account. Run the command as root, which then steps down"
            " to the installation's account, or as that account itself."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}, named by {NAMED_BY}, cannot be read: {error}") from None
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip()
        if not bare or bare[0] in "#;":
            continue
        parts = _LINE.fullmatch(bare)
        if parts is None or bare.endswith("\\"):
            raise SettingsError(f"{file}, line {number}: it has to be NAME=value, on one line.")
        found[parts[1]] = _unquoted(parts[2].strip())
    return found


def _unquoted(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value


def step_down(state: Path) -> str:
    """Go from root to the account that owns the installation's state; its name, empty otherwise.

    What root would write there (a restored file, a local key) the services could not read.
    """
    if os.geteuid() != 0 or not state.exists() or not (owner := state.stat().st_uid):
        return ""
    account = pwd.getpwuid(owner)
    os.initgroups(account.pw_name, account.pw_gid)
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)
    os.umask(0o077)
    os.environ["HOME"] = account.pw_dir
    return account.pw_name


def ask_for_database() -> None:
    """Refuse to go on when no database is named, instead of making a private one unasked.

    Raises:
        SettingsError: says where to name it.
    """
    if os.environ.get("DATABASE_URL") or is_for_trying() or "AVENANT_CLUSTER" in os.environ:
        return
    raise SettingsError(
        f"No database is named. Write DATABASE_URL into {USUAL_FILE}, or name the file that has it in"
        f" {NAMED_BY}. The demo's private database: AVENANT_DEMO=1 before the command."
    )
