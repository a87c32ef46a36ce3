"""Answers of reconciliation services, read: whatever they lack or have otherwise, a ValueError tells (API 0.2)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final
from urllib.parse import urlsplit

_SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a service says of itself (section 3)."""

    space: str
    """What IRIs of its things begin with."""
    schema: str
    """What IRIs of its types and properties belong to."""
    versions: tuple[str, ...] = ()
    batch: int = 0
    """So many queries it takes at once; 0 where it does not say."""
    types: tuple[str, ...] = ()
    """Ids of types that it proposes."""
    extends: bool = False
    """Whether it has data extension (section 7)."""
    properties: str = ""
    """Address that tells which properties it has; "" where there is none."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate as a service gives it (section 4.4)."""

    id: str
    name: str
    description: str
    score: float
    """On a scale of the service's own."""
    types: tuple[tuple[str, str], ...] = ()
    """Ids and names."""


def read_manifest(body: bytes) -> Manifest:
    """The manifest of a service.

    Raises:
        ValueError: it is none.
    """
    said = _object(_parse(body), "the manifest")
    space = said.get("identifierSpace")
    if not isinstance(space, str) or not space:
        raise ValueError("no manifest of a reconciliation service: it has no identifierSpace")
    extend = said.get("extend")
    batch = said.get("batchSize")
    return Manifest(
        space=space,
        schema=_text(said.get("schemaSpace")),
        versions=tuple(one for one in _list(said.get("versions")) if isinstance(one, str)),
        batch=batch if isinstance(batch, int) and batch > 0 else 0,
        types=tuple(_text(one.get("id")) for one in _list(said.get("defaultTypes")) if isinstance(one, dict)),
        extends=isinstance(extend, dict),
        properties=_address(extend.get("propose_properties")) if isinstance(extend, dict) else "",
    )


def _address(said: object) -> str:
    if not isinstance(said, dict):
        return ""
    address = _text(said.get("service_url")) + _text(said.get("service_path"))
    return address if urlsplit(address).scheme in {"http", "https"} else ""


def read_proposals(body: bytes, keys: Sequence[str]) -> Mapping[str, tuple[Proposal, ...]]:
    """The candidates of each query of a batch.

    Raises:
        ValueError: the answer is of another form, or lacks a query.
    """
    said = _object(_parse(body), "the answer")
    found = {}
    for key in keys:
        answer = said.get(key)
        if not isinstance(answer, dict) or not isinstance(answer.get("result"), list):
            told = said if answer is None else answer
            raise ValueError(f"no result for {key} but {_short(told)}")  # noqa: TRY004 - Web asks again on a ValueError
        found[key] = tuple(_proposal(one, key) for one in answer["result"])
    return found


def _proposal(said: object, key: str) -> Proposal:
    one = _object(said, f"a candidate of {key}")
    if not isinstance(one.get("id"), str) or not one["id"]:
        raise ValueError(f"a candidate of {key} has no id: {_short(one)}")
    score = one.get("score")
    known = isinstance(score, int | float) and not isinstance(score, bool) and isfinite(score)
    return Proposal(
        one["id"],
        _text(one.get("name")),
        _text(one.get("description")),
        float(score) if known and score is not None else 0.0,
        tuple(_types(one.get("type"))),
    )


def _types(said: object) -> Iterator[tuple[str, str]]:
    for one in _list(said):
        if isinstance(one, str):
            yield one, ""
        elif isinstance(one, dict):
            yield _text(one.get("id")), _text(one.get("name"))


def read_properties(body: bytes) -> frozenset[str]:
    """The ids of the properties that a service proposes (section 7.2).

    Raises:
        ValueError: the answer is of another form.
    """
    said = _object(_parse(body), "the answer")
    return frozenset(_text(one.get("id")) for one in _list(said.get("properties")) if isinstance(one, dict))


def read_links(body: bytes) -> Mapping[str, tuple[str, ...]]:
    """The values of all properties that were asked for, by the id of the thing (section 7.3).

    Raises:
        ValueError: the answer is of another form.
    """
    rows = _object(_object(_parse(body), "the answer").get("rows"), "rows of the answer")
    return {id_: tuple(_values(row)) for id_, row in rows.items()}


def _values(row: object) -> Iterator[str]:
    for cells in row.values() if isinstance(row, dict) else ():
        for one in _list(cells):
            if isinstance(one, dict):
                yield from (_text(one[member]) for member in ("id", "str") if member in one)


def _parse(body: bytes) -> Any:
    try:
        return json.loads(body)
    except RecursionError as error:
        raise ValueError("JSON that is nested too deeply") from error
    except UnicodeDecodeError as error:
        raise ValueError("no JSON: it is not UTF-8") from error


def _object(said: object, what: str) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise ValueError(f"{what} is no JSON object but {_short(said)}")  # noqa: TRY004 - Web asks again on a ValueError
    return said


def _list(said: object) -> list[Any]:
    return said if isinstance(said, list) else []


def _text(said: object) -> str:
    return said if isinstance(said, str) else ""


def _short(said: object) -> str:
    text = json.dumps(said, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
