"""The resources of data extension that have paths of their own; 0.2 has its queries answered at the endpoint."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from mreze.serve.exchange import Request, Response
from mreze.serve.pages import html_language
from mreze.serve.reconcile.answer import callback, reply
from mreze.serve.reconcile.opening import extender, open_known, vocabulary
from mreze.serve.reconcile.parameters import number, parameters, read_body
from mreze.serve.reconcile.terms import Term
from mreze.serve.reconcile.turns import read
from mreze.serve.reconcile.vocabulary import Vocabulary
from mreze.serve.service import Service
from mreze.texts import pick

_PROPOSING: Final = ("type", "limit", "callback", "lang", "release")
_MOST: Final = 1_000
"""Properties that are proposed at most."""


async def extend(service: Service, request: Request, content: object) -> Response:
    """The values of properties of things, as 0.2 asks for them (section 7.3).

    Args:
        service: the release.
        request: by whom.
        content: what it has as `extend`.
    """
    function = callback(request)
    language = service.pages.reader(request).language
    answering = extender(service, await open_known(service), language)
    return reply(await asyncio.to_thread(answering.extend, content, "extend"), language, function)


async def extend_draft(service: Service, request: Request, _: str) -> Response:
    """The values of properties of things, as the draft of 1.0 asks for them (section 7.3)."""
    content = await read(service, request, lambda: read_body(request))
    language = service.pages.reader(request).language
    answering = extender(service, await open_known(service), language)
    return reply(await asyncio.to_thread(answering.extend_draft, content, "the body"), language)


async def propose(service: Service, request: Request, _: str) -> Response:
    """The properties that things of a class have, the most used first; of no class, all that things have (7.2)."""
    sent = parameters(request, _PROPOSING)
    function, limit = callback(request), number(sent, "limit", _MOST, 1)
    known = await open_known(service)
    language = service.pages.reader(request).language
    name = sent.get("type", "")
    found = list(known.properties.terms.values())
    if name:
        chosen = _meant(vocabulary(service, known), name)
        found = known.properties.of({kind for one in chosen for kind in below(known.types, one)})
    content: dict[str, object] = {"properties": [_property(one, language) for one in found[: min(limit, _MOST)]]}
    if name:
        content["type"] = name
    if "limit" in sent:
        content["limit"] = limit
    return reply(content, language, function)


def _meant(names: Vocabulary, name: str) -> list[str]:
    """The class of a name; OpenRefine encodes none, so what follows # does not arrive: then all that begin so."""
    cut = [one for one in names.types if one.startswith(f"{name}#")]
    return cut if cut and name not in names.types else [names.type(name, "type").iri]


def below(types: Mapping[str, Term], iri: str) -> set[str]:
    """A class and all that are subclasses of it, at whichever remove.

    Args:
        types: the classes by IRI, each with those right above it.
        iri: of the class.
    """
    found = {iri}
    while more := {one.iri for one in types.values() if one.iri not in found and found.intersection(one.broader)}:
        found |= more
    return found


def _property(one: Term, language: str) -> dict[str, Any]:
    told: dict[str, Any] = {"id": one.iri, "name": one.title(language)}
    if description := pick(one.descriptions, language):
        told["description"] = description
    if tag := one.language(language):
        told["lang"] = html_language(tag)
    return told
