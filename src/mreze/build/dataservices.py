"""The services of a site in its catalogue: where the datasets can be asked. Never distributions: they are no files."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from mreze.build.distributions import titled
from mreze.namespaces import RDF_TYPE, term
from mreze.release import LOCATION
from mreze.site import Site
from mreze.texts import Text, text

_INHERITED = frozenset(
    {
        term("dcat:contactPoint"),
        term("dct:issued"),
        term("dct:language"),
        term("dct:license"),
        term("dct:modified"),
        term("dct:publisher"),
        term("dct:rights"),
    }
)
"""What the catalogue says of itself holds for its services."""
_SHARED = frozenset(
    {
        term("dcat:theme"),
        term("dcatap:applicableLegislation"),
        term("dcatap:hvdCategory"),
        term("dct:accessRights"),
    }
)
"""What holds for a dataset holds for the service that serves it."""


@dataclass(frozen=True, slots=True)
class DataService:
    """A service: what it is called, where it answers, what it keeps to."""

    name: str
    """Its identifier, which never changes."""
    title: Text
    description: Text
    endpoint: str
    """Where it answers, below where the release is served."""
    described: str
    """Where it describes itself to machines, likewise."""
    page: str
    """Where people read about it, likewise."""
    standard: str
    """IRI of what it conforms to."""
    datasets: tuple[str, ...] | None = None
    """IRIs of the datasets that it serves; None if it serves all."""


def services() -> tuple[DataService, ...]:
    """The services that every site has."""
    return (
        DataService(
            "sparql",
            text("SPARQL endpoint"),
            text("Answers queries in SPARQL 1.1 over all datasets and the vocabulary; it reads only."),
            endpoint="sparql",
            described="sparql",
            page="queries/",
            standard="https://www.w3.org/TR/sparql11-protocol/",
        ),
        DataService(
            "reconciliation",
            text("Reconciliation service"),
            text(
                "Matches names in tables with the things of all datasets, and tells what is said of them "
                "(Reconciliation Service API)."
            ),
            endpoint="reconcile",
            described="reconcile",
            page="reconcile/guide",
            standard="https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/",
        ),
        DataService(  # a service of its own: it has another address, and portals keep one address of each
            "reconciliation-1.0",
            text("Reconciliation service (draft of 1.0)"),
            text(
                "Does the same by the draft of version 1.0 of the Reconciliation Service API, which may still change."
            ),
            endpoint="reconcile/1.0/",
            described="reconcile/1.0/",
            page="reconcile/guide",
            standard="https://reconciliation-api.github.io/specs/draft/",
        ),
    )


def data_service(site: Site, service: DataService, said: Collection[Triple]) -> Iterator[Triple]:
    """A service as the catalogue describes it.

    Args:
        site: the site.
        service: the service.
        said: what the catalogue says of itself and of the datasets.
    """
    root = NamedNode(site.catalog_iri)
    iri = NamedNode(f"{site.base}catalog#{service.name}")
    served = [one.iri for one in site.datasets] if service.datasets is None else service.datasets
    datasets = {NamedNode(one) for one in served}
    yield Triple(root, term("dcat:service"), iri)
    yield Triple(iri, RDF_TYPE, term("dcat:DataService"))
    yield from titled(site, iri, service.title)
    yield from titled(site, iri, service.description, term("dct:description"))
    yield Triple(iri, term("dct:identifier"), Literal(service.name))
    yield Triple(iri, term("dct:conformsTo"), NamedNode(service.standard))
    yield Triple(iri, term("dcat:endpointURL"), NamedNode(LOCATION + service.endpoint))
    yield Triple(iri, term("dcat:endpointDescription"), NamedNode(LOCATION + service.described))
    yield Triple(iri, term("foaf:page"), NamedNode(LOCATION + service.page))
    yield from (Triple(iri, term("dcat:servesDataset"), one) for one in datasets)
    for one in said:
        if (one.subject == root and one.predicate in _INHERITED) or (
            one.subject in datasets and one.predicate in _SHARED
        ):
            yield Triple(iri, one.predicate, one.object)
