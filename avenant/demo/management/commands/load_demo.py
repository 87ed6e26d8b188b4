"""`avenant load_demo`: the people and dossiers of the demo, built by calling the actions."""

from typing import Any

from django.core.management.base import BaseCommand

from avenant.demo.people import load_people


class Command(BaseCommand):
    help = "Load the demo once; a second run changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        load_people()
