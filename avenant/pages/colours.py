"""Contrast of colours, by the formulas of WCAG 2.2, so that any carrier's brand stays readable."""

import re

AA_TEXT = 4.5  # ratio asked of text
AA_SHAPE = 3.0  # ratio asked of large text and of what shows a state or a limit

type Rgb = tuple[int, int, int]

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def rgb(colour: str) -> Rgb:
    """The three parts of `#rrggbb`. Raises `ValueError` for anything else."""
    if not _HEX.fullmatch(colour):
        raise ValueError(f"not a colour of the form #rrggbb: {colour!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast(one: str, other: str) -> float:
    """The ratio between two colours, from 1 (same) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, *, on: str, ratio: float = AA_TEXT) -> str:
    """`colour`, moved toward black or white only as far as `ratio` asks when it lies on `on`."""
    target = "#000000" if _luminance(on) > 0.18 else "#ffffff"
    for share in range(0, 101, 2):
        candidate = mix(colour, target, share / 100)
        if contrast(candidate, on) >= ratio:
            return candidate
    return target


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other` in it."""
    parts = (round(a + (b - a) * share) for a, b in zip(rgb(colour), rgb(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
