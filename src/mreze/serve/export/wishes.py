"""What a client wishes for, as regular expressions that a web server can match.

A quality becomes one character: X for 1, 9 to 1 for its first decimal, a for less than 0.1, 0 for what is not wanted.
So `map` of nginx finds the best wish by trying the characters in that order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from mreze.formats import Format

QUALITIES: Final = ("X", *"987654321", "a")
"""From the best to the worst of those that are wanted."""
EXACT, TYPE, ANY = "3", "2", "1"
"""How specific a wish for a media type is, as one character after its quality."""
_BEGIN, _END = r"(?:^|,)\s*", r"\s*(?:[;,]|$)"
_LESS: Final = r"(?:0(?:\.\d*)?|\.\d+)"
_Q: Final = r"\s*(?:;[^,;]*)*?;\s*q\s*=\s*"


def media_wishes(form: Format, number: int) -> Iterator[tuple[str, str]]:
    """Patterns of an Accept header and what each says of the format: quality and how specific the wish is.

    Args:
        form: the format.
        number: makes the names of groups unique.
    """
    yield r"^\s+$", "X" + ANY
    names = [form.media_type, *form.aliases]
    for pattern, specific in (
        *((re.escape(one), EXACT) for one in names),
        (re.escape(form.media_type.partition("/")[0]) + r"/\*", TYPE),
        (r"\*(?:/\*)?", ANY),
    ):
        for whole, quality in _qualities(pattern, f"mreze_d{number}"):
            yield whole, ("00" if quality == "0" else quality + specific)


def accepted_languages(offered: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Patterns of an Accept-Language header and the language that each means: what is liked best, then named first."""
    patterns = {one: language_pattern(one, offered) for one in offered}
    anything = "|".join(patterns.values())
    for quality in QUALITIES:
        liked = _liked(quality)
        for one, pattern in patterns.items():
            yield rf"^(?:(?!\s*(?:{anything}){liked})[^,]*,)*\s*{pattern}{liked}", one


def language_pattern(language: str, offered: Sequence[str]) -> str:
    """Every tag that means this one of the languages offered (RFC 4647, 3.4), such as sr-RS the first Serbian."""
    parts = language.split("-")
    found = []
    for length in range(len(parts), 0, -1):
        prefix = "-".join(parts[:length])
        fitting = [one for one in offered if one == prefix or one.startswith(prefix + "-")]
        if fitting[0] == language:
            longer = [re.escape(one.removeprefix(prefix)) for one in offered if one.startswith(prefix + "-")]
            others = rf"(?!(?:{'|'.join(longer)})(?![a-z0-9]))" if longer else ""
            found.append(rf"{re.escape(prefix)}{others}(?:-[a-z0-9-]*)?")
    return f"(?:{'|'.join(found)})"


def _liked(quality: str) -> str:
    """The pattern of what follows a language that is liked so much; what cannot be read counts as 1."""
    others = r"\s*(?:;\s*+(?!q\s*=)[^,;]*)*"
    if quality == "X":
        return others + rf"(?:;\s*q\s*=(?!\s*{_LESS}\s*(?:[;,]|$))[^,;]*(?:;[^,;]*)*)?(?:,|$)"
    decimals = r"0+[1-9]\d*" if quality == "a" else quality + r"\d*"
    return others + rf";\s*q\s*=\s*0?\.{decimals}\s*(?:[;,]|$)"


def _qualities(pattern: str, group: str) -> Iterator[tuple[str, str]]:
    yield f"{_BEGIN}{pattern}{_Q}(?:0(?:\\.0*)?|\\.0+)\\s*(?:[;,]|$)", "0"
    yield f"{_BEGIN}{pattern}{_Q}0?\\.0\\d*\\s*(?:[;,]|$)", "a"
    yield f"{_BEGIN}{pattern}{_Q}0?\\.(?<{group}>[1-9])\\d*\\s*(?:[;,]|$)", f"${{{group}}}"
    yield f"{_BEGIN}{pattern}{_END}", "X"
