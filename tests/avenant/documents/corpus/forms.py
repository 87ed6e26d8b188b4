"""Forms: what is written in a field is part of the page that people see and agree to."""

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.avenant.documents.corpus.entry import (
    ACCEPTED,
    add,
    annotation,
    font,
    form,
    may_be,
    sheet,
)

# A value that no appearance shows: drawn by us as viewers would, or refused.
_UNDRAWN = may_be("annotation_without_appearance", "looks_different", "active_form")
_RECT = [72.0, 600, 300, 630]
_LOOK = b"/Tx BMC q BT /F1 14 Tf 0 g 4 9 Td (86,40 $) Tj ET Q EMC"


def _fields(pdf: pikepdf.Pdf, fields: Sequence[pikepdf.Object], **entries: object) -> None:
    pdf.Root.AcroForm = Dictionary(
        Fields=Array(fields),
        DA=String("/Helv 0 Tf 0 g"),
        DR=Dictionary(Font=Dictionary(Helv=font(pdf), ZaDb=font(pdf, "ZapfDingbats"))),
        **entries,
    )


def _text(look: bytes | None = _LOOK, of_form: dict[str, object] | None = None, **entries: object):
    def change(pdf: pikepdf.Pdf) -> None:
        given = {"V": String("86,40 $"), "DA": String("/Helv 14 Tf 0 g"), **entries}
        field = annotation(pdf, "Widget", _RECT, look, FT=Name.Tx, T=String("prime"), **given)
        _fields(pdf, [field], **(of_form or {}))

    return change


add("form: text drawn", lambda: sheet(_text()))
add("form: text drawn, needs appearances", lambda: sheet(_text(of_form={"NeedAppearances": True})))
add("form: text without appearance", lambda: sheet(_text(None)), _UNDRAWN)
add(
    "form: text without appearance, needs appearances",
    lambda: sheet(_text(None, {"NeedAppearances": True})),
    _UNDRAWN,
)
add("form: empty field without appearance", lambda: sheet(_text(None, V=String(""))), _UNDRAWN)
add("form: read-only", lambda: sheet(_text(Ff=1)))
add("form: several lines", lambda: sheet(_text(b"BT /F1 9 Tf 2 18 Td (a) Tj ET", Ff=1 << 12)))
add("form: comb", lambda: sheet(_text(Ff=1 << 24, MaxLen=12)))
add("form: centred", lambda: sheet(_text(Q=1)))
add(
    "form: value other than drawn",
    lambda: sheet(_text(V=String("250,00 $"))),
    _UNDRAWN,
    is_steady=False,
    why="some viewers draw the value, some the appearance",
)
add("form: password", lambda: sheet(_text(b"BT /F1 14 Tf 4 9 Td (****) Tj ET", Ff=1 << 13)))
add("form: hidden field", lambda: sheet(_text(F=2)))
add("form: field that is not viewed", lambda: sheet(_text(F=32 | 4)))
add("form: field that is not printed", lambda: sheet(_text(F=0)), why="seen on the screen")
add(
    "form: amount that a program formats",
    lambda: sheet(
        _text(AA=Dictionary(F=Dictionary(S=Name.JavaScript, JS=String("AFNumber_Format(2,3);"))))
    ),
    why="common in offices: the appearance holds what the program wrote",
)
add(
    "form: field with a border and a ground",
    lambda: sheet(
        _text(
            b"0.9 1 0.9 rg 0 0 228 30 re f 0 G 1 w 0.5 0.5 227 29 re S " + _LOOK,
            MK=Dictionary(BC=Array([0]), BG=Array([0.9, 1, 0.9])),
        )
    ),
)
add("form: field outside the page's list", lambda: sheet(_orphan), may_be("looks_different"))
add("form: field and widget apart", lambda: sheet(_kids))
add("form: empty form", lambda: sheet(lambda pdf: _fields(pdf, [])))
add("form: fields of the wrong kind", lambda: sheet(_odd_fields), may_be("damaged", "unsafe"))


def _orphan(pdf: pikepdf.Pdf) -> None:
    _text()(pdf)
    del pdf.pages[0].obj.Annots


def _kids(pdf: pikepdf.Pdf) -> None:
    widget = annotation(pdf, "Widget", _RECT, _LOOK)
    parent = pdf.make_indirect(
        Dictionary(FT=Name.Tx, T=String("prime"), V=String("86,40 $"), Kids=Array([widget]))
    )
    widget.Parent = parent
    _fields(pdf, [parent])


