"""Dates, positions and languages as people write them, in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton, format_timedelta
from pyoxigraph import Literal

from mreze.namespaces import term

_MONTH, _DAY = term("xsd:gYearMonth"), term("xsd:date")
_LOCALES: Final = {"en": "en_GB"}
"""Where the country decides how a date is written."""
_DATE: Final = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?\Z")
_POINT: Final = re.compile(r"\s*(?:<[^>]*>)?\s*POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)\s*\Z", re.IGNORECASE)
_MOST_LATITUDE: Final = 90
_CYRILLIC: Final = re.compile(r"[\u0400-\u04FF]")
_LANGUAGES: Final = "http://publications.europa.eu/resource/authority/language/"


def say_date(literal: Literal, language: str) -> str | None:
    """A month or a day in words ("May 2007"); None for what is neither."""
    found, locale = _DATE.match(literal.value), _locale(language)
    if literal.datatype not in {_MONTH, _DAY} or found is None or locale is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None
    if literal.datatype == _MONTH:
        return format_skeleton("yMMMM", day, locale=locale)
    return format_date(day, "long", locale)


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


def say_time(seconds: str, language: str) -> str:
    """How long so many seconds are, in words ("1 minute"); "" where that is no number."""
    locale = _locale(language)
    if not (seconds.isascii() and seconds.isdigit()) or locale is None:
        return ""
    return str(format_timedelta(int(seconds), locale=locale))


def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(_LOCALES.get(language, language), sep="-" if "-" in language else "_")
    except (UnknownLocaleError, ValueError):
        return None
