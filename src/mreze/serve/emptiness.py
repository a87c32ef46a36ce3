"""Why a query finds nothing: which of its classes, properties, graphs, IRIs and languages the release does not have."""

from __future__ import annotations

import difflib
import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Final

from mreze.namespaces import PREFIXES, RDF_TYPE
from mreze.serve.prologue import resolved
from mreze.serve.store import Place, Store
from mreze.texts import Text, text

_CANDIDATES: Final = {
    "class": "SELECT DISTINCT ?found { ?thing a ?found . FILTER (isIRI(?found)) } ORDER BY ?found LIMIT 5000",
    "property": "SELECT DISTINCT ?found { ?thing ?found ?value } ORDER BY ?found LIMIT 5000",
    "language": "SELECT DISTINCT (LANG(?text) AS ?found) { ?thing ?property ?text . FILTER (LANG(?text) != '') }",
}
SAYS: Final[dict[Place, str]] = {
    "class": "Nothing in this release is of the class <{name}>.",
    "property": "No statement of this release has the property <{name}>.",
    "graph": "This release has no graph <{name}>.",
    "anything": "<{name}> stands nowhere in this release.",
}
Ask = Callable[[str], Awaitable[bytes]]
"""Asks a query and gives its answer as SPARQL results JSON."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a query names and the release does not have."""

    name: str
    place: str
    message: Text
    similar: str | None = None


async def explain_emptiness(query: str, base: str, store: Store, ask: Ask) -> list[Missing]:
    """Say what of a query the release does not have; nothing where all of it is there, only not together.

    Args:
        query: what found nothing.
        base: what its relative IRIs are resolved against.
        store: what was queried.
        ask: to look for what may have been meant.
    """
    found = []
    for place, name in dict.fromkeys(_names(query, base)):
        if not store.is_used(name, place):
            similar = await _similar(name, place, ask)
            found.append(Missing(name, place, text(SAYS[place], name=name), similar))
    known = set(await _found("language", ask)) if (asked := _languages(query)) else set()
    for tag in asked:
        if not any(one == tag or one.startswith(tag + "-") for one in known):
            said = text(
                "No text of this release is in the language “{tag}”; there are: {known}.",
                tag=tag,
                known=", ".join(sorted(known)),
            )
            found.append(Missing(tag, "language", said))
    return found


def _names(query: str, base: str) -> Iterator[tuple[Place, str]]:
    stream = list(resolved(query, base))
    for at, (kind, token) in enumerate(stream):
        before = stream[at - 1] if at else ("", "")
        after = stream[at + 1][0] if at + 1 < len(stream) else ""
        if kind != "iri" or after == "paren" or before[0] == "mark" or token.startswith(PREFIXES["xsd"]):
            continue  # a function or a datatype
        place = _place(before)
        if place == "anything" and before[0] in {"variable", "iri"} and after in {"variable", "iri", "string", "long"}:
            place = "property"
        yield place, token


def _place(before: tuple[str, str]) -> Place:
    kind, token = before
    if (kind, token) in {("word", "a"), ("iri", RDF_TYPE.value)}:
        return "class"
    if kind == "word" and token.upper() in {"GRAPH", "FROM", "NAMED"}:
        return "graph"
    return "anything"


def _languages(query: str) -> list[str]:
    tags = []
    matching = False
    for kind, token in resolved(query, "x:"):
        if kind == "language":
            tags.append(token[1:].lower())
        elif kind == "word":
            matching = matching or token.upper() == "LANGMATCHES"
        elif kind == "string" and matching:
            tags.append(token[1:-1].lower())
            matching = False
    return [one for one in dict.fromkeys(tags) if one != "*"]


async def _similar(name: str, place: Place, ask: Ask) -> str | None:
    if place not in _CANDIDATES:
        return None
    known = await _found(place, ask)
    by_local = {_local(one).lower(): one for one in reversed(known)}
    close = difflib.get_close_matches(_local(name).lower(), list(by_local), n=1, cutoff=0.7)
    return by_local[close[0]] if close else None


async def _found(place: str, ask: Ask) -> list[str]:
    content = json.loads(await ask(_CANDIDATES[place]))
    return [row["found"]["value"] for row in content["results"]["bindings"]]


def _local(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]
