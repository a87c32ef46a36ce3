"""Queries of the 0.2 API (section 4 of its specification): a batch, or one in the form that came before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from mreze.errors import BadRequest, PayloadTooLarge
from mreze.matching.model import Condition
from mreze.serve.reconcile import reading
from mreze.serve.reconcile.asked import Asked, Named
from mreze.serve.reconcile.limits import BATCH, CANDIDATES, USUAL, VALUES
from mreze.serve.reconcile.vocabulary import Vocabulary

_MEMBERS: Final = ("query", "type", "type_strict", "limit", "properties", "lang")
_OPTIONAL: Final = tuple(one for one in _MEMBERS if one != "query")
_PROPERTY: Final = ("pid", "v", "p", "id", "name")
_STRICT: Final = ("any", "should", "all")


def read_batch(content: object, vocabulary: Vocabulary) -> dict[str, Asked]:
    """The queries of a batch by their keys.

    Raises:
        BadRequest: it is not of the form that the specification has, or names a class or property that there is not.
        PayloadTooLarge: it has too many queries, or too long ones.
    """
    if not isinstance(content, dict):
        reading.wrong("queries", "an object of queries by their keys", content)
    refuse_large(len(content))
    return {reading.whole(key, "a key of queries"): read_query(one, key, vocabulary) for key, one in content.items()}


def refuse_large(count: int) -> None:
    """Refuse a batch of too many queries (specification, 3.1: batchSize)."""
    if count > BATCH:
        raise PayloadTooLarge(f"The batch has {count:,} queries; it may have {BATCH:,}. Send several (batchSize).")


def read_query(content: object, key: str, vocabulary: Vocabulary) -> Asked:
    """One query.

    Args:
        content: what was sent.
        key: its key in the batch, for errors.
        vocabulary: the classes and properties that there are.
    """
    said = reading.members(content, key, _MEMBERS, _OPTIONAL)
    if "query" not in said and not said.get("properties"):
        raise BadRequest(f"{key} asks for nothing: it has neither `query` nor `properties`.")
    query = reading.text(said["query"], f"{key}.query").strip() if "query" in said else ""
    strict = said.get("type_strict", "should")
    if strict not in _STRICT:
        reading.wrong(f"{key}.type_strict", f"one of {', '.join(_STRICT)}", strict)
    return Asked(
        names=(Named((query,), required=True),) if query else (),
        types=_types(said.get("type"), key, vocabulary),
        every_type=strict == "all",
        conditions=_conditions(said.get("properties"), key, vocabulary),
        limit=read_limit(said.get("limit"), f"{key}.limit"),
        language=reading.text(said["lang"], f"{key}.lang") if "lang" in said else None,
    )


def read_limit(value: object, place: str) -> int:
    """How many candidates are wanted; never more than the service gives."""
    return USUAL if value is None else min(reading.positive(value, place), CANDIDATES)


def read_values(value: object, place: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """One or several values of a property: strings, numbers, booleans, things by their ids.

    A blank one is none: clients send empty cells so.
    """
    _refuse_many(len(value) if isinstance(value, list) else 1, place, "values")
    sent = reading.items(value, place) if isinstance(value, list) else [(value, place)]
    return tuple(read for one, at in sent if (read := _value(one, at, vocabulary)).strip())


def _types(value: object, key: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    place = f"{key}.type"
    sent = list(reading.items(value, place)) if isinstance(value, list) else [(value, place)]
    _refuse_many(len(sent), place, "types")
    return tuple(vocabulary.type(reading.text(one, at), at).iri for one, at in sent)


def _conditions(value: object, key: str, vocabulary: Vocabulary) -> tuple[Condition, ...]:
    if value is None:
        return ()
    place = f"{key}.properties"
    _refuse_many(len(value) if isinstance(value, list) else 0, place, "properties")
    said = (_condition(one, at, vocabulary) for one, at in reading.items(value, place))
    return tuple(one for one in said if one.values)


def _condition(value: object, place: str, vocabulary: Vocabulary) -> Condition:
    said = reading.members(value, place, _PROPERTY)
    for name in ("pid", "v"):
        if name not in said:
            raise BadRequest(f"{place} has no `{name}`.")
    wanted = vocabulary.property(reading.text(said["pid"], f"{place}.pid"), f"{place}.pid")
    return Condition(wanted.iri, read_values(said["v"], f"{place}.v", vocabulary))


def _value(value: object, place: str, vocabulary: Vocabulary) -> str:
    if not isinstance(value, dict):
        if value is None or isinstance(value, list):
            reading.wrong(place, "a string, a number, a boolean, or an object with an id", value)
        return reading.scalar(value, place)
    return vocabulary.thing(_id(value, place))


def _id(value: Mapping[str, Any], place: str) -> str:
    if "id" not in value:
        raise BadRequest(f"{place} is an object without an `id`.")
    return reading.text(value["id"], f"{place}.id")


def _refuse_many(count: int, place: str, what: str) -> None:
    if count > VALUES:
        raise PayloadTooLarge(f"{place} has {count:,} {what}; it may have {VALUES:,}.")