def _odd_fields(pdf: pikepdf.Pdf) -> None:
    _text()(pdf)
    pdf.Root.AcroForm.Fields = Name.Odd


def _states(pdf: pikepdf.Pdf, state: str | None, on: bytes, **entries: object) -> pikepdf.Object:
    box = annotation(pdf, "Widget", [72, 470, 90, 488], FT=Name.Btn, T=String("oui"), **entries)
    empty = b"0 G 1 w 1 1 16 16 re S "
    box.AP = Dictionary(
        N=Dictionary(
            Oui=form(pdf, empty + on, [0, 0, 18, 18]), Off=form(pdf, empty, [0, 0, 18, 18])
        )
    )
    if state is not None:
        box.AS = Name(f"/{state}")
    _fields(pdf, [box])
    return box


_CROSS = b"2 w 3 3 m 15 15 l 3 15 m 15 3 l S"
for _state in ("Oui", "Off", "Ailleurs"):
    add(
        f"form: box {_state}",
        lambda state=_state: sheet(lambda pdf: _states(pdf, state, _CROSS) and None),
        [ACCEPTED] if _state != "Ailleurs" else may_be("looks_different"),
    )
add(
    "form: box without a state",
    lambda: sheet(lambda pdf: _states(pdf, None, _CROSS, V=Name.Oui) and None),
    _UNDRAWN,
    is_steady=False,
)
add("form: choice among radios", lambda: sheet(_radios))
add("form: list drawn", lambda: sheet(_choice(_LOOK)))
add("form: list without appearance", lambda: sheet(_choice(None)), _UNDRAWN)
add("form: push button", lambda: sheet(_button))
add("form: signature drawn", lambda: sheet(_signature(b"BT /F1 9 Tf 4 9 Td (Signe par X) Tj ET")))
add("form: signature field, empty", lambda: sheet(_signature(None)), _UNDRAWN)
add("form: XFA", lambda: sheet(_xfa), may_be("active_form"), why="its true pages are elsewhere")
add(
    "form: sends itself",
    lambda: sheet(
        _text(
            A=Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=String("https://a.test")))
        )
    ),
    may_be("active_form"),
)


def _radios(pdf: pikepdf.Pdf) -> None:
    parent = pdf.make_indirect(
        Dictionary(FT=Name.Btn, Ff=1 << 15, T=String("carence"), V=Name.B, Kids=Array([]))
    )
    for place, state in enumerate("ABC"):
        left = 72.0 + 30 * place
        kid = annotation(pdf, "Widget", [left, 470, left + 18, 488], Parent=parent)
        ring = b"0 G 1 w 2 2 14 14 re S "
        looks = {
            f"/{state}": form(pdf, ring + b"5 5 8 8 re f", [0, 0, 18, 18]),
            "/Off": form(pdf, ring, [0, 0, 18, 18]),
        }
        kid.AP, kid.AS = Dictionary(N=Dictionary(looks)), Name.B if state == "B" else Name.Off
        parent.Kids.append(kid)
    _fields(pdf, [parent])


def _choice(look: bytes | None):
    def change(pdf: pikepdf.Pdf) -> None:
        options = Array([String("30 jours"), String("60 jours")])
        field = annotation(
            pdf, "Widget", _RECT, look, FT=Name.Ch, T=String("carence"), Ff=1 << 17,
            V=String("30 jours"), Opt=options, DA=String("/Helv 12 Tf 0 g"),
        )  # fmt: skip
        _fields(pdf, [field])

    return change


def _button(pdf: pikepdf.Pdf) -> None:
    look = b"0.8 g 0 0 228 30 re f 0 g BT /F1 12 Tf 60 10 Td (Imprimer) Tj ET"
    field = annotation(pdf, "Widget", _RECT, look, FT=Name.Btn, Ff=1 << 16, T=String("imprimer"))
    _fields(pdf, [field])


def _signature(look: bytes | None):
    def change(pdf: pikepdf.Pdf) -> None:
        field = annotation(pdf, "Widget", _RECT, look, FT=Name.Sig, T=String("signature"), F=132)
        _fields(pdf, [field], SigFlags=1)

    return change


def _xfa(pdf: pikepdf.Pdf) -> None:
    _text()(pdf)
    pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
