"""Layers: parts of a page that a viewer shows or hides by the file's own rules."""

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.avenant.documents.corpus.entry import (
    ACCEPTED,
    CONTENT,
    add,
    annotation,
    form,
    may_be,
    sheet,
)

_EITHER = may_be("hidden_layers", "looks_different")
_LAYERED = (
    CONTENT
    + b"\n/OC /Couche BDC 1 1 0.7 rg 72 180 300 40 re f "
    + b"BT /F1 18 Tf 0 g 80 192 Td (Prime : 250,00 $) Tj ET EMC"
)


def _layer(pdf: pikepdf.Pdf, **usage: object) -> pikepdf.Object:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("couche")))
    if usage:
        layer.Usage = Dictionary(**usage)
    pdf.pages[0].Resources.Properties = Dictionary(Couche=layer)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer])))
    return layer


def _set(**entries: object):
    def build() -> bytes:
        def change(pdf: pikepdf.Pdf) -> None:
            layer = _layer(pdf)
            for key, value in entries.items():
                pdf.Root.OCProperties.D[f"/{key}"] = Array([layer]) if value == "it" else value

        return sheet(change, content=_LAYERED)

    return build


add("layer: shown", _set(), _EITHER)
add("layer: shown by name", _set(ON="it"), _EITHER)
add("layer: hidden", _set(OFF="it"), _EITHER)
add("layer: all hidden", _set(BaseState=Name.OFF), _EITHER)
add("layer: all hidden but it", _set(BaseState=Name.OFF, ON="it"), _EITHER, is_steady=False)
add("layer: hidden and shown", _set(OFF="it", ON="it"), _EITHER, is_steady=False)
add("layer: unchanged", _set(BaseState=Name.Unchanged), _EITHER, is_steady=False)
add("layer: configuration is a number", _set(OFF=Name.Odd), may_be("damaged", "hidden_layers"))


def _usage(event: str, **usage: object):
    def build() -> bytes:
        def change(pdf: pikepdf.Pdf) -> None:
            layer = _layer(pdf, **usage)
            pdf.Root.OCProperties.D.AS = Array(
                [
                    Dictionary(
                        Event=Name(f"/{event}"),
                        Category=Array([Name(f"/{event}")]),
                        OCGs=Array([layer]),
                    )
                ]
            )

        return sheet(change, content=_LAYERED)

    return build


_ON, _OFF = Name.ON, Name.OFF
add(
    "layer: seen, not printed",
    _usage("Print", Print=Dictionary(PrintState=_OFF), View=Dictionary(ViewState=_ON)),
    _EITHER,
    is_steady=False,
)
add(
    "layer: printed, not seen",
    _usage("View", Print=Dictionary(PrintState=_ON), View=Dictionary(ViewState=_OFF)),
    _EITHER,
    is_steady=False,
)
add("layer: by zoom", _usage("View", Zoom=Dictionary(min=4, max=8)), _EITHER, is_steady=False)
add(
    "layer: by language",
    _usage("View", Language=Dictionary(Lang=String("en-CA"), Preferred=_ON)),
    _EITHER,
    is_steady=False,
)


def _membership(**entries: object):
    def build() -> bytes:
        def change(pdf: pikepdf.Pdf) -> None:
            layer = _layer(pdf)
            pdf.Root.OCProperties.D.OFF = Array([layer])
            rule = Dictionary(Type=Name.OCMD)
            for key, value in entries.items():
                rule[f"/{key}"] = Array([value, layer]) if key == "VE" else value
            if "VE" not in entries:
                rule.OCGs = Array([layer])
            pdf.pages[0].Resources.Properties.Couche = pdf.make_indirect(rule)

        return sheet(change, content=_LAYERED)

    return build


for _policy in ("AnyOn", "AllOn", "AnyOff", "AllOff"):
    add(f"layer: {_policy} of a hidden one", _membership(P=Name(f"/{_policy}")), _EITHER)
add("layer: not a hidden one", _membership(VE=Name.Not), _EITHER, is_steady=False)
add("layer: and", _membership(VE=Name.And), _EITHER, is_steady=False)


def _on_object(place: str, is_hidden: bool = True):
    def build() -> bytes:
        def change(pdf: pikepdf.Pdf) -> None:
            layer = _layer(pdf)
            if is_hidden:
                pdf.Root.OCProperties.D.OFF = Array([layer])
            look = b"1 1 0.7 rg 0 0 300 40 re f BT /F1 18 Tf 0 g 8 12 Td (Prime : 250,00 $) Tj ET"
            if place == "annotation":
                annotation(pdf, "Stamp", [72, 180, 372, 220], look, OC=layer)
                return
            drawn = form(pdf, look, [0, 0, 300, 40]) if place == "form" else _picture(pdf)
            drawn.OC = layer
            pdf.pages[0].Resources.XObject = Dictionary(X=drawn)

        place_it = {
            "form": b" q 1 0 0 1 72 180 cm /X Do Q",
            "image": b" q 300 0 0 40 72 180 cm /X Do Q",
        }
        return sheet(change, content=CONTENT + place_it.get(place, b""))

    return build


def _picture(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_stream(
        bytes(range(0, 256, 16)), Type=Name.XObject, Subtype=Name.Image, Width=4, Height=4,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip


for _place in ("form", "image", "annotation"):
    add(f"layer: hidden {_place}", _on_object(_place), _EITHER)
    add(f"layer: shown {_place}", _on_object(_place, is_hidden=False), _EITHER)


def _undeclared() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        _layer(pdf)
        del pdf.Root.OCProperties

    return sheet(change, content=_LAYERED)


add("layer: that the catalogue does not know", _undeclared, _EITHER)
add("layer: of no name", lambda: sheet(content=_LAYERED), [ACCEPTED, "hidden_layers"])
