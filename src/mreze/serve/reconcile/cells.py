"""Values as the answers of data extension have them.

Neither version has a form for truth values, which are texts, or for years (numbers) and months (texts): a day that
nobody knows is not made up.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from mreze.namespaces import PREFIXES, term
from mreze.paths import Value
from mreze.serve.pages import html_language
from mreze.serve.reconcile.ids import to_id
from mreze.serve.reconcile.settings import EVERY, Wish
from mreze.serve.reconcile.things import Name, is_thing
from mreze.texts import pick

Cell = dict[str, Any]

_XSD: Final = PREFIXES["xsd"]
_INTEGERS: Final = frozenset(
    _XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
_NUMBERS: Final = frozenset(_XSD + name for name in ("decimal", "double", "float"))
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,300}", re.ASCII)
_YEAR: Final = re.compile(r"(-?[0-9]{4,9})(?:Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII)
_DATE: Final = re.compile(r"(-?[0-9]{4,}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII)
_DATE_TIME: Final = re.compile(
    r"-?(?:[1-9][0-9]*)?[0-9]{4}-(?:1[0-2]|0[1-9])-(?:3[01]|0[1-9]|[12][0-9])"
    r"T(?:2[0-3]|[01][0-9]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:Z|[+-](?:2[0-3]|[01][0-9]):[0-5][0-9])?",
    re.ASCII,
)
"""What the schemas allow for dates."""
_POINT: Final = re.compile(r"\s*(?:<([^>]*)>\s*)?POINT\s*\(\s*(\S+)\s+(\S+)\s*\)\s*", re.IGNORECASE)
_LONGITUDE_FIRST: Final = (None, "http://www.opengis.net/def/crs/OGC/1.3/CRS84")
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)


def chosen(values: Sequence[Value], language: str) -> list[Value]:
    """The values, but of texts in several languages those of one: the language, else the nearest that there is.

    Args:
        values: all there are.
        language: a language tag, or `EVERY`.
    """
    tags = {one.language for one in values if isinstance(one, Literal) and one.language}
    if language == EVERY or not tags:
        return list(values)
    best = pick({one: one for one in tags}, language)
    return [one for one in values if not (isinstance(one, Literal) and one.language and one.language != best)]


def cell(value: Value, wish: Wish, names: Mapping[str, Name], base: str, *, tagged: bool) -> Cell:
    """A value in an answer.

    Args:
        value: from the store.
        wish: how it is wanted.
        names: what the values that have an IRI are called.
        base: the base IRI of the site.
        tagged: whether the answer says which language a text is in (only the draft of 1.0 can).
    """
    if isinstance(value, Literal):
        return _literal(value, wish, tagged=tagged)
    if not isinstance(value, NamedNode):
        return {"str": str(value)}
    name = names[value.value]
    language = {"lang": html_language(name.language)} if tagged and name.language else {}
    if wish.content == "things" and is_thing(value.value, base):
        return {"id": to_id(value.value, base), "name": name.text, **language}
    if wish.content == "iris" or not name.is_said:
        return {"str": value.value}
    return {"str": name.text, **language}


def _literal(value: Literal, wish: Wish, *, tagged: bool) -> Cell:
    text, datatype = value.value.strip(), value.datatype.value
    if datatype in _INTEGERS and _INTEGER.fullmatch(text):
        return {"int": int(text)}
    if datatype == _XSD + "gYear" and (year := _YEAR.fullmatch(text)):
        return {"int": int(year[1])}
    if datatype in _NUMBERS and _NUMBER.fullmatch(text) and math.isfinite(float(text)):
        return {"float": float(text)}
    if (moment := _moment(text, datatype)) and _DATE_TIME.fullmatch(moment):
        return {"date": moment}
    if datatype == term("geo:wktLiteral").value and wish.coordinates == "latlong":
        return {"str": _latitude_first(text)}
    return {"str": value.value, **({"lang": html_language(value.language)} if tagged and value.language else {})}


def _moment(text: str, datatype: str) -> str | None:
    if datatype in {_XSD + "dateTime", _XSD + "dateTimeStamp"}:
        return text
    if datatype == _XSD + "date" and (day := _DATE.fullmatch(text)):
        # With a zone, so that it is the same day wherever it is read: clients take it for their own time without.
        return f"{day[1]}T00:00:00{day[2] or 'Z'}"
    return None


def _latitude_first(text: str) -> str:
    """A point as people write it; what is no point, or in a system whose order of axes we do not know, as it is."""
    point = _POINT.fullmatch(text)
    if (
        point is None
        or point[1] not in _LONGITUDE_FIRST
        or not all(_NUMBER.fullmatch(one) for one in point.groups()[1:])
    ):
        return text
    return f"{point[3]},{point[2]}"
