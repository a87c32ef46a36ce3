"""Dates, positions and languages as people write them, in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from babel.core import get_global
from pyoxigraph import Literal

from mreze.namespaces import term
from mreze.serve.dating import say_moment
from mreze.serve.pictures.moments import read_moment

_PARTS: Final = {term("xsd:gYear"): 1, term("xsd:gYearMonth"): 2, term("xsd:date"): 3}
_DATE: Final = re.compile(r"-?[\d-]+\Z", re.ASCII)
_POINT: Final = re.compile(r"\s*(?:<[^>]*>)?\s*POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)\s*\Z", re.IGNORECASE)
_MOST_LATITUDE: Final = 90
_CYRILLIC: Final = re.compile(r"[\u0400-\u04FF]")
_LANGUAGES: Final = "http://publications.europa.eu/resource/authority/language/"


def say_date(literal: Literal, language: str) -> str | None:
    """A year, a month or a day in words ("May 2007"); None for what is none, or has a time zone."""
    parts = _PARTS.get(literal.datatype)
    moment = read_moment(literal.value) if parts is not None and _DATE.match(literal.value) else None
    if moment is None or len(moment.parts) != parts:
        return None
    said = say_moment(moment, language)
    return None if said == literal.value else said


def say_point(literal: Literal) -> str | None:
    """A point in degrees ("43.3209° N, 21.8958° E"); None for what is none, or not in longitude and latitude."""
    found = _POINT.match(literal.value) if literal.datatype == term("geo:wktLiteral") else None
    if found is None:
        return None
    try:
        east, north = float(found[1]), float(found[2])
    except ValueError:
        return None
    if abs(north) > _MOST_LATITUDE:
        return None
    return f"{abs(north):g}° {'N' if north >= 0 else 'S'}, {abs(east):g}° {'E' if east >= 0 else 'W'}"


def tag_of(language: str, words: str) -> str | None:
    """The tag of words in a language.

    Args:
        language: IRI in the EU's authority table of languages, or a tag.
        words: tell the script, where a language has two.
    """
    code = language.removeprefix(_LANGUAGES).lower()
    if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", code):
        return None
    aliases: Mapping[str, str] = get_global("language_aliases")
    tag = aliases.get(code, code).lower()
    if tag == "sr":
        return "sr-cyrl" if _CYRILLIC.search(words) else "sr-latn"
    return tag
