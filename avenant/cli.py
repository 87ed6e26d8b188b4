"""The program `avenant`: decisions for other programs, and everything that runs the platform.

Each word loads only what it needs: `avenant decide` answers without loading the web application.
"""

import os
import sys
from collections.abc import Callable
from importlib import import_module

from avenant.logs import watch_last_words

type Program = Callable[[list[str]], int | None]

# word: (module, function). Any other word is one of Django's management commands.
PROGRAMS = {
    "decide": ("avenant_rules.program", "decide_main"),
    "decisions": ("avenant_rules.program", "decisions_main"),
    "check-packs": ("avenant_rules.program", "check_packs_main"),
    "serve": ("avenant.ops.serve", "main"),
    "worker": ("avenant.ops.worker", "main"),
    "upgrade": ("avenant.ops.upgrade", "main"),
    "backup": ("avenant.ops.backup", "backup_main"),
    "restore": ("avenant.ops.backup", "restore_main"),
    "drill": ("avenant.ops.drill", "main"),
    "demo": ("avenant.ops.demo", "main"),
}
# These need no settings: they answer on any machine. The demo brings its own.
NEED_NOTHING = {"decide", "decisions", "check-packs", "demo"}

USAGE = """\
avenant decide [NAME]     one JSON object a line in, one answer a line out
avenant decisions         the catalogue of decisions (--json: with schemas)
avenant check-packs [DIR] load and prove every carrier's pack
avenant verify FILE.pdf   say whether a sealed PDF is genuine (--json)
avenant demo              the whole platform with living data, until Ctrl-C
avenant serve             the web process (PORT, HOST, AVENANT_WEB_PROCESSES)
avenant worker            the process that runs the jobs
avenant upgrade           bring the database and the served files up to this version
avenant createadmin       the first administrator: asks e-mail, name and password
avenant backup FOLDER     the database and the sealed files, with a list that tells any change
avenant restore FOLDER    into an empty database and vault; an altered backup is refused
avenant drill             back up, restore beside the real data, compare, throw away
avenant help              the management commands: migrate, check --deploy…

Settings come from /etc/avenant/production.env, or from the file that AVENANT_ENV_FILE names.
"""


def main() -> int:
    """Run the program that the first word names; its exit code."""
    watch_last_words()
    word, arguments = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("", [])
    if word in {"", "-h", "--help"}:
        sys.stdout.write(USAGE)
        return 0 if word else 2
    if word not in NEED_NOTHING and (trouble := _trouble_with_settings()):
        sys.stderr.write(f"{trouble}\n")
        return 1
    if word in PROGRAMS:
        module, function = PROGRAMS[word]
        program: Program = getattr(import_module(module), function)
        return program(arguments) or 0
    return manage(sys.argv)


def _trouble_with_settings() -> str:
    """Take the installation's settings; why that cannot be, or nothing."""
    from avenant.ops.environment import SettingsError, ask_for_database, take_settings

    try:
        take_settings()
        ask_for_database()
    except SettingsError as error:
        return str(error)
    return ""


def manage(argv: list[str]) -> int:
    """Run one of Django's management commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avenant.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
