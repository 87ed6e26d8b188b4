"""`avenant protect_history --from ROLE`: let ROLE work with the tables and only add to the history.

Run it as the role that owns the tables (the one that upgrades), then name ROLE in the services'
DATABASE_URL. Without `--from` it says whether the present role could switch the protection off:
exit 0 when it could not, 1 when it could.
"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from avenant.history.roles import let_work, unprotected_tables


class Command(BaseCommand):
    help = "Keep the role that the site uses from switching off what protects the history."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="role", metavar="ROLE")

    def handle(self, *_args: Any, **options: Any) -> None:
        role = options["role"]
        if role:
            try:
                let_work(role)
            except DatabaseError as error:
                self.stderr.write(str(error).splitlines()[0])
                sys.exit(2)
            self.stdout.write(f"{role} may add to the history and read it, nothing else.")
            return
        exposed = unprotected_tables()
        if exposed:
            self.stdout.write(
                f"This role could switch off the protection of {', '.join(exposed)}:"
                " let the services use another, see avenant protect_history --from."
            )
            sys.exit(1)
        self.stdout.write("This role cannot switch off the protection of the history.")
