"""Boxes, turns and units: what part of the page viewers show, and how large.

The picture that viewers show is the CropBox within the MediaBox, turned; the other boxes are
for printers and change nothing.
"""

import pikepdf
from pikepdf import Array, Dictionary

from tests.avenant.documents.corpus.entry import CONTENT, add, may_be, of_page, saved, sheet

_ODD = may_be("page_size", "damaged", "unsafe", "looks_different")

for _name, _box in {
    "smaller": [72, 72, 540, 720],
    "with fractions": [10.25, 20.5, 600.75, 780.125],
    "beyond the sheet": [-100, -100, 800, 900],
    "half beyond": [306, 396, 900, 1200],
    "corners inverted": [540, 720, 72, 72],
}.items():
    add(f"boxes: crop {_name}", lambda box=_box: sheet(of_page(CropBox=box)))
for _name in ("TrimBox", "BleedBox", "ArtBox"):
    add(
        f"boxes: {_name} smaller",
        lambda box=_name: sheet(of_page(**{box: [72, 72, 540, 720]})),
        why="no viewer cuts to it",
    )
    add(f"boxes: {_name} of no area", lambda box=_name: sheet(of_page(**{box: [9, 9, 9, 9]})))
add("boxes: trim in crop", lambda: sheet(of_page(CropBox=[36, 36, 580, 760], TrimBox=[72] * 4)))
add("boxes: sheet from below zero", lambda: sheet(of_page(MediaBox=[-36, -36, 640, 820])))
add("boxes: sheet that starts later", lambda: sheet(of_page(MediaBox=[36, 100, 600, 760])))
add("boxes: sheet with inverted corners", lambda: sheet(of_page(MediaBox=[612, 792, 0, 0])))
add("boxes: crop outside the sheet", lambda: sheet(of_page(CropBox=[700, 800, 900, 999])), _ODD)
add("boxes: crop of no area", lambda: sheet(of_page(CropBox=[10, 10, 10, 10])), _ODD)
add("boxes: crop of words", lambda: sheet(of_page(CropBox=["a", "b", "c", "d"])), _ODD)
add("boxes: crop of three numbers", lambda: sheet(of_page(CropBox=[0, 0, 500])), _ODD)
add("boxes: crop is a name", lambda: sheet(of_page(CropBox=pikepdf.Name.Odd)), _ODD)
add("boxes: sheet of three numbers", lambda: sheet(of_page(MediaBox=[0, 0, 500])), _ODD)


def _inherited(pdf: pikepdf.Pdf) -> None:
    page, tree = pdf.pages[0].obj, pdf.Root.Pages
    tree.Resources, tree.MediaBox = page.Resources, Array([0, 0, 612, 792])
    tree.CropBox, tree.Rotate = Array([36, 36, 576, 756]), 90
    del page.Resources
    del page.MediaBox


def _inherited_twice(pdf: pikepdf.Pdf) -> None:
    _inherited(pdf)
    page, tree = pdf.pages[0].obj, pdf.Root.Pages
    between = pdf.make_indirect(
        Dictionary(Type=pikepdf.Name.Pages, Parent=tree, Kids=Array([page]), Count=1, Rotate=180)
    )
    page.Parent = between
    tree.Kids = Array([between])


add("boxes: all inherited", lambda: sheet(_inherited))
add("boxes: inherited through two, one overrides", lambda: sheet(_inherited_twice))
add("boxes: no sheet anywhere", lambda: sheet(_without_sheet), may_be("damaged", "page_size"))


def _without_sheet(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.MediaBox


for _turn in (0, 90, 180, 270, 360, 450, -90, -180):
    add(f"turned: {_turn}", lambda turn=_turn: sheet(of_page(Rotate=turn)))
    if _turn in (90, 180, 270):
        add(
            f"turned: {_turn} with a crop that is off centre",
            lambda turn=_turn: sheet(of_page(Rotate=turn, CropBox=[30, 100, 600, 700])),
        )
for _turn in (45, 1, 89.5):
    add(f"turned: {_turn}", lambda turn=_turn: sheet(of_page(Rotate=turn)), _ODD, is_steady=False)
add("turned: by a name", lambda: sheet(of_page(Rotate=pikepdf.Name.Left)), _ODD, is_steady=False)

add("unit: two", lambda: sheet(of_page(UserUnit=2), content=CONTENT, size=(306, 396)))
add("unit: a quarter", lambda: sheet(of_page(UserUnit=0.25)))
add("unit: two, turned", lambda: sheet(of_page(UserUnit=2, Rotate=90)))
for _unit in (1_000_000, 0, -1, 1e-9):
    add(f"unit: {_unit}", lambda unit=_unit: sheet(of_page(UserUnit=unit)), _ODD, is_steady=False)
add("unit: a word", lambda: sheet(of_page(UserUnit=pikepdf.String("2"))), _ODD, is_steady=False)

for _name, _size in {
    "A4": (595.276, 841.89),
    "letter on its side": (792, 612),
    "legal": (612, 1008),
    "a receipt": (226, 1400),
    "a poster": (2384, 3370),
    "two metres": (5669, 5669),
}.items():
    # Of a sheet this large, drawn small, each viewer makes its hairlines as strong as it likes.
    add(f"size: {_name}", lambda size=_size: sheet(size=size), is_steady=max(_size) < 3_000)
add(
    "size: five metres",
    lambda: sheet(size=(14_400, 14_400)),
    may_be("page_size", "too_complex"),
    is_steady=False,
)
add("size: a tenth of a millimetre", lambda: sheet(size=(0.3, 0.3)), may_be("page_size"))
add("size: a line", lambda: sheet(size=(612, 1)), may_be("page_size"))
add("size: each page its own", lambda: _several(), why="no page takes another's box")


def _several() -> bytes:
    pdf = pikepdf.new()
    for place, size in enumerate([(612, 792), (842, 595), (300, 300), (612, 1008)]):
        with pikepdf.open(__import__("io").BytesIO(sheet(size=size))) as one:
            pdf.pages.extend(one.pages)
        pdf.pages[-1].obj.Rotate = 90 * place
    return saved(pdf)


add("pages: 200", lambda: sheet(pages=200))
add("pages: one drawing shared by three", lambda: sheet(_shared, pages=3))
add("pages: empty", lambda: sheet(content=b""))
add("pages: no content at all", lambda: sheet(_contentless))


def _shared(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.Contents = pdf.pages[0].obj.Contents


def _contentless(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.Contents
