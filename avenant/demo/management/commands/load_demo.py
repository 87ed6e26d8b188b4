"""`avenant load_demo`: the people and dossiers of the demo, built by calling the actions."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from avenant.demo.dossiers import load_dossiers
from avenant.demo.people import load_people


class Command(BaseCommand):
    help = "Load the demo once; a second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", action="store_true", help="the accounts alone")

    def handle(self, *_args: Any, **options: Any) -> None:
        load_people()
        if not options["people"]:
            load_dossiers()
