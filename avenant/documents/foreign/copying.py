"""Copies what is drawn, and what that needs, out of a foreign PDF: each object once.

Driven by what the drawing names, so that what nothing draws stays behind; by `shapes`, so that
of each thing only the keys that printing uses come along.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from avenant.documents.foreign.budget import MAX_STEPS, Budget
from avenant.documents.foreign.content import Drawing, read_drawing, unpacked
from avenant.documents.foreign.functions import check_function
from avenant.documents.foreign.images import picture_data
from avenant.documents.foreign.shapes import (
    COLOUR_FAMILIES,
    DEFAULT_SPACES,
    PLAIN,
    RESOURCES,
    SHAPES,
)
from avenant.guarded import Refusal

type Copy = Any  # a pikepdf object of the new file, or None where nothing comes along


class Copier:
    """Copies from one foreign PDF into a new one.

    `missing` holds what a drawing names and the file has not: legal, and drawn as nothing; in a
    file that had to be repaired it is a sign that something was lost.
    """

    def __init__(self, target: pikepdf.Pdf, budget: Budget) -> None:
        self._target = target
        self._budget = budget
        self._copies: dict[tuple[Any, str], Copy] = {}
        self._steps: dict[Any, int] = {}
        self._page_resources: Any = Dictionary()
        self._copiers: dict[str, Callable[[Any, int], Copy]] = {
            PLAIN: self._plain,
            "font": self._font,
            "fonts": self._fonts,
            "glyphs": self._glyphs,
            "xobject": self._xobject,
            "form": partial(self._drawn, "form"),
            "tile": partial(self._drawn, "tile"),
            "glyph": partial(self._drawn, "glyph"),
            "pattern": self._pattern,
            "image": self._image,
            "mask": self._mask,
            "function": self._function,
            "colour_space": self._colour_space,
            "font_and_size": self._font_and_size,
            "soft_mask": self._soft_mask,
        }
        self.missing: set[str] = set()

    def page(self, streams: list[Stream], resources: Any) -> tuple[bytes, Dictionary]:
        """The drawing of a page, and the resources that it uses.

        Raises:
            Refusal: "too_complex", "damaged", "image_too_large".
        """
        self._page_resources = resources if isinstance(resources, Dictionary) else Dictionary()
        drawing = read_drawing(streams, self._budget)
        kept = self._resources(drawing, self._page_resources, 0)
        self._count(drawing, self._page_resources)
        return drawing.content, kept

    def copy(self, value: Any, kind: str, depth: int) -> Copy:
        """A copy of one value of a kind; the same copy for the same object of the file."""
        self._budget.look(depth)
        if not isinstance(value, pikepdf.Object):
            return value
        copier = self._copiers.get(kind) or partial(self._shaped, kind)
        if not value.is_indirect:
            return copier(value, depth)
        key = (value.objgen, kind)
        if key not in self._copies:
            self._copies[key] = None  # what holds itself holds nothing there
            self._copies[key] = copier(value, depth)
        return self._copies[key]

    # ---- what draws

    def _resources(self, drawing: Drawing, resources: Any, depth: int) -> Dictionary:
        kept = Dictionary()
        for group, kind in RESOURCES.items():
            names = set(drawing.used.get(group, ()))
            found = resources.get(group)
            if group == "/ColorSpace":
                names = (names | DEFAULT_SPACES) - COLOUR_FAMILIES
            copies = {}
            for name in sorted(names):
                value = found.get(name) if isinstance(found, Dictionary) else None
                if value is None:
                    self._note_missing(group, name)
                    continue
                copies[name] = self.copy(value, kind, depth + 1)
            copies = {name: copy for name, copy in copies.items() if copy is not None}
            if copies:
                kept[group] = Dictionary(copies)
        return kept

    def _note_missing(self, group: str, name: str) -> None:
        """What is not there is drawn as nothing; but for text each reader takes a font of its own."""
        if group == "/Font":
            raise Refusal("damaged")
        if name not in DEFAULT_SPACES:
            self.missing.add(name)

    def _count(self, drawing: Drawing, resources: Any) -> int:
        """Steps of the drawing with those of the forms that it draws, each as often as drawn."""
        steps = drawing.steps
        found = resources.get("/XObject")
        for name, times in drawing.drawn.items():
            form = found.get(name) if isinstance(found, Dictionary) else None
            if form is not None:
                steps += times * self._steps.get(form.objgen, 1)
        if steps > MAX_STEPS:
            raise Refusal("too_complex")
        return steps

    def _drawn(self, kind: str, source: Any, depth: int) -> Copy:
        """A form, tile or glyph: a drawing with resources of its own, or the page's."""
        if not isinstance(source, Stream):
            return None
        drawing = read_drawing([source], self._budget)
        own = source.get("/Resources")
        resources = own if isinstance(own, Dictionary) else self._page_resources
        copy = self._target.make_stream(drawing.content)
        self._fill(copy, source, kind, depth)
        copy.Resources = self._resources(drawing, resources, depth)
        self._steps[source.objgen] = self._count(drawing, resources)
        return copy

    def _glyphs(self, source: Any, depth: int) -> Copy:
        if not isinstance(source, Dictionary):
            return None
        copies = {
            name: self.copy(glyph, "glyph", depth + 1) for name, glyph in list(source.items())
        }
        return Dictionary({name: copy for name, copy in copies.items() if copy is not None})

    def _xobject(self, source: Any, depth: int) -> Copy:
        if not isinstance(source, Stream):
            return None
        if source.get("/Subtype") == Name.Image:
            return self.copy(source, "image", depth)
        return self.copy(source, "form", depth)

    def _pattern(self, source: Any, depth: int) -> Copy:
        kind = "tile" if isinstance(source, Stream) else "shading_pattern"
        return self.copy(source, kind, depth)

    # ---- what is drawn with

    def _image(self, source: Any, depth: int) -> Copy:
        if not isinstance(source, Stream):
            return None
        copy = self._target.make_stream(b"")
        self._fill(copy, source, "image", depth)
        picture_data(self._target, source, copy, self._budget)
        return copy

    def _mask(self, source: Any, depth: int) -> Copy:
        """A mask is a picture, or a range of colours."""
        return (
            self._plain(source, depth)
            if isinstance(source, Array)
            else self.copy(source, "image", depth)
        )

    def _font(self, source: Any, depth: int) -> Copy:
        # Without letters and without a name, a viewer takes a font by what it has drawn before: the
        # same file looks one way now and another way later (PDFium does).
        if isinstance(source, Dictionary) and not _has_letters(source):
            raise Refusal("damaged")
        return self._shaped("font", source, depth)

    def _fonts(self, source: Any, depth: int) -> Copy:
        if not isinstance(source, Array):
            return None
        fonts = [self.copy(font, "font", depth + 1) for font in list(source)[:1]]
        return Array([font for font in fonts if font is not None])

    def _font_and_size(self, source: Any, depth: int) -> Copy:
        if not isinstance(source, Array) or len(source) != 2:
            return None
        font = self.copy(source[0], "font", depth + 1)
        return None if font is None else Array([font, self._plain(source[1], depth)])

    def _soft_mask(self, source: Any, depth: int) -> Copy:
        return source if isinstance(source, Name) else self._shaped("soft_mask", source, depth)

    def _function(self, source: Any, depth: int) -> Copy:
        if isinstance(source, Name):
            return source
        if isinstance(source, Array):
            copies = [self.copy(one, "function", depth + 1) for one in list(source)]
            if None in copies:
                raise Refusal("too_complex")  # it is made of itself
            return Array(copies)
        check_function(source, self._budget)
        return self._shaped("function", source, depth)

    def _colour_space(self, source: Any, depth: int) -> Copy:
        if isinstance(source, Name):
            return source
        if not isinstance(source, Array) or not len(source):
            return None
        family, parts = source[0], list(source)[1:]
        if not isinstance(family, Name):
            return None
        return Array([family, *self._space_parts(str(family), parts, depth + 1)])

    def _space_parts(self, family: str, parts: list[Any], depth: int) -> list[Copy]:
        kinds = {
            "/ICCBased": ["profile"],
            "/Indexed": ["colour_space", PLAIN, "data"],
            "/I": ["colour_space", PLAIN, "data"],
            "/Pattern": ["colour_space"],
            "/Separation": [PLAIN, "colour_space", "function"],
            "/DeviceN": [PLAIN, "colour_space", "function"],
        }.get(family, [PLAIN])
        return [
            self.copy(part, PLAIN if isinstance(part, pikepdf.String) else kind, depth)
            for part, kind in zip(parts, kinds, strict=False)
        ]

    # ---- anything else

    def _shaped(self, kind: str, source: Any, depth: int) -> Copy:
        if isinstance(source, Stream):
            made: Any = self._target.make_stream(unpacked(source, self._budget))
        elif isinstance(source, Dictionary):
            made = self._target.make_indirect(Dictionary())
        else:
            return source if isinstance(source, Name) else None
        self._fill(made, source, kind, depth)
        return made

    def _fill(self, made: Any, source: Any, kind: str, depth: int) -> None:
        for key, inner in SHAPES[kind].items():
            value = source.get(key)
            if value is None:
                continue
            copy = self.copy(value, inner, depth + 1)
            if copy is not None:
                made[key] = copy

    def _plain(self, source: Any, depth: int) -> Copy:
        self._budget.look(depth)
        if isinstance(source, Stream):
            return None
        if isinstance(source, Array):
            return Array([self._plain(value, depth + 1) for value in list(source)])
        if isinstance(source, Dictionary):
            return Dictionary(
                {key: self._plain(value, depth + 1) for key, value in list(source.items())}
            )
        return source


def _has_letters(font: Dictionary) -> bool:
    """Whether a font brings its letters, is made of others that are looked at too, or has a name."""
    if font.get("/Subtype") in (Name.Type3, Name.Type0) or isinstance(font.get("/BaseFont"), Name):
        return True
    descriptor = font.get("/FontDescriptor")
    return isinstance(descriptor, Dictionary) and any(
        isinstance(descriptor.get(key), Stream) for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )
