"""Spoils PDFs the way that attackers and careless programs do: by their structure first (keys,
values, references, streams), then by their bytes. The same seed gives the same file."""

import faulthandler
import os
import pickle
import random
import resource
import signal
import traceback
import warnings
from collections.abc import Callable
from functools import cache
from io import BytesIO
from multiprocessing import get_context
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.avenant.documents.corpus import FILES

_LARGEST = 60_000  # bytes of a file to start from: the cost is in the tries, not in the pages
_DEEPEST = 8
_SECONDS_TO_SPOIL = 5  # of processor time, where a hundredth is the rule
_MEMORY_TO_SPOIL = 4 << 30
type Place = tuple[Any, Any]  # a container and one of its keys or indices


def _words(text: str) -> list[str]:
    return text.split()


_NAMES = _words("""/Page /Pages /Catalog /Font /XObject /Form /Image /Type0 /Type1 /Type3 /TrueType /Widget
/Stamp /FreeText /Link /Popup /OCG /OCMD /DeviceRGB /DeviceCMYK /DeviceGray /Pattern /Indexed /ICCBased
/Separation /FlateDecode /LZWDecode /ASCII85Decode /ASCIIHexDecode /RunLengthDecode /DCTDecode
/CCITTFaxDecode /JBIG2Decode /JPXDecode /Crypt /Identity-H /WinAnsiEncoding /Multiply /Luminosity /None
/Tx /Btn /Ch /Sig /URI /JavaScript /Launch /GoToR /GoTo /OFF /ON /Not /And""")
_KEYS = _words("""/Type /Subtype /AA /A /OpenAction /OC /OCProperties /SMask /Mask /Filter /DecodeParms /Decode
/Rotate /CropBox /MediaBox /TrimBox /UserUnit /Annots /AP /AS /F /FF /Group /Resources /Contents /Parent
/Kids /Count /Rect /BBox /Matrix /Length /Width /Height /BitsPerComponent /ColorSpace /Encoding /Widths
/FirstChar /LastChar /FontFile2 /FontFile3 /ToUnicode /CharProcs /FontMatrix /DescendantFonts /W /DW
/Function /Functions /Domain /Range /Shading /Pattern /ExtGState /Properties /XObject /Font /Ref /N /V
/DA /DR /Fields /NeedAppearances /Q /MK /BS /Border /QuadPoints /Names /Dests /Predictor /Columns /Colors
/K /Rows /EarlyChange /Alternates /OPI /PS /XStep /YStep /TilingType /PaintType /Metadata""")
_NUMBERS = [0, 1, -1, 2, 3, 90, 255, 256, 65_535, -32_768, 10**6, 2**31 - 1, -(2**31), 2**40, 0.5, -0.001, 1e-9, 3.4e38]  # fmt: skip
_OPERATORS = [
    b" q ", b" Q ", b" Q Q Q ", b" BT ", b" ET ", b" Do ", b" /F1 12 Tf ", b" (abc) Tj ", b" 0 0 m ",
    b" f ", b" W n ", b" BI ", b" ID ", b" EI ", b" /OC /Couche BDC ", b" EMC ", b" 1e9 0 0 1e9 0 0 cm ",
    b" 0 0 0 0 0 0 cm ", b" /P gs ", b" /P sh ", b" 3 Tr ", b" [[[[ ", b" << ", b" >> ", b" 99999999999 w ",
    b" d1 ", b" scn ", b" (((( ", b" <41 ", b" % ",
]  # fmt: skip


@cache
def sources() -> tuple[bytes, ...]:
    """The corpus to start from: what is small enough to spoil many times, and the same each time
    (a lock's salt is not)."""
    # In another process: Typst leaves threads, after which this one could not fork any more.
    with get_context("spawn").Pool(1) as pool:
        built = pool.apply(_built)
    return tuple(content for content in built if len(content) < _LARGEST)


def _built() -> list[bytes]:
    names = (name for name in FILES if not name.startswith(("bomb: ", "locked: ")))
    return [FILES[name].build() for name in names]


def spoilt(seed: int) -> bytes:
    """The spoilt file of this number."""
    rng = random.Random(seed)
    content = rng.choice(sources())
    if rng.random() < 0.85:
        content = _in_a_child(by_structure, content, rng)
    if rng.random() < 0.35:
        content = by_bytes(content, rng)
    return content


