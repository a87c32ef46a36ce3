"""An answer to a query as a page shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from mreze.namespaces import PREFIXES
from mreze.serve.pool import Answer
from mreze.serve.view import Value

_AGGREGATE: Final = re.compile(r"\b(?:COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT)\s*\(", re.IGNORECASE)
_INTEGER: Final = PREFIXES["xsd"] + "integer"


@dataclass(frozen=True, slots=True)
class Result:
    """Solutions, a truth value or a graph: the others are None."""

    columns: tuple[str, ...] = ()
    lines: tuple[tuple[Value | None, ...], ...] = ()
    truth: bool | None = None
    graph: str | None = None


def read_result(answer: Answer, link: Callable[[str], Value]) -> Result:
    """Read an answer in SPARQL results JSON, or a graph in Turtle.

    Args:
        answer: what the pool gave.
        link: how an IRI is shown.
    """
    if answer.graph:
        return Result(graph=answer.content.decode())
    content: dict[str, Any] = json.loads(answer.content)
    if "boolean" in content:
        return Result(truth=bool(content["boolean"]))
    columns = tuple(content["head"]["vars"])
    lines = tuple(
        tuple(_value(row[name], link) if name in row else None for name in columns)
        for row in content["results"]["bindings"]
    )
    return Result(columns, lines)


def is_empty(answer: Answer, query: str) -> bool:
    """Whether a query found nothing: no solution, no triple, "no", or the one row that adds up nothing."""
    if answer.graph:
        return not answer.content.strip()
    content: dict[str, Any] = json.loads(answer.content)
    if "boolean" in content:
        return not content["boolean"]
    rows: list[dict[str, dict[str, str]]] = content["results"]["bindings"]
    if len(rows) == 1 and _AGGREGATE.search(query):
        return all(_is_nothing(one) for one in rows[0].values())
    return not rows


def _is_nothing(binding: dict[str, str]) -> bool:
    return binding["type"] == "literal" and (binding["value"], binding.get("datatype")) in {("0", _INTEGER), ("", None)}


def _value(binding: dict[str, Any], link: Callable[[str], Value]) -> Value:
    if binding["type"] == "uri":
        return link(binding["value"])
    language = binding.get("xml:lang")
    return Value(str(binding["value"]), language=language, foreign=language)
