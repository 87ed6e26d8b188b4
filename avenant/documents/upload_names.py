"""Cleans the name of an uploaded file, and refuses one that pretends to be something else."""

import re

from avenant_rules.plain_text import TextRefused, has_direction_marks, read_line

MAX_LENGTH = 120
_FORBIDDEN = re.compile(r'[<>:"|?*`$;&]')
# Extensions that some system runs or unpacks: none may stand before ".pdf".
_ACTIVE = re.compile(
    "7z|apk|app|aspx?|bat|cgi|cmd|com|cpl|dll|docm|exe|gz|hta|html?|img|iso|jar|jse?|jsp|lnk|msi|php5?"
    "|phtml|pl|ps1|py|rar|reg|scr|sh|svg|swf|vbe?|vbs|wsf|xhtml|xlsm|xml|zip",
    re.IGNORECASE,
)
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))]
)


class NameRefusedError(ValueError):
    """The name cannot be kept; `code` is the problem's code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def clean_name(name: str) -> str:
    """The name to keep and show: composed letters, single spaces, ends in ".pdf".

    Raises:
        NameRefusedError: control or direction marks, a path, a second active extension, a name
            that a system reserves, or not a ".pdf".
    """
    if has_direction_marks(name):  # other systems obey them where they show a file's ending
        raise NameRefusedError("name_hidden_characters")
    try:
        composed = read_line(name)
    except TextRefused as refusal:
        raise NameRefusedError("name_hidden_characters") from refusal
    if "/" in composed or "\\" in composed or "%2f" in composed.lower() or ".." in composed:
        raise NameRefusedError("name_is_path")
    composed = composed.strip(". ")
    stem, dot, extension = composed.rpartition(".")
    if not dot or extension.lower() != "pdf":
        raise NameRefusedError("pdf_only")
    if any(_ACTIVE.fullmatch(part.strip()) for part in stem.split(".")[1:]):
        raise NameRefusedError("name_double_extension")
    if stem.split(".")[0].strip().lower() in _RESERVED or _FORBIDDEN.search(stem):
        raise NameRefusedError("name_forbidden")
    return f"{stem.strip()[: MAX_LENGTH - 4].rstrip()}.pdf"
