"""What all answers about a release start from: its classes and properties, read when the first client asks."""

from __future__ import annotations

import asyncio

from mreze.serve.reconcile.extend import Extender
from mreze.serve.reconcile.known import Known, read_known
from mreze.serve.reconcile.things import find_topic
from mreze.serve.reconcile.vocabulary import Vocabulary
from mreze.serve.service import Service


async def open_known(service: Service) -> Known:
    """The classes and properties; the first time that takes a while, but nobody else waits for it.

    Raises:
        ReleaseError: the way to a property is none.
    """
    if service.known.is_made:
        return service.known.get(lambda: read_known(service.store, service.release))
    return await asyncio.to_thread(service.known.get, lambda: read_known(service.store, service.release))


def vocabulary(service: Service, known: Known) -> Vocabulary:
    """What clients may name, where things are not looked for by their names."""
    release = service.release
    return Vocabulary(
        known.types,
        known.properties.terms,
        release.prefixes,
        release.base,
        lambda iri: find_topic(service.store, release, iri) is not None,
    )


def extender(service: Service, known: Known, language: str) -> Extender:
    """Answers for what is said of things, in a language."""
    return Extender(service.store, service.release, vocabulary(service, known), known.properties, language)
