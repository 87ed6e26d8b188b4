"""What of a PDF is used to print it, kind by kind: the keys that are copied, and what each holds.

Every key that is not here stays behind. Source: ISO 32000-2, tables of chapters 7 to 9 and 11.
`plain` is a name, number, string or a list or dictionary of such; any other word is a kind.
"""

PLAIN = "plain"


def _plain(keys: str) -> dict[str, str]:
    return {f"/{key}": PLAIN for key in keys.split()}


# What a dictionary or the dictionary of a stream may hold. A stream's data is copied by its kind.
SHAPES: dict[str, dict[str, str]] = {
    "font": _plain(
        "Type Subtype BaseFont Name FirstChar LastChar Widths CIDSystemInfo DW W DW2 W2 FontBBox"
        " FontMatrix"
    )
    | {
        "/FontDescriptor": "font_descriptor",
        "/Encoding": "encoding",
        "/ToUnicode": "code_map",
        "/DescendantFonts": "fonts",
        "/CIDToGIDMap": "data",
        "/CharProcs": "glyphs",
    },
    "font_descriptor": _plain(
        "Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent"
        " Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth CharSet Style"
    )
    | {"/FontFile": "font_file", "/FontFile2": "font_file", "/FontFile3": "font_file"},
    "font_file": _plain("Subtype Length1 Length2 Length3"),
    "encoding": _plain("Type BaseEncoding Differences CMapName CIDSystemInfo WMode")
    | {"/UseCMap": "code_map"},
    "code_map": _plain("Type CMapName CIDSystemInfo WMode") | {"/UseCMap": "code_map"},
    "data": {},
    "graphics_state": _plain("Type LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK")
    | {"/Font": "font_and_size", "/SMask": "soft_mask", "/TR": "function", "/TR2": "function"},
    "soft_mask": _plain("Type S BC") | {"/G": "form", "/TR": "function"},
    "function": _plain(
        "FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Bounds"
    )
    | {"/Functions": "function"},
    "profile": _plain("N Range") | {"/Alternate": "colour_space"},
    "shading": _plain(
        "ShadingType Background BBox AntiAlias Domain Matrix Coords Extend BitsPerCoordinate"
        " BitsPerComponent BitsPerFlag Decode VerticesPerRow"
    )
    | {"/ColorSpace": "colour_space", "/Function": "function"},
    "shading_pattern": _plain("Type PatternType Matrix")
    | {"/Shading": "shading", "/ExtGState": "graphics_state"},
    "tile": _plain("Type PatternType PaintType TilingType BBox XStep YStep Matrix"),
    "form": _plain("Type Subtype FormType BBox Matrix") | {"/Group": "group"},
    "group": _plain("Type S I K") | {"/CS": "colour_space"},
    "glyph": {},
    "image": _plain(
        "Type Subtype Width Height BitsPerComponent ImageMask Decode Interpolate Intent SMaskInData"
        " Matte"
    )
    | {"/ColorSpace": "colour_space", "/Mask": "mask", "/SMask": "image"},
}

# The kind of each resource, by the dictionary that holds it.
RESOURCES = {
    "/Font": "font",
    "/XObject": "xobject",
    "/ExtGState": "graphics_state",
    "/ColorSpace": "colour_space",
    "/Pattern": "pattern",
    "/Shading": "shading",
}
# Colour spaces that replace the device's without being named by any step.
DEFAULT_SPACES = frozenset({"/DefaultGray", "/DefaultRGB", "/DefaultCMYK"})
COLOUR_FAMILIES = frozenset(
    f"/{name}"
    for name in [
        "DeviceGray",
        "DeviceRGB",
        "DeviceCMYK",
        "CalGray",
        "CalRGB",
        "Lab",
        "ICCBased",
        "Indexed",
        "Pattern",
        "Separation",
        "DeviceN",
        "G",
        "RGB",
        "CMYK",
        "I",
    ]
)
# Filters whose data is copied as it is: what they pack is a picture.
PICTURE_FILTERS = frozenset({"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"})
