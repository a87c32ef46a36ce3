"""The vocabulary and the shapes: graphs for machines, documentation for people."""

from __future__ import annotations

from pyoxigraph import NamedNode

from mreze.errors import NotFound
from mreze.namespaces import term
from mreze.serve.exchange import Request, Response
from mreze.serve.iris import decode
from mreze.serve.pages import Reader
from mreze.serve.resources.graphs import OFFERED, alternates, answer
from mreze.serve.schema.shapes_page import shapes_page
from mreze.serve.schema.vocabulary_page import vocabulary_page
from mreze.serve.service import Service, suffixed


def ontology(service: Service, request: Request, suffix: str) -> Response:
    """The vocabulary, each term with an anchor."""
    triples = service.store.graph(service.release.ontology)

    def page(reader: Reader) -> Response:
        return vocabulary_page(service, reader, triples, alternates(reader, "ontology"))

    return answer(service, request, suffix, "ontology", triples, page)


def version(service: Service, request: Request, path: str) -> Response:
    """A version of the vocabulary: a release has one, and the IRI of that one answers."""
    name, form = suffixed(decode(path), OFFERED)
    names = {decode(path), name}
    iris = {
        one.object.value
        for one in service.store.graph(service.release.ontology)
        if one.predicate == term("owl:versionIRI") and isinstance(one.object, NamedNode)
    }
    if not iris & {f"{service.release.ontology}/{one}" for one in names}:
        raise NotFound(f"There is no version {decode(path)!r} of the vocabulary in this release.")
    return ontology(service, request, form.extension if form else "")


def shapes(service: Service, request: Request, suffix: str) -> Response:
    """The shapes that the data conform to, each with an anchor."""
    triples = service.store.graph(service.release.base + "shapes")

    def page(reader: Reader) -> Response:
        return shapes_page(service, reader, triples, alternates(reader, "shapes"))

    return answer(service, request, suffix, "shapes", triples, page)
