"""The paths of the reconciliation service in the OpenAPI document; their JSON is what the two specifications say."""

from __future__ import annotations

from typing import Final

from mreze.formats import HTML
from mreze.serve.openapi_parts import TEXT, Json, operation
from mreze.serve.sparql import FORM

_JSON: Final = "application/json"
_OBJECT: Final[Json] = {"type": "object", "additionalProperties": True}
_NUMBER: Final[Json] = {"type": "integer", "minimum": 0}
_TAGS: Final = ["reconciliation"]
_KINDS: Final = {"entity": "things", "property": "properties", "type": "classes"}
_LANGUAGE: Final = {"name": "lang", "in": "query", "description": "Language tag of names", "schema": TEXT}
_CALLBACK: Final = {
    "name": "callback", "in": "query", "description": "Function to call with the answer (JSONP)", "schema": TEXT,
}  # fmt: skip


def describe_reconciliation() -> dict[str, Json]:
    """The paths of both versions of the API."""
    return {
        "/reconcile": _endpoint(),
        "/reconcile/guide": {"get": _tagged(operation("reconcileGuide", "How to match a table", [HTML], [_LANGUAGE]))},
        **{f"/reconcile/suggest/{kind}": _suggest(kind, draft=False) for kind in _KINDS},
        "/reconcile/1.0": {"get": _get("reconcileDraft", "The manifest of the draft of 1.0")},
        "/reconcile/1.0/match": {"post": _post("reconcileMatch", "Find candidates", _JSON, _OBJECT, "413", "415")},
        **{f"/reconcile/1.0/suggest/{kind}": _suggest(kind, draft=True) for kind in _KINDS},
    }


def _endpoint() -> Json:
    told = {
        "queries": "A batch of queries by their keys, in JSON",
        "query": "One query that is no batch: a name, or a query in JSON",
        "extend": "What is wanted of which things, in JSON",
    }
    given = [in_query(name, what) for name, what in told.items()]
    get = _get("reconcile", "The manifest of the 0.2 API; the answer to what is asked", [*given, _CALLBACK])
    form = {"type": "object", "properties": dict.fromkeys(told, TEXT)}
    return {"get": get, "post": _post("reconcilePost", "The answer to what is asked", FORM, form, "413", "415")}


def _suggest(kind: str, *, draft: bool) -> Json:
    skip = {
        "name": "offset" if draft else "cursor",
        "in": "query",
        "description": "How many to skip",
        "schema": _NUMBER,
    }
    parameters: list[Json] = [
        {**in_query("prefix", "What has been typed so far"), "required": True},
        skip,
        {"name": "limit", "in": "query", "description": "How many to give", "schema": {**_NUMBER, "minimum": 1}},
        *([in_query("type", "A class of the things")] if kind == "entity" else []),
        *([] if draft else [_CALLBACK]),
    ]
    name = f"suggest{kind.capitalize()}{'Draft' if draft else ''}"
    return {"get": _get(name, f"Suggest {_KINDS[kind]}", parameters)}


def in_query(name: str, description: str) -> Json:
    """A parameter of the address."""
    return {"name": name, "in": "query", "description": description, "schema": TEXT}


def _get(name: str, summary: str, parameters: list[Json] | None = None, *errors: str) -> Json:
    found = _tagged(operation(name, summary, [], [*(parameters or []), _LANGUAGE], "400", "404", *errors))
    found["responses"]["200"]["content"] = {_JSON: {"schema": _OBJECT}}
    return found


def _post(name: str, summary: str, media_type: str, schema: Json, *errors: str) -> Json:
    found = _get(name, summary, None, *errors)
    return found | {"requestBody": {"required": True, "content": {media_type: {"schema": schema}}}}


def _tagged(described: Json) -> Json:
    return described | {"tags": _TAGS}
