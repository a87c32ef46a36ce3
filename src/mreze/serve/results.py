"""An answer to a query as a page shows it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mreze.serve.pool import Answer
from mreze.serve.view import Value


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


def is_empty(answer: Answer) -> bool:
    """Whether an answer in SPARQL results JSON, or a graph, has nothing in it."""
    if answer.graph:
        return not answer.content.strip()
    content: dict[str, Any] = json.loads(answer.content)
    return "boolean" not in content and not content["results"]["bindings"]


def _value(binding: dict[str, Any], link: Callable[[str], Value]) -> Value:
    if binding["type"] == "uri":
        return link(binding["value"])
    language = binding.get("xml:lang")
    return Value(str(binding["value"]), language=language, foreign=language)
