"""Whether a file may be put in an attachment field of the electronic application, by its name.

What the file really is gets inspected when it is uploaded. Source: guide of the electronic
application, « Joindre la soumission » (APP-14 to APP-17).
"""

from pathlib import PurePosixPath
from typing import Literal

from avenant_rules.decision import Because, Struct, decision


class ChosenFile(Struct):
    """The file chosen and the field it is meant for."""

    field: Literal["quote", "additional", "quote_cot"]
    file_name: str


class AttachmentAnswer(Struct):
    """Whether it is taken, and why not."""

    is_accepted: bool
    error: Literal["pdf_only", "reserved_field"] | None


@decision("application.attachment", rules=["4/APP-14", "4/APP-15", "4/APP-16", "4/APP-17"])
def attachment(chosen: ChosenFile, because: Because) -> AttachmentAnswer:
    """Whether a file may be put in an attachment field of the electronic application.

    Nothing goes in the reserved field, whatever the file.
    """
    if chosen.field == "quote_cot":
        because.rule("4/APP-16")
        return AttachmentAnswer(is_accepted=False, error="reserved_field")
    if not _is_named_pdf(chosen.file_name):
        because.rule("4/APP-17")
        return AttachmentAnswer(is_accepted=False, error="pdf_only")
    because.rule("4/APP-14" if chosen.field == "quote" else "4/APP-15", "accepted")
    return AttachmentAnswer(is_accepted=True, error=None)


def _is_named_pdf(file_name: str) -> bool:
    """A name with a PDF's ending; one with a NUL ends where it does for the system: refused."""
    return PurePosixPath(file_name.strip()).suffix.lower() == ".pdf" and "\0" not in file_name
