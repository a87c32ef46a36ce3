"""Reads JSON that strangers write: whatever is wrong with it gets an error that names the place."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any, Final, NoReturn

from mreze.errors import BadRequest, PayloadTooLarge
from mreze.serve.reconcile.limits import MARKS, TEXT

_SHOWN: Final = 80
_KINDS: Final = {
    str: "a string", bool: "a boolean", int: "a number", float: "a number", list: "an array", dict: "an object",
    type(None): "null",
}  # fmt: skip


def parse(content: str, place: str) -> Any:
    """JSON as Python has it.

    Args:
        content: the text.
        place: what it is called in an error.

    Raises:
        BadRequest: it is no JSON (RFC 8259), or names a member of an object twice.
        PayloadTooLarge: it has too many values.
    """
    marks = sum(map(content.count, "{[,"))
    if marks > MARKS:
        raise PayloadTooLarge(f"{place} has {marks:,} brackets, braces and commas; it may have {MARKS:,}. Send less.")
    try:
        return json.loads(content, parse_constant=_refuse, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        told = f"{place} is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        raise BadRequest(told, members={"line": error.lineno, "column": error.colno}) from error
    except RecursionError as error:
        raise BadRequest(f"{place} is nested too deeply.") from error
    except ValueError as error:  # our own, and a number of thousands of digits
        raise BadRequest(f"{place} is not JSON as it is read here: {error}.") from error


def text(value: object, place: str) -> str:
    """A string that can be matched.

    Raises:
        BadRequest: it is no string, or has halves of characters.
        PayloadTooLarge: it is too long.
    """
    if not isinstance(value, str):
        wrong(place, "a string", value)
    if len(value) > TEXT:
        raise PayloadTooLarge(f"{place} has {len(value):,} characters; it may have {TEXT:,}.")
    return whole(value, place)


def whole(value: str, place: str) -> str:
    """A string without halves of characters (surrogates), which no encoding can write."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        half = f"\\u{ord(value[error.start]):04x}"
        raise BadRequest(f"{place} has half a character, {half}, at {error.start + 1}.") from error
    return value


def scalar(value: object, place: str) -> str:
    """A string, a number or a boolean, as the text that it is written with."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if not isfinite(value):
            wrong(place, "a number that can be written", value)
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value) if isinstance(value, int) else text(value, place)


def positive(value: object, place: str) -> int:
    """A number of things: an integer from 1, also where it is written as 5.0 or as "5"."""
    number = value
    if isinstance(number, str) and number.isascii() and number.strip().isdigit() and len(number) < _SHOWN:
        number = int(number)
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        wrong(place, "a positive integer", value)
    return number


def members(value: object, place: str, known: Sequence[str], optional: Sequence[str] = ()) -> Mapping[str, Any]:
    """An object that has no other members than these; an optional one that is null is as if it were not there."""
    if not isinstance(value, dict):
        wrong(place, "an object", value)
    for name in value:
        if name not in known:
            shown = whole(name[:_SHOWN], f"the name of a member of {place}")
            raise BadRequest(f"{place} has no member {shown!r}. It can have {', '.join(known)}.")
    return {name: one for name, one in value.items() if one is not None or name not in optional}


def items(value: object, place: str) -> Iterator[tuple[Any, str]]:
    """The items of an array, each with what it is called in an error."""
    if not isinstance(value, list):
        wrong(place, "an array", value)
    return ((one, f"{place}[{number}]") for number, one in enumerate(value))


def wrong(place: str, wanted: str, value: object) -> NoReturn:
    """Say that a value is of another kind than it has to be."""
    kind = _KINDS.get(type(value), type(value).__name__)
    shown = json.dumps(value, ensure_ascii=True, default=str)[:_SHOWN] if not isinstance(value, list | dict) else ""
    raise BadRequest(f"{place} has to be {wanted}; it is {kind}{f', {shown}' if shown and shown != 'null' else ''}.")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no value")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise ValueError(f"the member {twice[:_SHOWN]!a} comes twice in an object")
    return found