def _in_a_child(
    spoil: Callable[[bytes, random.Random], bytes], content: bytes, rng: random.Random
) -> bytes:
    """What becomes of a file and of the chance, in a process that may die of it: a dictionary put into
    itself is no file, and its library goes round in it for ever, or falls. Then the file is left."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS_TO_SPOIL, _SECONDS_TO_SPOIL + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_TO_SPOIL, _MEMORY_TO_SPOIL))
        faulthandler.disable()
        try:
            with os.fdopen(writing, "wb") as answer:
                pickle.dump((spoil(content, rng), rng.getstate()), answer)
        except MemoryError:
            os.kill(os.getpid(), signal.SIGKILL)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        said = answer.read()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return content
    # What the maker itself does wrong would leave every file as it was, and the fuzz would find nothing.
    assert status == 0, "the maker of spoilt files fails"
    content, state = pickle.loads(said)
    rng.setstate(state)
    return content


def by_structure(content: bytes, rng: random.Random) -> bytes:
    """The file with one to four places of its structure changed; the file itself when no library
    can write it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with pikepdf.open(BytesIO(content)) as pdf:
                places = _places(pdf)
                for _ in range(rng.choice((1, 1, 2, 4))):
                    _attempt(rng.choice(_CHANGES), pdf, places, rng)
                out = BytesIO()
                modes = pikepdf.ObjectStreamMode
                pdf.save(
                    out,
                    static_id=True,
                    encryption=False,
                    fix_metadata_version=False,
                    object_stream_mode=rng.choice((modes.disable, modes.generate, modes.preserve)),
                    compress_streams=rng.random() < 0.5,
                )
                return out.getvalue()
        except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
            return content


def _attempt(change: "Change", pdf: pikepdf.Pdf, places: list[Place], rng: random.Random) -> None:
    """A change that does not fit its place is none."""
    if not places:
        return
    container, key = rng.choice(places)
    try:
        change(pdf, container, key, places, rng)
    except (
        pikepdf.PdfError, AttributeError, IndexError, KeyError, TypeError, ValueError,
        NotImplementedError, OverflowError,
    ):  # fmt: skip
        return


type Change = Callable[[pikepdf.Pdf, Any, Any, list[Place], random.Random], None]


def _places(pdf: pikepdf.Pdf) -> list[Place]:
    """Every value of every dictionary and list, those inside others too; the trailer first."""
    found: list[Place] = []
    for entry in (pdf.trailer, *pdf.objects):
        _collect(entry, found, 0)
    return found


def _collect(entry: Any, found: list[Place], depth: int) -> None:
    if depth > _DEEPEST:
        return
    if isinstance(entry, pikepdf.Dictionary | pikepdf.Stream):
        pairs = [(key, entry[key]) for key in sorted(entry.keys())]
    elif isinstance(entry, pikepdf.Array):
        pairs = list(enumerate(entry))
    else:
        return
    for key, value in pairs:
        found.append((entry, key))
        is_container = isinstance(value, pikepdf.Dictionary | pikepdf.Array)
        if is_container and not value.is_indirect:
            _collect(value, found, depth + 1)


def _value(pdf: pikepdf.Pdf, places: list[Place], rng: random.Random) -> Any:
    """Something that the place does not expect."""
    match rng.randrange(9):
        case 0:
            return rng.choice(_NUMBERS)
        case 1:
            return Name(rng.choice(_NAMES))
        case 2:
            return String(rng.choice(("", "a", "javascript:alert(1)", "é" * 50, "\x00" * 9)))
        case 3:
            return Array([rng.choice(_NUMBERS) for _ in range(rng.choice((0, 1, 4, 6, 40)))])
        case 4:
            return Dictionary({rng.choice(_KEYS): rng.choice(_NUMBERS)})
        case 5:
            return rng.random() < 0.5
        case 6:
            return pdf.make_stream(bytes(rng.randrange(256) for _ in range(rng.choice((0, 9, 99)))))
        case 7 if len(pdf.objects):
            return pdf.objects[rng.randrange(len(pdf.objects))]
        case _:
            container, key = rng.choice(places)
            return container[key]


def _replace(
    pdf: pikepdf.Pdf, container: Any, key: Any, places: list[Place], rng: random.Random
) -> None:
    container[key] = _value(pdf, places, rng)


def _delete(
    _pdf: pikepdf.Pdf, container: Any, key: Any, _places: list[Place], _rng: random.Random
) -> None:
    del container[key]


def _add(
    pdf: pikepdf.Pdf, container: Any, _key: Any, places: list[Place], rng: random.Random
) -> None:
    if isinstance(container, pikepdf.Array):
        container.append(_value(pdf, places, rng))
    else:
        container[rng.choice(_KEYS)] = _value(pdf, places, rng)


def _exchange(
    _pdf: pikepdf.Pdf, container: Any, key: Any, places: list[Place], rng: random.Random
) -> None:
    other, its = rng.choice(places)
    container[key], other[its] = other[its], container[key]


