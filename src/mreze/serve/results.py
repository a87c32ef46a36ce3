"""An answer to a query as a page shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from mreze.namespaces import PREFIXES
from mreze.serve.pool import Answer
from mreze.serve.view import Value

_AGGREGATE: Final = re.compile(r"\b(?:COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT)\s*\(", re.IGNORECASE)
_INTEGER: Final = PREFIXES["xsd"] + "integer"
_UNKNOWN: Final = ""
"""Of a text that does not tell its language (https://html.spec.whatwg.org/multipage/dom.html#the-lang-and-xml:lang-attributes)."""


@dataclass(frozen=True, slots=True)
class Result:
    """Solutions, a truth value or a graph: the others are None."""

    columns: tuple[str, ...] = ()
    """Names of variables."""
    lines: tuple[tuple[Value | None, ...], ...] = ()
    truth: bool | None = None
    graph: str | None = None
    heads: tuple[Value | None, ...] = ()
    """What people call the columns; None where nobody has said it."""

    @property
    def headings(self) -> list[tuple[str, Value | None]]:
        """The columns with what they are called."""
        return [(name, self.heads[place] if self.heads else None) for place, name in enumerate(self.columns)]


def read_result(answer: Answer, link: Callable[[str], Value], spoken: Mapping[str, str] | None = None) -> Result:
    """Read an answer in SPARQL results JSON, or a graph in Turtle.

    Args:
        answer: what the pool gave.
        link: how an IRI is shown.
        spoken: in which language texts are that do not tell it themselves, where that is known.
    """
    if answer.graph:
        return Result(graph=answer.content.decode())
    content: dict[str, Any] = json.loads(answer.content)
    if "boolean" in content:
        return Result(truth=bool(content["boolean"]))
    columns = tuple(content["head"]["vars"])
    lines = tuple(
        tuple(_value(row[name], link, spoken or {}) if name in row else None for name in columns)
        for row in content["results"]["bindings"]
    )
    return Result(columns, lines)


def mentioned(answer: Answer, most: int) -> list[str]:
    """The IRIs in the first rows of an answer, sorted.

    Args:
        answer: in SPARQL results JSON, or a graph, which has no rows.
        most: so many rows.
    """
    if answer.graph:
        return []
    content: dict[str, Any] = json.loads(answer.content)
    rows = content.get("results", {}).get("bindings", [])[:most]
    return sorted({one["value"] for row in rows for one in row.values() if one["type"] == "uri"})


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


def _value(binding: dict[str, Any], link: Callable[[str], Value], spoken: Mapping[str, str]) -> Value:
    text = str(binding["value"])
    if binding["type"] == "uri":
        return link(text)
    if binding["type"] == "literal" and "xml:lang" not in binding and "datatype" not in binding:
        return Value(text, language=spoken.get(text, _UNKNOWN) if any(map(str.isalpha, text)) else None)
    language = binding.get("xml:lang")
    return Value(text, language=language, foreign=language)
