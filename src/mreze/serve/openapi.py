"""What the server answers, as an OpenAPI document: programs that make clients read it.

https://spec.openapis.org/oas/v3.1.0. A test compares its paths with the routes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from mreze.formats import ATOM, CSV, DOCUMENTS, DUMPS, FEEDS, GRAPHS, HTML, RESULTS_JSON
from mreze.namespaces import PREFIXES
from mreze.parameters import Parameter
from mreze.queries import SavedQuery
from mreze.release import Release
from mreze.serve.arguments import way
from mreze.serve.exchange import PARAMETER, TIMELESS
from mreze.serve.form import shown
from mreze.serve.openapi_parts import COMPONENTS, TEXT, Json, in_path, operation, problems, response, text_operation
from mreze.serve.openapi_reconcile import describe_reconciliation
from mreze.serve.problems import PROBLEM
from mreze.serve.search.interface import SCHEMAS, search_paths
from mreze.serve.signposts import LINKSETS
from mreze.serve.sparql import FORM, GRAPH_RESULTS, QUERY, SHORT_NAMES, SOLUTIONS
from mreze.texts import pick

VERSION: Final = "3.1.0"
_RELEASE: Final = {
    "name": PARAMETER,
    "in": "query",
    "description": "Which release is to answer, as it was then; without one, the current",
    "schema": {**TEXT, "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(\.[0-9]+)?$"},
}
_XSD: Final = PREFIXES["xsd"]
_SCHEMAS: Final[dict[str, Json]] = {
    _XSD + "boolean": {"type": "boolean"},
    _XSD + "date": {"type": "string", "format": "date"},
    _XSD + "decimal": {"type": "number"},
    _XSD + "double": {"type": "number"},
    _XSD + "gYear": {"type": "string", "pattern": "^-?[0-9]{4,}"},
    _XSD + "gYearMonth": {"type": "string", "pattern": "^-?[0-9]{4,}-[0-9]{2}"},
    _XSD + "integer": {"type": "integer"},
    _XSD + "nonNegativeInteger": {"type": "integer", "minimum": 0},
    _XSD + "positiveInteger": {"type": "integer", "minimum": 1},
}


def describe_api(release: Release, queries: Sequence[SavedQuery], location: str) -> Json:
    """The document.

    Args:
        release: what is served.
        queries: its saved queries.
        location: where, as far as this client is concerned.
    """
    paths = {**_documents(), **_upkeep(), "/sparql": _sparql(), **search_paths(), **describe_reconciliation()}
    for query in queries:
        paths |= _saved(query, release)
    for path, methods in paths.items():
        if path.split("/")[1] not in TIMELESS:
            for one in methods.values():
                one["parameters"] = [*one["parameters"], _RELEASE]
    return {
        "openapi": VERSION,
        "info": {
            "title": pick(release.titles, "en"),
            "version": release.name,
            "description": f"What is served of the release {release.name} of <{release.base}>: linked data, dumps, "
            "saved queries, and a SPARQL endpoint for reading.",
        },
        "servers": [{"url": location.removesuffix("/")}],
        "paths": paths,
        "components": {"schemas": COMPONENTS | SCHEMAS, "responses": {"Problem": response("A problem", [PROBLEM])}},
    }


def _documents() -> dict[str, Json]:
    anything = (*GRAPHS, HTML)
    graphs = {
        "/": ("home", "The home page; for who asks for RDF, the catalogue"),
        "/catalog": ("catalog", "The catalogue (DCAT)"),
        "/changes": ("changes", "What became of which thing since the release before"),
        "/ontology": ("ontology", "The vocabulary"),
        "/shapes": ("shapes", "The shapes that the data conform to (SHACL)"),
        "/documents": ("documents", "What is said of the graph that tells which document tells of what"),
        "/void": ("void", "The statistics of the data (VoID)"),
        "/.well-known/void": ("wellKnownVoid", "The same, where readers of VoID look for it"),
        "/queries/": ("queries", "The saved queries"),
        "/dumps/": ("dumps", "The dumps of the data"),
        "/feed": ("feed", "The feeds of what releases changed"),
        "/releases/": ("releases", "The releases that there are"),
    }
    paths = {path: {"get": operation(name, summary, anything)} for path, (name, summary) in graphs.items()}
    for name in ("catalog", "changes", "documents", "feed", "ontology", "shapes", "void"):
        extension = in_path("extension", "Of the syntax", [one.extension for one in DOCUMENTS])
        paths[f"/{name}.{{extension}}"] = {"get": operation(f"{name}As", graphs[f"/{name}"][1], anything, [extension])}
    for path in ("/catalog", "/catalog.{extension}"):
        paths[path]["get"].setdefault("parameters", []).append(_page("Which page of a long catalogue"))
    thing = [in_path("kind", "Kind of the thing"), in_path("slug", "Its name")]
    seen = operation("thing", "A thing: where its description is", [], thing)
    seen["responses"] = {"303": {"description": "The document that describes it"}, **problems("404", "410")}
    paths["/id/{kind}/{slug}"] = {"get": seen}
    of = "The document that describes a thing"
    earlier = operation("changesOf", "The same, of one release", anything, [in_path("release", "Its name")], "404")
    earlier["responses"]["303"] = {"description": "Where the changes of an earlier release are told"}
    paths["/changes/{release}"] = {"get": earlier}
    paths["/doc/{kind}/{slug}"] = {
        "get": operation("document", of, DOCUMENTS, [*thing, _page("Which page of what points to it")], "404", "410")
    }
    dataset = [in_path("name", "Name of the dataset")]
    paths["/dataset/{name}"] = {
        "get": operation("dataset", "What the catalogue says of a dataset", anything, dataset, "404", "410")
    }
    dataset = [*dataset, in_path("version", "Name of the release in which its data became so")]
    paths["/dataset/{name}/{version}"] = {
        "get": operation("datasetVersion", "A version of a dataset", anything, dataset, "404")
    }
    paths["/ontology/{version}"] = {
        "get": operation(
            "ontologyVersion", "A version of the vocabulary", anything, [in_path("version", "Its name")], "404"
        )
    }
    links = "The links of the catalogue, the datasets and the dumps"
    paths["/linkset"] = {"get": operation("linkset", links, LINKSETS)}
    for one in LINKSETS:
        name = f"linkset{one.extension.capitalize()}"
        paths[f"/linkset.{one.extension}"] = {"get": operation(name, links, [one])}
    paths |= _feeds()
    paths["/releases/{release}"] = {
        "get": operation("release", "A release", anything, [in_path("release", "Its name")], "404", "410")
    }
    file = in_path("file", "Name of the dataset, or `all`, with the extension of a syntax; `.gz` may follow")
    paths["/dumps/{file}"] = {"get": operation("dump", "A dump", DUMPS, [file], "404")}
    return paths


def _feeds() -> dict[str, Json]:
    feed = in_path(
        "feed", "Name of the dataset, or `catalog`; the extension of a syntax may follow. all.atom is for people"
    )
    page = in_path("page", "Name of the page; the extension of a syntax may follow")
    return {
        "/feed/{feed}": {"get": operation("feedRoot", "Where a client begins", (*FEEDS, ATOM), [feed], "404")},
        "/feed/{feed}/{page}": {"get": operation("feedPage", "A page of a feed", FEEDS, [feed, page], "404")},
    }


def _upkeep() -> dict[str, Json]:
    ready = operation("readyz", "Whether queries can be answered", [], (), "503")
    ready["responses"]["200"] = {
        "description": "They can",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Readiness"}}},
    }
    document = operation("openapi", "This document", [])
    document["responses"]["200"] = {
        "description": "It",
        "content": {"application/json": {"schema": {"type": "object", "additionalProperties": True}}},
    }
    language = {"name": "lang", "in": "query", "description": "Language tag of the labels", "schema": TEXT}
    terms = operation("terms", "The prefixes, classes and properties that a query can use", [], [language])
    terms["responses"]["200"]["content"] = {"application/json": {"schema": {"$ref": "#/components/schemas/Terms"}}}
    return {
        "/openapi.json": {"get": document},
        "/terms.json": {"get": terms},
        "/readyz": {"get": ready},
        "/healthz": {"get": text_operation("healthz", "Whether the server answers", "text/plain")},
        "/robots.txt": {"get": text_operation("robots", "What robots may read", "text/plain")},
        "/sitemap.xml": {"get": text_operation("sitemap", "The addresses of all documents", "application/xml")},
        "/sitemap/{file}": {
            "get": text_operation(
                "sitemapPart", "A part of them", "application/xml", [in_path("file", "Such as 1.xml")], "404"
            )
        },
        "/pages/{name}": {
            "get": operation("prose", "A page about the site", [HTML], [in_path("name", "Such as about")], "404", "406")
        },
        "/guides/": {"get": operation("guides", "The guides", [HTML], (), "406")},
        "/guides/{name}": {
            "get": operation("guide", "How to get the data", [HTML], [in_path("name", "Such as portals")], "404", "406")
        },
        "/static/{file}": {
            "get": text_operation("static", "A file that pages need", "text/css", [in_path("file", "Its name")], "404")
        },
    }


_SPARQL_PARAMETERS: Final = {
    "query": "The query",
    "default-graph-uri": "Graphs to merge as the default graph",
    "named-graph-uri": "Graphs to name with GRAPH",
    "timeout": "Seconds to wait at most; the server has a limit of its own",
    "format": "Syntax of the result, in place of the Accept header: json, xml, csv, tsv, ttl …",
    "explain": "Say why the query finds nothing, in place of its result: true",
}


def _sparql() -> Json:
    errors = ("400", "403", "406", "413", "415", "422", "429", "503", "504")
    results = [*SOLUTIONS, *GRAPH_RESULTS]
    arrays = {"default-graph-uri", "named-graph-uri"}
    schemas: dict[str, Json] = {
        name: {"type": "array", "items": TEXT} if name in arrays else dict(TEXT) for name in _SPARQL_PARAMETERS
    }
    schemas["timeout"] = {"type": "number"}
    parameters = [
        {"name": name, "in": "query", "description": told, "schema": schemas[name]}
        for name, told in _SPARQL_PARAMETERS.items()
    ]
    get = operation(
        "sparqlGet", "Ask with SPARQL; without a query, the description of the service", results, parameters, *errors
    )
    post = operation("sparqlPost", "Ask with SPARQL", results, (), *errors)
    post["requestBody"] = {
        "required": True,
        "content": {
            FORM: {"schema": {"type": "object", "required": ["query"], "properties": schemas}},
            QUERY: {"schema": TEXT},
        },
    }
    for one in (get, post):
        one["responses"]["200"]["content"]["application/json"] = {
            "schema": {"$ref": "#/components/schemas/Explanation"}
        }
    return {"get": get, "post": post}


def _saved(query: SavedQuery, release: Release) -> dict[str, Json]:
    """A path that is negotiated, and one for each of the two syntaxes that programs want most."""
    summary, path = pick(query.summary, "en"), f"/queries/{query.name}"
    parameters = [_parameter(one, release) for one in query.parameters]
    errors = ("400", "422", "429", "503", "504")
    graph = query.form not in {"select", "ask"}
    offered = (*GRAPHS, HTML) if graph else (*SOLUTIONS, *GRAPHS, HTML)
    found = {path: {"get": operation(_identifier(query.name), summary, offered, parameters, *errors, "406")}}
    known = {one: short for short, one in SHORT_NAMES.items()}
    for one in GRAPHS[:2] if graph else (RESULTS_JSON, CSV):
        extension = one.extension if graph else known.get(one.extension, one.extension)
        name = f"{_identifier(query.name)}{extension.capitalize()}"
        found[f"{path}.{extension}"] = {"get": operation(name, summary, [one], parameters, *errors)}
    for item in found.values():
        item["get"] |= {"tags": ["saved queries"], "description": pick(query.description, "en")}
    return found


def _parameter(parameter: Parameter, release: Release) -> Json:
    values = [shown(one, release) for one in parameter.values]
    schema = dict(_SCHEMAS.get(parameter.datatype or "", TEXT))
    told = f"{pick(parameter.label, 'en') or parameter.name} ({parameter.type}): {way(parameter)}"
    if not parameter.required:
        told += f"; without one: {', '.join(values) or 'any'}"
    described = {"name": parameter.name, "in": "query", "required": parameter.required, "description": told}
    examples = {"example": _json(values[0], schema)} if values else {}
    return described | {"schema": schema} | examples


def _json(value: str, schema: Json) -> object:
    """A value as JSON has it."""
    kinds: dict[str, Callable[[str], object]] = {
        "integer": int,
        "number": _number,
        "boolean": {"true", "1"}.__contains__,
    }
    return kinds.get(schema["type"], str)(value)


def _number(value: str) -> object:
    """JSON has neither infinity nor what is no number."""
    number = float(value)
    return number if math.isfinite(number) else value


def _identifier(name: str) -> str:
    """The name of an operation: member-of-in-year becomes memberOfInYear."""
    first, *rest = name.split("-")
    return "query" + "".join(one[:1].upper() + one[1:] for one in (first, *rest))


def _page(told: str) -> Json:
    schema = {"type": "integer", "minimum": 1}
    return {"name": "page", "in": "query", "description": told, "schema": schema}
