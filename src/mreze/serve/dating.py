"""Dates as text, in the language of the reader: the one place that decides how a year, a month or a day is written.

The rule: where a date stands as text (a fact, a list, a label of a picture) it is written as the language writes it, by
CLDR. So a year is an ordinal where the orthography wants one: Serbian has "2003.", with a full stop, as in "мај 2003.".
Where a year is a number on a scale or in a table of results (ticks of an axis, cells of SPARQL results, CSV) it is the
plain number. Before the first year of our era the era is named: the year 0000 is 1 BCE, -0043 is 44 BCE, as RDF has it
(https://www.w3.org/TR/xmlschema11-2/#dateTime; XML Schema 1.0, which knew no year 0, counted one less).
"""

from __future__ import annotations

import datetime
import re
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, parse_pattern

from mreze.serve.pictures.moments import Moment

_LOCALES: Final = {"en": "en_GB"}
"""Where the country decides how a date is written."""
_ERAS: Final = {"en": "BCE"}
"""CLDR's variant of the era's name, which babel leaves out; elsewhere the usual one is as neutral."""
_SHORT: Final = ("y", "yMMM", "yMMMd")
_LONG: Final = ("y", "yMMMM", "")
_OF_ERA: Final = ("Gy", "GyMMM", "GyMMMd")
_FIELDS: Final = re.compile(r"'[^']*'|y+|G+|MMM+|LLL+")
_LEAP: Final = 2000


def say_moment(moment: Moment, language: str, *, short: bool = False) -> str:
    """A moment as people write it in a language; as the standard does, where the language is not known.

    Args:
        moment: a year, a month or a day.
        language: tag.
        short: whether the name of the month may be shortened.
    """
    locale = _locale(language)
    year, month, day = (*moment.parts, 1, 1)[:3]
    if locale is None or year > datetime.MAXYEAR:
        return str(moment)
    if year < datetime.MINYEAR:
        return _of_era(moment, locale, 1 - year, short)
    skeleton, date = (_SHORT if short else _LONG)[len(moment.parts) - 1], datetime.date(year, month, day)
    return str(format_skeleton(skeleton, date, locale=locale)) if skeleton else format_date(date, "long", locale)


def _of_era(moment: Moment, locale: Locale, year: int, short: bool) -> str:
    """A moment before our era; Python has no such dates, so month and day are those of another year."""
    pattern = locale.datetime_skeletons.get(_OF_ERA[len(moment.parts) - 1])
    if pattern is None:
        return str(moment)
    era = _ERAS.get(locale.language, str(locale.eras["abbreviated"][0]))

    def field(match: re.Match[str]) -> str:
        if match[0][0] in "yG":
            return f"'{year if match[0][0] == 'y' else era}'"
        return match[0] if short or match[0][0] == "'" else match[0][0] * 4

    _, month, day = (*moment.parts, 1, 1)[:3]
    written = parse_pattern(_FIELDS.sub(field, pattern.pattern))
    return str(written.apply(datetime.date(_LEAP, month, day), locale))


def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(_LOCALES.get(language, language), sep="-" if "-" in language else "_")
    except (UnknownLocaleError, ValueError):
        return None
