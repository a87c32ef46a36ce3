"""Values as the site and as Wikidata write them, in one form, and whether two of them are the same.

Times follow https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format#Time: a time value is an xsd:dateTime of
the Gregorian calendar with a precision beside it. Only days of the Julian calendar are converted there; its months and
years stand as they are written, which a comparison of these cannot tell from ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, auto
from typing import Final
from urllib.parse import quote, unquote_to_bytes, urlsplit

from mreze.gather.authorities import WIKIDATA
from mreze.gather.model import Address, Item, Moment, SomeValue, Value

NO_VALUE: Final = "http://www.wikidata.org/prop/novalue/"
"""What the IRIs begin with that say that a property has no value; the property follows."""
_TIME: Final = re.compile(r"[+]?(-?\d{4,})-(\d\d)-(\d\d)(?:T.*)?", re.ASCII)
_OURS: Final = re.compile(r"(-?\d{4,}(?:-\d\d(?:-\d\d)?)?)(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_CENTURY, _DECADE, _YEAR, _MONTH, _DAY = 7, 8, 9, 10, 11
_GREGORIAN: Final = "http://www.wikidata.org/entity/Q1985727"
_JULIAN: Final = "http://www.wikidata.org/entity/Q1985786"
_DIGITS: Final = {2: _CENTURY, 3: _DECADE, 4: _YEAR, 7: _MONTH}
"""Precision by the number of digits of a moment; more is a day."""
_ESCAPES: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_RESERVED: Final = "%/:?#[]@!$&'()*+,;=~"
_PORTS: Final = re.compile(r":(?:80|443)?\Z")


class Likeness(Enum):
    """How a value of ours and one of theirs compare."""

    EQUAL = auto()
    OURS_FINER = auto()
    """They agree, and ours says it more precisely."""
    THEIRS_FINER = auto()
    DIFFERENT = auto()


def entity(iri: str) -> str | None:
    """The item that an IRI is of, None where it is none."""
    return iri if WIKIDATA.owns(iri) else None


def moment(time: str, precision: int, calendar: str = "") -> Moment | SomeValue:
    """A time of Wikidata as precise as it is said to be.

    Args:
        time: the xsd:dateTime, wikibase:timeValue.
        precision: wikibase:timePrecision, from 7 (a century) to 11 (a day); what is finer counts as a day.
        calendar: wikibase:timeCalendarModel, the IRI of an item; "" where nobody says.

    Returns:
        SomeValue where the precision is that of a millennium or worse: nothing can be compared with it.

    Raises:
        ValueError: it is no time.
    """
    found = _TIME.fullmatch(time)
    if found is None:
        raise ValueError(f"{time!r} is no time")
    year, month, day = found.groups()
    if precision < _CENTURY:
        return SomeValue()
    # In RDF, a year is its first day, whether it is stored as that or as +1990-00-00, which is what tools write.
    certain = calendar == _GREGORIAN and {_DAY: True, _MONTH: day == "00", _YEAR: month == day == "00"}.get(
        precision, False
    )
    if precision <= _DECADE:
        return Moment(_coarse(year, precision), calendar == _JULIAN, certain=False)
    return Moment("-".join((year, month, day)[: min(precision, _DAY) - 8]), calendar == _JULIAN, certain)


def our_moment(text: str) -> Moment:
    """A date of the site, an xsd:gYear, xsd:gYearMonth or xsd:date.

    Raises:
        ValueError: it is none.
    """
    found = _OURS.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no year, month or day")
    return Moment(found[1])


def compare(ours: Value, theirs: Value, merged: Mapping[str, str]) -> Likeness:
    """How a value of ours and one of theirs compare.

    Args:
        ours: what the site says.
        theirs: what stands there.
        merged: the items that others were merged into, by the IRI of these.
    """
    if isinstance(ours, Moment) and isinstance(theirs, Moment):
        return _compare_moments(ours.text, theirs.text)
    if isinstance(ours, Item) and isinstance(theirs, Item):
        return _equal(merged.get(ours.iri, ours.iri), merged.get(theirs.iri, theirs.iri))
    if isinstance(ours, Address) and isinstance(theirs, Address):
        return _equal(normal(ours.url), normal(theirs.url))
    return Likeness.EQUAL if ours == theirs else Likeness.DIFFERENT


def normal(url: str) -> str:
    """The form of a URL that is compared.

    The scheme and its port, www., a last slash, case of the host and the way of escaping (RFC 3986, section 6.2.2) say
    nothing; case of the path does.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    host = _PORTS.sub("", parts.netloc.lower()).removeprefix("www.")
    try:
        host = host.encode("idna").decode()
    except UnicodeError:
        host = quote(host, safe=_RESERVED)
    rest = "".join((parts.path.rstrip("/"), "?" * bool(parts.query), parts.query, "#" * bool(parts.fragment)))
    return host + _escaped(rest + parts.fragment)


def _escaped(text: str) -> str:
    unescaped = _ESCAPES.sub(lambda found: quote(unquote_to_bytes(found[0]), safe=""), text)
    return quote(unescaped, safe=_RESERVED)


def _equal(ours: str, theirs: str) -> Likeness:
    return Likeness.EQUAL if ours == theirs else Likeness.DIFFERENT


def _compare_moments(ours: str, theirs: str) -> Likeness:
    fine, coarse = sorted((_precision(ours), _precision(theirs)), reverse=True)
    if _at(ours, coarse) != _at(theirs, coarse):
        return Likeness.DIFFERENT
    if fine == coarse:
        return Likeness.EQUAL
    return Likeness.OURS_FINER if fine == _precision(ours) else Likeness.THEIRS_FINER


def _precision(text: str) -> int:
    return _DIGITS.get(len(text.removeprefix("-")), 11)


def _at(text: str, precision: int) -> str:
    """A moment as it is at a precision that is not above its own."""
    if precision >= _YEAR:
        lengths = {_YEAR: 4, _MONTH: 7}
        sign = text[:1] == "-"
        return text[: lengths.get(precision, len(text)) + sign]
    return text if _precision(text) == precision else _coarse(_at(text, _YEAR), precision)


def _coarse(year: str, precision: int) -> str:
    """The digits of a decade, 199 of 1990 to 1999, or of a century, 19 of 1901 to 2000."""
    if len(year.removeprefix("-")) == 3:
        return year[:-1]
    number = int(year)
    digits = abs(number) // 10 if precision == _DECADE else max(abs(number) - 1, 0) // 100
    return f"{'-' if number < 0 else ''}{digits:0{3 if precision == _DECADE else 2}}"
