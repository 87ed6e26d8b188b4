"""Looks inside an uploaded PDF. Runs as a child process with little memory and little time, since
the file may be made to harm whatever opens it: `python -m avenant.documents.upload_inspection`.

Reads the file on stdin; writes `{"pages": n}` or `{"problem": code}` on stdout. A crash, silence or
too much time is itself the answer: the file cannot be read safely.
"""

import json
import resource
import sys
from typing import Any

MEMORY_LIMIT = 300 * 1024 * 1024  # bytes of address space, the interpreter's included
CPU_SECONDS = 4
MAX_PIXELS = 100_000_000
MAX_DRAWING = 16 * 1024 * 1024  # bytes of page content once unpacked
MAX_PAGE_SIDE = 14_400  # points: 5 metres, the most PDF 1.7 allows
MIN_PAGE_SIDE = 3
MAX_OBJECTS = 200_000

# A key under which something may run, hide or be fetched, and the problem it makes.
_FORBIDDEN_KEYS = {
    "/JS": "javascript",
    "/JavaScript": "javascript",
    "/AA": "automatic_action",
    "/EmbeddedFiles": "embedded_file",
    "/EF": "embedded_file",
    "/XFA": "active_form",
    "/RichMedia": "rich_media",
    "/RichMediaContent": "rich_media",
    "/Collection": "embedded_file",
}
_FORBIDDEN_ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/ImportData": "active_form",
    "/SubmitForm": "active_form",
    "/ResetForm": "active_form",
    "/GoToR": "launch",
    "/GoToE": "launch",
    "/Rendition": "rich_media",
    "/Movie": "rich_media",
    "/Sound": "rich_media",
    "/RichMediaExecute": "rich_media",
    "/Trans": "automatic_action",
    "/Hide": "automatic_action",
    "/SetOCGState": "hidden_layers",
}
_FORBIDDEN_TYPES = {
    "/EmbeddedFile": "embedded_file",
    "/FileAttachment": "embedded_file",
    "/RichMedia": "rich_media",
    "/Movie": "rich_media",
    "/Sound": "rich_media",
    "/Screen": "rich_media",
    "/3D": "rich_media",
    "/PS": "postscript",
}


class Refused(Exception):  # noqa: N818 - it is an answer, not an error
    """The file has something that is not let in; the argument is the problem's code."""


def limit_this_process() -> None:
    """Little memory, little time, no file written, no child started."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def inspect(content: bytes, max_pages: int) -> int:
    """The number of pages of a PDF that has nothing it should not.

    Raises:
        Refused: with the code of the first problem found.
    """
    from io import BytesIO

    import pikepdf

    try:
        pdf = pikepdf.open(BytesIO(content), attempt_recovery=False)
    except pikepdf.PasswordError:
        raise Refused("encrypted") from None
    except pikepdf.PdfError:
        raise Refused("damaged") from None
    with pdf:
        if pdf.is_encrypted:
            raise Refused("encrypted")
        try:
            if int(pdf.Root.Pages.get("/Count", 0)) > max_pages:
                raise Refused("too_many_pages")
            _check_objects(pdf)
            count = _check_pages(pdf, max_pages)
        except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError):
            raise Refused("damaged") from None
        if any("limits error" in warning for warning in pdf.get_warnings()):
            raise Refused("too_complex")
        return count


def _check_objects(pdf: Any) -> None:
    import pikepdf

    if len(pdf.objects) > MAX_OBJECTS:
        raise Refused("too_complex")
    _check_start(pdf.Root)
    for entry in pdf.objects:
        if isinstance(entry, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            _check_container(entry, depth=0)


def _check_start(root: Any) -> None:
    """A plain "open at page n" is let in; an action that runs at opening is not."""
    import pikepdf

    start = root.get("/OpenAction")
    if isinstance(start, pikepdf.Dictionary) and start.get("/S") != "/GoTo":
        raise Refused("automatic_action")
    layers = root.get("/OCProperties")
    if layers is not None and (
        len(layers.get("/D", {}).get("/OFF", []))
        or layers.get("/D", {}).get("/BaseState") == "/OFF"
    ):
        raise Refused("hidden_layers")


def _check_container(entry: Any, depth: int) -> None:
    import pikepdf

    if depth > 30:
        raise Refused("too_complex")
    if isinstance(entry, pikepdf.Array):
        for value in entry:
            _check_inside(value, depth)
        return
    for key, value in entry.items():
        if key in _FORBIDDEN_KEYS:
            raise Refused(_FORBIDDEN_KEYS[key])
        if key == "/S" and isinstance(value, pikepdf.Name) and str(value) in _FORBIDDEN_ACTIONS:
            raise Refused(_FORBIDDEN_ACTIONS[str(value)])
        if key in ("/Type", "/Subtype") and isinstance(value, pikepdf.Name):
            _check_type(str(value))
        _check_inside(value, depth)
    if isinstance(entry, pikepdf.Stream) and entry.get("/Subtype") == "/Image":
        _check_image(entry)


def _check_type(name: str) -> None:
    if name in _FORBIDDEN_TYPES:
        raise Refused(_FORBIDDEN_TYPES[name])


def _check_inside(value: Any, depth: int) -> None:
    """Direct values only: indirect ones are in the list of objects already."""
    import pikepdf

    if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
        _check_container(value, depth + 1)


def _check_image(image: Any) -> None:
    width, height = int(image.get("/Width", 0)), int(image.get("/Height", 0))
    if width < 0 or height < 0 or width * height > MAX_PIXELS:
        raise Refused("image_too_large")


def _check_pages(pdf: Any, max_pages: int) -> int:
    count = len(pdf.pages)
    if count == 0:
        raise Refused("damaged")
    if count > max_pages:
        raise Refused("too_many_pages")
    drawing = 0
    for page in pdf.pages:
        left, bottom, right, top = (float(edge) for edge in page.mediabox.as_list())
        sides = (abs(right - left), abs(top - bottom))
        if min(sides) < MIN_PAGE_SIDE or max(sides) > MAX_PAGE_SIDE:
            raise Refused("page_size")
        for stream in _contents(page):
            drawing += len(stream.read_bytes())
            if drawing > MAX_DRAWING:
                raise Refused("too_complex")
    return count


def _contents(page: Any) -> list[Any]:
    import pikepdf

    contents = page.obj.get("/Contents")
    if contents is None:
        return []
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def main() -> None:
    """Inspect stdin; `argv[1]` is the most pages allowed."""
    limit_this_process()
    content = sys.stdin.buffer.read()
    try:
        answer: dict[str, Any] = {"pages": inspect(content, int(sys.argv[1]))}
    except Refused as refusal:
        answer = {"problem": str(refusal)}
    except MemoryError:
        answer = {"problem": "too_complex"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
