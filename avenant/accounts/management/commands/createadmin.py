"""`avenant createadmin`: an administrator of the platform, who enrols everybody else.

Asks for what is not given. The password is asked without showing it, twice; without a terminal it
is the first line of standard input, or `AVENANT_ADMIN_PASSWORD`.
"""

import os
import sys
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils.translation import override

from avenant.accounts.actions.enrol_person import create_administrator
from avenant.accounts.models import Role, User
from avenant.errors import RuleError, explain


class Command(BaseCommand):
    help = "Make an administrator of the platform: the first one, or one more."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", help="the address to sign in with")
        parser.add_argument("--name", help="first and last name")
        parser.add_argument("--language", choices=["fr", "en"], default="fr")

    def handle(self, *_args: Any, **options: Any) -> None:
        email = (options["email"] or self._ask("E-mail: ")).strip().lower()
        name = (options["name"] or self._ask("Name: ")).strip()
        with override(options["language"]):
            self._check(validate_email, email)
            if not name:
                raise CommandError("A name is needed.")
            password = self._password()
            person = User(email=email, name=name, role=Role.PLATFORM_ADMIN)
            self._check(validate_password, password, person)
            try:
                create_administrator(
                    email=email, name=name, language=options["language"], password=password
                )
            except RuleError as error:
                raise CommandError(explain(error)) from error
        self.stdout.write(f"{email} may sign in.")

    @staticmethod
    def _check(rule: Any, *values: Any) -> None:
        try:
            rule(*values)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def _ask(self, question: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError("Without a terminal, name --email and --name.")
        return input(question)

    def _password(self) -> str:
        if "AVENANT_ADMIN_PASSWORD" in os.environ:
            return os.environ["AVENANT_ADMIN_PASSWORD"]
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        password = getpass("Password: ")
        if getpass("The same again: ") != password:
            raise CommandError("These are two different passwords: nothing was made.")
        return password
