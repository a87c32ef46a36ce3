"""Search as the OpenAPI document describes it."""

from __future__ import annotations

from typing import Any, Final

from mreze.formats import HTML
from mreze.matching.model import Kind
from mreze.serve.openapi_parts import TEXT, Json, operation, text_operation
from mreze.serve.search.asked import LONGEST, MOST, USUAL
from mreze.serve.search.opensearch import OPENSEARCH, SUGGESTIONS

_INTEGER: Final[Json] = {"type": "integer"}
_TYPE: Final[Json] = {"type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT}}
_RESULTS: Final[Json] = {"type": "array", "items": {"$ref": "#/components/schemas/SearchResult"}}
SCHEMAS: Final[dict[str, Json]] = {
    "SearchResult": {
        "type": "object",
        "required": ["id", "iri", "name", "lang", "types", "url"],
        "properties": {
            "id": {"type": "string", "description": "What the reconciliation service calls it"},
            "iri": TEXT,
            "name": {"type": "string", "description": "In the language that was asked for, or one near to it"},
            "lang": {"type": "string", "description": "Language tag of the name; empty if it is of none"},
            "types": {"type": "array", "items": _TYPE},
            "url": {"type": "string", "description": "Where it is described"},
            "score": {"type": "number", "description": "From 0 to 100; not there where no name was asked for"},
            "match": {"type": "boolean", "description": "Whether it is certain that this is meant"},
            "fits": {
                "type": "object",
                "description": "The name of it that fits best",
                "required": ["name", "lang", "kind"],
                "properties": {
                    "name": TEXT,
                    "lang": TEXT,
                    "kind": {"type": "string", "enum": [one.value for one in Kind]},
                },
            },
        },
    },
    "SearchResults": {
        "type": "object",
        "required": ["query", "type", "release", "total", "complete", "results", "near", "types"],
        "properties": {
            "query": TEXT,
            "type": {"type": ["string", "null"], "description": "The class that was asked for"},
            "release": TEXT,
            "total": {"type": "integer", "description": "How many there are, on all pages"},
            "complete": {"type": "boolean", "description": "Whether there are no more than the total"},
            "results": _RESULTS,
            "near": {**_RESULTS, "description": "Where nothing is called so: what is called much alike"},
            "types": {
                "type": "array",
                "description": "The classes of what was found, of whatever type; with no query, all that there are",
                "items": {
                    "type": "object",
                    "required": ["id", "name", "count"],
                    "properties": {"id": TEXT, "name": TEXT, "count": _INTEGER},
                },
            },
            "previous": {"type": "string", "description": "Address of the page before"},
            "next": {"type": "string", "description": "Address of the next page"},
        },
    },
}


def search_paths() -> dict[str, Json]:
    """The paths of the search."""
    results = {"application/json": {"schema": {"$ref": "#/components/schemas/SearchResults"}}}
    found = {}
    for extension, name in (("", "search"), (".json", "searchJson"), (".html", "searchHtml")):
        one = operation(name, "What is called so, or is of a class", [], _parameters(), "400", "404")
        as_page = operation("", "", [HTML])["responses"]["200"]["content"]
        content = {"": results | as_page, ".json": results, ".html": as_page}[extension]
        one["responses"]["200"] = {"description": "The best first", "content": content}
        found[f"/search{extension}"] = {"get": one}
    suggestions = operation(
        "suggest", "The names that a text may become", [], [_q(), _kind(), _limit(8), _language()], "400"
    )
    suggestions["responses"]["200"] = {
        "description": "The text, then lists of names, of what they are, and of where they are described",
        "content": {SUGGESTIONS: {"schema": {"type": "array", "items": {}, "minItems": 4, "maxItems": 4}}},
    }
    found["/search/suggest"] = {"get": suggestions}
    described = text_operation("opensearch", "How to search here, for browsers", OPENSEARCH.media_type, [_language()])
    return found | {"/opensearch.xml": {"get": described}}


def _parameters() -> list[Json]:
    return [
        _q(),
        _kind(),
        _limit(USUAL),
        _given("page", "Which page of the results", {"type": "integer", "minimum": 1}),
        _given("prefix", "1 where the text is still being typed", {"type": "string", "enum": ["0", "1"]}),
        _language(),
    ]


def _q() -> Json:
    return _given("q", "A name, an IRI, an id, a prefixed name or an identifier", {**TEXT, "maxLength": LONGEST})


def _kind() -> Json:
    return _given("type", "A class: its IRI, or a prefixed name; only things of it are found", TEXT)


def _limit(usual: int) -> Json:
    schema = {"type": "integer", "minimum": 1, "maximum": MOST, "default": usual}
    return _given("limit", "How many results a page has", schema)


def _language() -> Json:
    return _given("lang", "Language tag of the names", TEXT)


def _given(name: str, description: str, schema: dict[str, Any]) -> Json:
    return {"name": name, "in": "query", "description": description, "schema": schema}
