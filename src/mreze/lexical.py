"""Lexical forms: how a value of each XSD datatype may be written, and how a person is told.

https://www.w3.org/TR/xmlschema11-2/#built-in-primitive-datatypes
"""

from __future__ import annotations

import datetime
import re
from typing import Final

from mreze.namespaces import PREFIXES

_XSD: Final = PREFIXES["xsd"]
_ZONE: Final = r"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?"
_INTEGER: Final = r"[+-]?\d+"
_YEAR: Final = r"-?(?:[1-9]\d{3,}|0\d{3})"
_TIME: Final = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_FORMS: Final = {
    "boolean": "true|false|1|0",
    "date": rf"{_YEAR}-\d\d-\d\d{_ZONE}",
    "dateTime": rf"{_YEAR}-\d\d-\d\dT{_TIME}{_ZONE}",
    "dateTimeStamp": rf"{_YEAR}-\d\d-\d\dT{_TIME}(?:Z|[+-]\d\d:\d\d)",
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "double": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN",
    "gMonth": rf"--(?:0[1-9]|1[0-2]){_ZONE}",
    "gYear": rf"{_YEAR}{_ZONE}",
    "gYearMonth": rf"{_YEAR}-(?:0[1-9]|1[0-2]){_ZONE}",
    "hexBinary": r"(?:[0-9A-Fa-f]{2})*",
    "integer": _INTEGER,
    "int": _INTEGER,
    "long": _INTEGER,
    "negativeInteger": r"-0*[1-9]\d*",
    "nonNegativeInteger": r"\+?\d+|-0+",
    "positiveInteger": r"\+?0*[1-9]\d*",
    "anyURI": r"[^\s<>\"{}|\\^`]*",
}
_FORMS_OF: Final = {_XSD + name: re.compile(rf"(?:{form})\Z", re.ASCII) for name, form in _FORMS.items()}
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
WAYS: Final = {
    _XSD + "anyURI": "an address, such as https://example.org/",
    _XSD + "boolean": "true or false",
    _XSD + "date": "a day, such as 2026-11-23",
    _XSD + "dateTime": "a moment, such as 2026-11-23T12:00:00Z",
    _XSD + "decimal": "a number, such as 1.5",
    _XSD + "double": "a number, such as 1.5e3",
    _XSD + "gYear": "a year, such as 2010",
    _XSD + "gYearMonth": "a month, such as 2010-05",
    _XSD + "integer": "a whole number, such as 10",
    _XSD + "nonNegativeInteger": "a whole number from 0 on",
    _XSD + "positiveInteger": "a whole number from 1 on",
    _XSD + "string": "a text",
    PREFIXES["rdf"] + "langString": "a text",
}
"""How a value of a datatype is written, told to a person; these datatypes a parameter may have."""


def is_valid(value: str, datatype: str) -> bool:
    """Whether a literal has a form that its XSD datatype allows; other datatypes are not judged."""
    form = _FORMS_OF.get(datatype)
    if form is None:
        return True
    if not form.match(value):
        return False
    day = _DAY.match(value) if datatype in {_XSD + "date", _XSD + "dateTime", _XSD + "dateTimeStamp"} else None
    return day is None or _is_a_day(int(day[1]), int(day[2]), int(day[3]))


def _is_a_day(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(max(year, 1), month, day)
    except ValueError:
        return False
    return True
