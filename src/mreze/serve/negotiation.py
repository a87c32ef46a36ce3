"""Choose the representation, or the language, that a client asked for.

https://www.rfc-editor.org/rfc/rfc9110#name-content-negotiation. A header that cannot be read is read as far as it
can be: a client is never refused for a stray comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mreze.errors import NotAcceptable
from mreze.formats import Format

_EXACT, _TYPE, _ANY = 3, 2, 1
_QUALITY: Final = re.compile(r"(?:0(?:\.\d*)?|1(?:\.0*)?|\.\d+)\Z")
_LONGEST_HEADER: Final = 8_192


@dataclass(frozen=True, slots=True)
class Range:
    """One element of an Accept or Accept-Language header."""

    value: str
    quality: float


def choose(accept: str | None, offered: Sequence[Format]) -> Format:
    """Return the offered format that the client likes best.

    What it names itself goes before what only a wildcard admits; then our order decides. Parameters but q are not
    compared: no format that we offer has any that matters.

    Raises:
        NotAcceptable: it accepts none of them.
    """
    if accept is None or not accept.strip():
        return offered[0]
    ranges = list(parse(accept))
    ranked = [(*_quality(one, ranges), -place) for place, one in enumerate(offered)]
    quality, _, place = max(ranked)
    if quality <= 0:
        names = ", ".join(one.media_type for one in offered)
        told = f"This is offered as {names}; you accept {accept[:200]}"
        raise NotAcceptable(told, headers={"Vary": "Accept"}, offered=offered)
    return offered[-place]


def parse(header: str) -> Iterator[Range]:
    """The elements of the header, in lower case, with their quality."""
    for element in header[:_LONGEST_HEADER].split(","):
        value, *parameters = (part.strip().lower() for part in element.split(";"))
        if value:
            yield Range(value, _q(parameters))


def choose_language(asked: str | None, header: str | None, offered: Sequence[str]) -> str:
    """Return the language to answer in: the one asked for in the URL, else the header's, else the first offered.

    `sr` means Serbian in the script that is offered first; `sr-RS`, `sr-Latn-RS` mean what their parts say
    (lookup, https://www.rfc-editor.org/rfc/rfc4647#section-3.4).
    """
    wishes = [asked.lower()] if asked else []
    if header:
        ranked = sorted(parse(header), key=lambda one: -one.quality)
        wishes += [one.value for one in ranked if one.quality > 0]
    for wish in wishes:
        if (found := _lookup(wish, offered)) is not None:
            return found
    return offered[0]


def telling_language(header: str | None, query: bytes, offered: Sequence[str]) -> str | None:
    """What of an Accept-Language header an answer can depend on: clients spell the same wish in a hundred ways.

    Args:
        header: as it was sent.
        query: of the address, as it was sent; one that names another release may be answered in other languages.
        offered: the languages of the current release.
    """
    return header if b"release" in query or b"%" in query else choose_language(None, header, offered)


def _q(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q" and _QUALITY.match(value.strip()):
            return float(value.strip())
    return 1.0


def _quality(one: Format, ranges: Sequence[Range]) -> tuple[float, int]:
    own = _best(one.media_type, ranges)
    if own is not None and own[1] == _EXACT:
        return own
    # What old clients call it counts only where they say so: `*/*` is no wish for an alias.
    aliases = [found for alias in one.aliases if (found := _best(alias, ranges)) and found[1] == _EXACT]
    return max([*aliases, own or (0.0, 0)])


def _best(media_type: str, ranges: Sequence[Range]) -> tuple[float, int] | None:
    """Quality and specificity of the most specific range that admits the media type."""
    wildcard = media_type.partition("/")[0] + "/*"
    levels = {media_type: _EXACT, wildcard: _TYPE, "*/*": _ANY, "*": _ANY}
    found = [(levels[one.value], one.quality) for one in ranges if one.value in levels]
    if not found:
        return None
    specificity, quality = max(found)
    return quality, specificity


def _lookup(wish: str, offered: Sequence[str]) -> str | None:
    parts = wish.split("-")
    while parts:
        prefix = "-".join(parts)
        for language in offered:
            if language == prefix or language.startswith(prefix + "-"):
                return language
        parts.pop()
    return None
