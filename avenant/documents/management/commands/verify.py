"""`avenant verify FILE.pdf`: genuine (exit 0), not (1), cannot tell (2). `--history` checks the
chains and that applications, signatures and documents are as they were recorded; `--anchor FILE`
compares with a file that `--export-anchors FILE` wrote, `--all` reads every kept file back and
compares it with its recorded SHA-256."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from avenant.documents.queries import recorded_seals, untold_documents
from avenant.documents.sealing import recognised_roots
from avenant.documents.vault import check_vault
from avenant.documents.verify import verify
from avenant.history.anchor_file import AnchorFileError, anchors_now, faults_against
from avenant.history.chain import HistoryKeyError, check_history
from avenant.history.queries import what_is_known
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
        parser.add_argument("--anchor", metavar="FILE", help="with --history: compare with it")
        parser.add_argument("--export-anchors", metavar="FILE", help="with --history: write it")
        parser.add_argument("--all", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["history"]:
            sys.exit(self._history(options["anchor"], options["export_anchors"]))
        if options["anchor"] or options["export_anchors"]:
            self._cannot_tell("--anchor and --export-anchors go with --history")
        if options["all"]:
            faults = list(check_vault())
            self.stdout.write("\n".join(faults) if faults else "vault: no fault")
            sys.exit(1 if faults else 0)
        try:
            content = Path(options["file"] or "").read_bytes()
        except OSError as error:
            self._cannot_tell(f"{options['file']}: {error.strerror}")
        verdict = verify(content, recorded_seals, roots=recognised_roots())
        language = options["language"]
        if options["json"]:
            self.stdout.write(json.dumps(verdict.as_json(language), ensure_ascii=False))
        else:
            self.stdout.write("\n".join([verdict.headline(language), *verdict.sentences(language)]))
        sys.exit(verdict.exit_code)

    def _history(self, anchor: str | None, export: str | None) -> int:
        try:
            faults = [*check_history(), *check_signatures(), *untold_documents()]
            if anchor:
                faults += faults_against(Path(anchor).read_text())
            if export:
                with Path(export).open("x") as file:  # an earlier file is never written over
                    file.write(anchors_now())
        except HistoryKeyError:
            self._cannot_tell(
                "AVENANT_HISTORY_KEY is not the key that wrote this history: nothing can be told."
            )
        except (AnchorFileError, UnicodeDecodeError) as error:
            self._cannot_tell(f"{anchor}: {error}")
        except OSError as error:
            self._cannot_tell(f"{error.filename}: {error.strerror}")
        self.stdout.write("\n".join(faults) if faults else f"history: no fault\n{what_is_known()}")
        return 1 if faults else 0

    def _cannot_tell(self, why: str) -> NoReturn:
        self.stderr.write(why)
        sys.exit(CANNOT_TELL)
