"""The parts that an OpenAPI document is put together from: operations, responses, parameters, schemas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, get_args

from mreze.formats import RESULTS_JSON, Format
from mreze.serve.explanation.missing import Kind
from mreze.serve.problems import PROBLEM

Json = dict[str, Any]
TEXT: Final[Json] = {"type": "string"}
"""Schema of a text."""
_BINDING: Final[Json] = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"type": "string", "enum": ["uri", "literal", "bnode"]},
        "value": TEXT,
        "datatype": TEXT,
        "xml:lang": TEXT,
    },
}
_TERM: Final = "#/components/schemas/Term"
COMPONENTS: Final[dict[str, Json]] = {
    "Problem": {
        "type": "object",
        "description": "https://www.rfc-editor.org/rfc/rfc9457",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
            "instance": TEXT,
            "line": {"type": "integer", "description": "Of a mistake in a query, from 1"},
            "column": {"type": "integer", "description": "Likewise, in characters"},
        },
    },
    "Binding": _BINDING,
    "Results": {
        "type": "object",
        "description": "https://www.w3.org/TR/sparql11-results-json/",
        "required": ["head"],
        "properties": {
            "head": {"type": "object", "properties": {"vars": {"type": "array", "items": TEXT}}},
            "boolean": {"type": "boolean"},
            "results": {
                "type": "object",
                "properties": {
                    "bindings": {
                        "type": "array",
                        "items": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Binding"}},
                    }
                },
            },
        },
    },
    "Term": {
        "type": "object",
        "required": ["iri", "label", "count"],
        "properties": {"iri": TEXT, "label": TEXT, "count": {"type": "integer"}},
    },
    "Terms": {
        "type": "object",
        "required": ["prefixes", "classes", "properties"],
        "properties": {
            "prefixes": {"type": "object", "additionalProperties": TEXT},
            **{name: {"type": "array", "items": {"$ref": _TERM}} for name in ("classes", "properties")},
        },
    },
    "Explanation": {
        "type": "object",
        "description": "Why a query finds nothing (explain=true)",
        "required": ["empty", "missing"],
        "properties": {
            "empty": {"type": "boolean", "description": "Whether it finds nothing"},
            "missing": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["kind", "name", "message", "similar"],
                    "properties": {
                        "kind": {"type": "string", "enum": list(get_args(Kind))},
                        "name": {"type": "string", "description": "What of the query it is about"},
                        "message": {"type": "string", "description": "In the language that was asked for"},
                        "similar": {"type": ["string", "null"], "description": "What may have been meant"},
                    },
                },
            },
        },
    },
    "Readiness": {
        "type": "object",
        "required": ["release", "triples"],
        "properties": {
            "release": TEXT,
            "triples": {"type": "integer"},
            "trouble": {"type": "string", "description": "Why the newest release is not the one that is served"},
        },
    },
}


def operation(name: str, summary: str, forms: Iterable[Format], parameters: Sequence[Json] = (), *errors: str) -> Json:
    """What a method does.

    Args:
        name: its identifier.
        summary: in a sentence.
        forms: the syntaxes of its answer.
        parameters: what it can be told.
        *errors: the statuses of its problems.
    """
    return {
        "operationId": name,
        "summary": summary,
        "parameters": list(parameters),
        "responses": {"200": response(summary, forms), **problems(*errors)},
    }


def text_operation(name: str, summary: str, media_type: str, parameters: Sequence[Json] = (), *errors: str) -> Json:
    """The same, where the answer is a text of one media type."""
    found = operation(name, summary, [], parameters, *errors)
    found["responses"]["200"]["content"] = {media_type: {"schema": TEXT}}
    return found


def response(description: str, forms: Iterable[Format]) -> Json:
    """An answer in any of these syntaxes."""
    content = {one.media_type: {"schema": _schema(one)} for one in forms}
    return {"description": description, **({"content": content} if content else {})}


def _schema(form: Format) -> Json:
    if form is RESULTS_JSON:
        return {"$ref": "#/components/schemas/Results"}
    if form is PROBLEM:
        return {"$ref": "#/components/schemas/Problem"}
    return {} if form.media_type.endswith("json") else TEXT


def problems(*statuses: str) -> Json:
    """The responses of these statuses and of all that are not named."""
    return {one: {"$ref": "#/components/responses/Problem"} for one in (*statuses, "default")}


def in_path(name: str, description: str, values: Sequence[str] = ()) -> Json:
    """A parameter that is a part of the path."""
    schema = TEXT | ({"enum": list(values)} if values else {})
    return {"name": name, "in": "path", "required": True, "description": description, "schema": schema}
