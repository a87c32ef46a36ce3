"""The VoID description of a release: how much there is of what, and where to get it (https://www.w3.org/TR/void/)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad, Triple

from mreze.build.catalog import Dump
from mreze.build.graphs import fragment
from mreze.namespaces import RDF_TYPE, term
from mreze.release import LOCATION
from mreze.site import Site


def void(
    site: Site, datasets: Mapping[str, Collection[Quad]], dumps: Sequence[Dump], prefixes: Mapping[str, str]
) -> Iterator[Triple]:
    """Describe the datasets, each with its dumps, sizes and partitions, and the whole as what they are subsets of.

    Args:
        site: the site.
        datasets: by IRI, the quads of each.
        dumps: what was dumped.
        prefixes: for the names of partitions.
    """
    description, whole = NamedNode(site.base + "void"), NamedNode(site.base + "void#all")
    yield Triple(description, RDF_TYPE, term("void:DatasetDescription"))
    yield Triple(description, term("foaf:primaryTopic"), whole)
    yield Triple(whole, RDF_TYPE, term("void:Dataset"))
    everything = {quad.triple for quads in datasets.values() for quad in quads}
    yield from _access(site, whole, [dump for dump in dumps if dump.dataset is None])
    yield from _sizes(site, whole, everything)
    for iri, quads in datasets.items():
        dataset = NamedNode(iri)
        yield Triple(description, term("foaf:topic"), dataset)
        yield Triple(whole, term("void:subset"), dataset)
        yield Triple(dataset, RDF_TYPE, term("void:Dataset"))
        yield from _access(
            site, dataset, [dump for dump in dumps if dump.dataset is not None and dump.dataset.iri == iri]
        )
        triples = {quad.triple for quad in quads}
        yield from _sizes(site, dataset, triples)
        yield from _partitions(dataset, triples, prefixes)


def _access(site: Site, dataset: NamedNode, dumps: Sequence[Dump]) -> Iterator[Triple]:
    yield Triple(dataset, term("void:sparqlEndpoint"), NamedNode(LOCATION + "sparql"))
    yield Triple(dataset, term("void:uriSpace"), Literal(site.base))
    for dump in dumps:
        yield Triple(dataset, term("void:dataDump"), NamedNode(LOCATION + dump.file.path))
        if dump.format.rdf is not None:
            feature = NamedNode(dump.format.rdf.iri)
            yield Triple(dataset, term("void:feature"), feature)


def _sizes(site: Site, dataset: NamedNode, triples: Collection[Triple]) -> Iterator[Triple]:
    subjects = {one.subject for one in triples}
    space = site.base + "id/"
    entities = [
        one for one in subjects if isinstance(one, NamedNode) and one.value.startswith(space) and "#" not in one.value
    ]
    classes = {one.object for one in triples if one.predicate == RDF_TYPE}
    counts = {
        "void:triples": len(triples),
        "void:entities": len(entities),
        "void:classes": len(classes),
        "void:properties": len({one.predicate for one in triples}),
        "void:distinctSubjects": len(subjects),
        "void:distinctObjects": len({one.object for one in triples}),
    }
    for name, count in counts.items():
        yield Triple(dataset, term(name), _integer(count))
    if entities:
        yield Triple(dataset, term("void:exampleResource"), min(entities, key=lambda one: one.value))


def _partitions(dataset: NamedNode, triples: Collection[Triple], prefixes: Mapping[str, str]) -> Iterator[Triple]:
    classes = Counter(one.object for one in triples if one.predicate == RDF_TYPE)
    for name, count in classes.items():
        if isinstance(name, NamedNode):
            part = NamedNode(f"{dataset.value}#class-{fragment(name.value, prefixes)}")
            yield Triple(dataset, term("void:classPartition"), part)
            yield Triple(part, RDF_TYPE, term("void:Dataset"))
            yield Triple(part, term("void:class"), name)
            yield Triple(part, term("void:entities"), _integer(count))
    for name, count in Counter(one.predicate for one in triples).items():
        part = NamedNode(f"{dataset.value}#property-{fragment(name.value, prefixes)}")
        yield Triple(dataset, term("void:propertyPartition"), part)
        yield Triple(part, RDF_TYPE, term("void:Dataset"))
        yield Triple(part, term("void:property"), name)
        yield Triple(part, term("void:triples"), _integer(count))


def _integer(count: int) -> Literal:
    return Literal(str(count), datatype=term("xsd:integer"))
