"""The paths of the reconciliation service in the OpenAPI document; their JSON is what the two specifications say."""

from __future__ import annotations

from typing import Final

from mreze.formats import HTML
from mreze.serve.openapi_parts import TEXT, Json, operation, problems
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

_ID: Final = {"name": "id", "in": "query", "required": True, "description": "The id of what is shown", "schema": TEXT}


def describe_reconciliation() -> dict[str, Json]:
    """The paths of both versions of the API."""
    return {
        "/reconcile": _endpoint(),
        "/reconcile/guide": {"get": _tagged(operation("reconcileGuide", "How to match a table", [HTML], [_LANGUAGE]))},
        "/reconcile/preview": _preview("reconcilePreview"),
        "/reconcile/properties": _propose("reconcileProperties", _CALLBACK),
        "/reconcile/view": _view("reconcileView"),
        **{f"/reconcile/flyout/{kind}": _flyout(kind) for kind in _KINDS},
        **{f"/reconcile/suggest/{kind}": _suggest(kind, draft=False) for kind in _KINDS},
        "/reconcile/1.0/": {"get": _get("reconcileDraft", "The manifest of the draft of 1.0")},
        "/reconcile/1.0/extend": {
            "post": _post("reconcileExtend", "What is said of things", _JSON, _OBJECT, "413", "415", "422")
        },
        "/reconcile/1.0/extend/propose": _propose("reconcilePropose"),
        "/reconcile/1.0/preview": _preview("reconcilePreviewDraft"),
        "/reconcile/1.0/view": _view("reconcileViewDraft"),
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


def _propose(name: str, *more: Json) -> Json:
    parameters: list[Json] = [
        in_query("type", "A class of things"),
        {"name": "limit", "in": "query", "description": "How many to give", "schema": {**_NUMBER, "minimum": 1}},
        *more,
    ]
    return {"get": _get(name, "The properties that things of a class have", parameters)}


def _preview(name: str) -> Json:
    return {"get": _tagged(operation(name, "A small page for a frame", [HTML], [_ID, _LANGUAGE], "400", "404"))}


def _view(name: str) -> Json:
    found = _tagged(operation(name, "The page of a thing", [], [_ID, _LANGUAGE]))
    return {"get": found | {"responses": {"303": {"description": "Where it is"}, **problems("400", "404")}}}


def _flyout(kind: str) -> Json:
    return {
        "get": _get(f"flyout{kind.capitalize()}", f"A piece of HTML about one of the {_KINDS[kind]}", [_ID, _CALLBACK])
    }


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
