"""Queries of the draft of 1.0 (section 4 of its specification): conditions on names, ids and properties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from mreze.errors import BadRequest, PayloadTooLarge
from mreze.matching.model import Condition
from mreze.serve.reconcile import reading
from mreze.serve.reconcile.asked import Asked, Named
from mreze.serve.reconcile.limits import VALUES
from mreze.serve.reconcile.queries import read_limit, read_values, refuse_large
from mreze.serve.reconcile.vocabulary import Vocabulary

_QUERY: Final = ("conditions", "type", "limit", "lang", "dir")
_CONDITION: Final = (
    "matchType", "propertyId", "propertyValue", "required", "matchQuantifier", "matchQualifier", "lang", "dir",
)  # fmt: skip
_OPTIONAL: Final = ("propertyId", "required", "matchQuantifier", "matchQualifier", "lang", "dir")
_KINDS: Final = ("name", "id", "property")
_QUANTIFIERS: Final = ("any", "all", "none")
_DIRECTIONS: Final = ("ltr", "rtl", "auto")


def read_matches(content: object, vocabulary: Vocabulary) -> list[Asked]:
    """The queries of a batch, in their order.

    Raises:
        BadRequest: it is not of the form that the specification has, or names a class or property that there is not.
        PayloadTooLarge: it has too many queries, or too long ones.
    """
    said = reading.members(content, "the body", ("queries",))
    if "queries" not in said:
        raise BadRequest("The body has no `queries`.")
    queries = list(reading.items(said["queries"], "queries"))
    refuse_large(len(queries))
    return [_query(one, place, vocabulary) for one, place in queries]


def _query(content: object, place: str, vocabulary: Vocabulary) -> Asked:
    said = reading.members(content, place, _QUERY, _QUERY[1:])
    conditions = list(reading.items(said.get("conditions", []), f"{place}.conditions"))
    if not conditions:
        raise BadRequest(f"{place} asks for nothing: it has no `conditions`.")
    if len(conditions) > VALUES:
        raise PayloadTooLarge(f"{place} has {len(conditions):,} conditions; it may have {VALUES:,}.")
    language = _language(said, place)
    asked = Asked(limit=read_limit(said.get("limit"), f"{place}.limit"), language=language)
    if "type" in said:
        name = reading.text(said["type"], f"{place}.type")
        asked = replace(asked, types=(vocabulary.type(name, f"{place}.type").iri,) if name else ())
    for one, at in conditions:
        found = _condition(one, at, vocabulary)
        if isinstance(found, Named):
            asked = replace(asked, names=(*asked.names, found))
        elif found.values:
            asked = replace(asked, conditions=(*asked.conditions, found))
    return asked


def _condition(content: object, place: str, vocabulary: Vocabulary) -> Named | Condition:
    said = reading.members(content, place, _CONDITION, _OPTIONAL)
    _language(said, place)
    kind = _one_of(said, "matchType", place, _KINDS)
    if kind is None or "propertyValue" not in said:
        raise BadRequest(f"{place} has no `{'propertyValue' if kind else 'matchType'}`.")
    quantifier = _one_of(said, "matchQuantifier", place, _QUANTIFIERS) or "any"
    required = said.get("required", False)
    if not isinstance(required, bool):
        reading.wrong(f"{place}.required", "a boolean", required)
    if "matchQualifier" in said:
        raise BadRequest(f"{place}.matchQualifier: there is none that this service knows. Leave it out.")
    values = read_values(said["propertyValue"], f"{place}.propertyValue", vocabulary)
    if kind != "property":
        return Named(tuple(one.strip() for one in values), required, quantifier, by_id=kind == "id")
    if "propertyId" not in said:
        raise BadRequest(f"{place} is a condition on a property and has no `propertyId`.")
    name = reading.text(said["propertyId"], f"{place}.propertyId")
    wanted = vocabulary.property(name, f"{place}.propertyId")
    return Condition(wanted.iri, values, required, quantifier)


def _language(said: Mapping[str, Any], place: str) -> str | None:
    """The language of the words; their direction is checked, and changes nothing."""
    _one_of(said, "dir", place, _DIRECTIONS)
    return reading.text(said["lang"], f"{place}.lang") if "lang" in said else None


def _one_of(said: Mapping[str, Any], name: str, place: str, known: tuple[str, ...]) -> str | None:
    if name not in said:
        return None
    value = said[name]
    if not isinstance(value, str) or value not in known:
        reading.wrong(f"{place}.{name}", f"one of {', '.join(known)}", value)
    return value
