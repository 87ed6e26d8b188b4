"""`avenant verify FILE.pdf`: genuine (exit 0), not (1), cannot tell (2). `--history` checks the
chains and that the signatures are as they were recorded, `--all` reads every kept file back and compares it with its recorded SHA-256."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from avenant.documents.queries import recorded_seals
from avenant.documents.sealing import recognised_roots
from avenant.documents.vault import check_vault
from avenant.documents.verify import verify
from avenant.history.chain import check_history
from avenant.signatures.evidence import check_signatures

CANNOT_TELL = 2


class Command(BaseCommand):
    help = "Say whether a sealed PDF is genuine, or whether the history holds."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--language", choices=["fr", "en"], default="fr")
        parser.add_argument("--history", action="store_true")
        parser.add_argument("--all", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["history"] or options["all"]:
            faults = (
                [*check_history(), *check_signatures()]
                if options["history"]
                else list(check_vault())
            )
            name = "history" if options["history"] else "vault"
            self.stdout.write("\n".join(faults) if faults else f"{name}: no fault")
            sys.exit(1 if faults else 0)
        try:
            content = Path(options["file"] or "").read_bytes()
        except OSError as error:
            self.stderr.write(f"{options['file']}: {error.strerror}")
            sys.exit(CANNOT_TELL)
        verdict = verify(content, recorded_seals, roots=recognised_roots())
        language = options["language"]
        if options["json"]:
            self.stdout.write(json.dumps(verdict.as_json(language), ensure_ascii=False))
        else:
            self.stdout.write("\n".join([verdict.headline(language), *verdict.sentences(language)]))
        sys.exit(verdict.exit_code)