def _nudge(
    _pdf: pikepdf.Pdf, container: Any, key: Any, places: list[Place], rng: random.Random
) -> None:
    numbers = [
        (holder, its)
        for holder, its in rng.sample(places, min(40, len(places)))
        if isinstance(holder[its], int | float) or holder[its].__class__.__name__ == "Decimal"
    ]
    holder, its = rng.choice(numbers)
    holder[its] = rng.choice((-holder[its], holder[its] * 1_000, holder[its] + 1, *_NUMBERS))


def _circle(
    pdf: pikepdf.Pdf, container: Any, key: Any, places: list[Place], rng: random.Random
) -> None:
    holders = [holder for holder, _ in places if getattr(holder, "is_indirect", False)]
    container[key] = container if container.is_indirect else rng.choice(holders)


def _streams(pdf: pikepdf.Pdf) -> list[Any]:
    return [entry for entry in pdf.objects if isinstance(entry, pikepdf.Stream)]


def _splice(pdf: pikepdf.Pdf, *_: Any) -> None:
    """Content of one stream in another; drawn from the seed through the last argument."""
    rng = _[-1]
    one, other = rng.choice(_streams(pdf)), rng.choice(_streams(pdf))
    data, more = one.read_bytes(), other.read_bytes()
    cut, start = rng.randrange(len(data) + 1), rng.randrange(len(more) + 1)
    one.write(data[:cut] + more[start : start + 2_000] + data[cut:])


def _scribble(pdf: pikepdf.Pdf, *_: Any) -> None:
    """Operators where none belong, or bytes spoilt, in a stream once unpacked."""
    rng = _[-1]
    one = rng.choice(_streams(pdf))
    data = bytearray(one.read_bytes())
    for _unused in range(rng.choice((1, 3, 9))):
        place = rng.randrange(len(data) + 1)
        if rng.random() < 0.6:
            data[place:place] = rng.choice(_OPERATORS)
        elif place < len(data):
            data[place] = rng.randrange(256)
    one.write(bytes(data))


def _refilter(pdf: pikepdf.Pdf, *_: Any) -> None:
    """Another filter said than used, or another predictor."""
    rng = _[-1]
    one = rng.choice(_streams(pdf))
    raw = one.read_raw_bytes()
    kinds = [name for name in _NAMES if name.endswith("Decode")]
    chosen = [Name(rng.choice(kinds)) for _unused in range(rng.choice((1, 1, 2, 5)))]
    parameters = Dictionary(
        Predictor=rng.choice((1, 2, 10, 15, 99)), Columns=rng.choice((1, 5, 10**6, -1)),
        Colors=rng.choice((1, 4, 40)), BitsPerComponent=rng.choice((1, 8, 16, 3)),
    )  # fmt: skip
    one.write(
        raw,
        filter=chosen[0] if len(chosen) == 1 else Array(chosen),
        decode_parms=parameters if len(chosen) == 1 and rng.random() < 0.5 else None,
    )


_CHANGES: list[Change] = [
    _replace, _replace, _replace, _delete, _delete, _add, _add, _add, _exchange, _nudge, _nudge,
    _circle, _splice, _scribble, _scribble, _refilter,
]  # fmt: skip


def by_bytes(content: bytes, rng: random.Random) -> bytes:
    """The file with some bytes changed, lost, doubled or put in."""
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 3, 20))):
        place = rng.randrange(len(data) + 1)
        length = rng.choice((1, 2, 8, 64, 512))
        match rng.randrange(7):
            case 0 if place < len(data):
                data[place] ^= 1 << rng.randrange(8)
            case 1:
                del data[place : place + length]
            case 2:
                data[place:place] = data[place : place + length]
            case 3:
                data[place:place] = rng.choice(
                    (b"endobj ", b"endstream ", b"0 0 R ", b"<<", b"]", b"\0")
                )
            case 4:
                _digit(data, rng)
            case 5:
                _word(data, rng)
            case _ if rng.random() < 0.1:
                del data[place:]
    return bytes(data)


def _digit(data: bytearray, rng: random.Random) -> None:
    digits = [place for place, value in enumerate(data) if 48 <= value <= 57]
    if digits:
        data[rng.choice(digits)] = rng.randrange(48, 58)


def _word(data: bytearray, rng: random.Random) -> None:
    """One key written as another, wherever it stands first."""
    old, new = rng.choice(_KEYS).encode(), rng.choice(_KEYS).encode()
    place = data.find(old)
    if place >= 0:
        data[place : place + len(old)] = new
