"""SVG as text: elements, numbers without needless digits, and how wide a text will be.

No element has a style of its own, as the policy of a page forbids it: classes and presentation attributes only
(https://www.w3.org/TR/SVG2/styling.html).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate
from typing import Final

NARROW: Final = 300.0
WIDE: Final = 720.0
"""Widths in which a picture is drawn, in its own units: shown at this size, they are the pixels of CSS."""
SIZE: Final = 13.0
"""Height of letters."""
LINE: Final = 17.0
"""Height of a line of text."""
TARGET: Final = 24.0
"""Height of what can be clicked (https://www.w3.org/TR/WCAG22/#target-size-minimum)."""
BOLD: Final = 1.13
"""So many times as wide are bold letters."""
_THIN: Final = frozenset("fijlrtIJ.,:;'!|()[]-/ јЈ’“”„")
_BROAD: Final = frozenset("mwMWжмфшщюљњЖМФШЩЮЉЊ—@%…")
_WIDTHS: Final = {"Lu": 0.76, "Ll": 0.62, "Nd": 0.64}
"""Of the height, by kind of letter, as DejaVu Sans has them: few fonts are wider."""
_ELLIPSIS: Final = "…"
_SEVERAL: Final = "mul"
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Caption:
    """What a picture is called, for who does not see it."""

    id: str
    title: str
    description: str
    language: str | None = None
    """BCP 47 tag of the title where it is not that of the page."""


@dataclass(frozen=True, slots=True)
class Name:
    """A thing by its name."""

    text: str
    href: str | None = None
    language: str | None = None
    """BCP 47 tag of the text where it is not that of the page."""


def element(tag: str, *content: str, **attributes: object) -> str:
    """An element; `class_` is written class, `stroke_width` stroke-width, and what is None is left out."""
    given = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{number(value) if isinstance(value, float) else escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    inner = "".join(content)
    return f"<{tag}{given}>{inner}</{tag}>" if inner else f"<{tag}{given}/>"


def number(value: float) -> str:
    """A number with one decimal, if it has any."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def words(text: str, x: float, y: float, **attributes: object) -> str:
    """A line of text whose letters stand on y."""
    return element("text", escape(text, quote=False), x=x, y=y, **attributes)


def common(languages: Iterable[str | None]) -> str | None:
    """The language of a text put together of names in these: "mul" where they differ.

    So https://www.rfc-editor.org/rfc/rfc5646#section-4.1 has it: a title holds no elements that could each have one.
    """
    found = set(languages)
    return _SEVERAL if len(found) > 1 else next(iter(found), None)


def titled(text: str, language: str | None = None) -> str:
    """What is told of an element to who points at it or has it read."""
    return element("title", escape(text, quote=False), lang=language)


def linked(name: Name, *content: str, title: str | None = None, language: str | None = None) -> str:
    """What leads to a thing; without an address the same, leading nowhere; the language is that of the title."""
    told = (titled(title, None if language == name.language else language),) if title else ()
    if name.href is None:
        return element("g", *told, *content, lang=name.language)
    return element("a", *told, *content, href=name.href, lang=name.language)


def area(x: float, y: float, width: float, height: float = TARGET) -> str:
    """What makes a link large enough for a finger; nobody sees it."""
    return element("rect", class_="area", x=x, y=y, width=width, height=height)


def picture(caption: Caption, width: float, height: float, content: Iterable[str], class_: str) -> str:
    """The whole picture; a group, not an image, as there are links in it (https://www.w3.org/TR/wai-aria/#img)."""
    return element(
        "svg",
        element("title", escape(caption.title, quote=False), id=f"{caption.id}-title", lang=caption.language),
        element("desc", escape(caption.description, quote=False), id=f"{caption.id}-desc"),
        *content,
        class_=f"picture {class_} {'narrow' if width == NARROW else 'broad'}",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="group",
        aria_labelledby=f"{caption.id}-title",
        aria_describedby=f"{caption.id}-desc",
    )


def text_width(text: str, size: float = SIZE) -> float:
    """How wide a text is at most, whatever the font of the reader: rather too much than too little."""
    return size * sum(_width(one) for one in text)


def _width(letter: str) -> float:
    if letter in _THIN:
        return 0.41
    if letter in _BROAD or unicodedata.east_asian_width(letter) in "WF":
        return 1.02
    return _WIDTHS.get(unicodedata.category(letter), 0.62)


def wrap(text: str, width: float, most: int, size: float = SIZE) -> list[str]:
    """A text in lines of a width, of which there are not more than `most`: the last one may end with an ellipsis."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, size) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} {lines[most]}"]
    return [shorten(one, width, size) for one in lines]


def shorten(text: str, width: float, size: float = SIZE) -> str:
    """A text that is not wider than so much: else its beginning and an ellipsis."""
    if text_width(text, size) <= width:
        return text
    room = width - text_width(_ELLIPSIS, size)
    fits = sum(1 for end in accumulate(size * _width(one) for one in text) if end <= room)
    return text[:fits].rstrip() + _ELLIPSIS


FINE: Final = 2
"""So many steps of a path are one unit of the picture: whole numbers are short, and compress well."""


def path(points: Sequence[Point], *, closed: bool = False) -> str:
    """The data of a path through points, in steps of 1 / FINE: whoever draws it scales it."""
    x, y = _stepped(points[0])
    steps = [f"M{x},{y}l"]
    for point in points[1:]:
        right, down = _stepped(point)
        if (right, down) != (x, y):
            steps.append(f"{right - x},{down - y} ")
        x, y = right, down
    return "".join(steps).replace(",-", "-").replace(" -", "-").rstrip(" l") + ("z" if closed else "")


def _stepped(point: Point) -> tuple[int, int]:
    return round(point[0] * FINE), round(point[1] * FINE)
