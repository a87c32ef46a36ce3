"""What was published once does not vanish: the things, terms and datasets of the last release are still described.

Harvesters delete what is no longer there, and links to it break; a tombstone says what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from mreze.build.inventory import TOMBSTONE, losses
from mreze.findings import Finding, capped
from mreze.formats import PACKED, SITE_FILES
from mreze.graph import SiteGraph
from mreze.namespaces import RDF_TYPE, term
from mreze.release import LOCATION, Release
from mreze.site import CATALOG
from mreze.texts import text

_CHECK = "vanished"


def check_permanence(graph: SiteGraph, previous: Release) -> list[Finding]:
    """Find what the last release has and the site lacks.

    Args:
        graph: what the site says; while a file of it cannot be read, nobody knows what it lacks.
        previous: the last release.

    Raises:
        ReleaseError: a file of the release is gone or damaged.
    """
    if not all(one.complete for one in graph.documents):
        return []
    if previous.base != graph.site.base:
        return [_other_base(graph, previous)]
    return list(capped([*_datasets(graph, previous), *_things(graph, previous), *_terms(graph, previous)]))


def _other_base(graph: SiteGraph, previous: Release) -> Finding:
    message = text(
        "The base IRI was {old} in the release {release} and is {new}: every IRI that was published would vanish.",
        old=previous.base, release=previous.name, new=graph.site.base,
    )  # fmt: skip
    remedy = text("Write it as it was; for another site build into another folder: --out DIR.")
    return Finding("violation", _CHECK, message, remedy, CATALOG, focus=graph.site.catalog_iri)


def _datasets(graph: SiteGraph, previous: Release) -> Iterator[Finding]:
    there = {one.iri for one in graph.site.datasets} | retired_datasets(graph)
    for dataset in previous.datasets:
        if dataset.iri not in there:
            message = text("The release {release} has this dataset; the catalogue does not.", release=previous.name)
            remedy = text(
                "Put it back, or describe it as an as:Tombstone in data/catalog.ttl and move the tombstones of its "
                "things to another dataset."
            )
            yield Finding("violation", _CHECK, message, remedy, CATALOG, focus=dataset.iri)


def retired_datasets(graph: SiteGraph) -> set[str]:
    """The IRIs of the tombstones of the catalogue."""
    return {
        one.subject.value
        for one in graph.quads("catalog")
        if one.predicate == RDF_TYPE and one.object == TOMBSTONE and isinstance(one.subject, NamedNode)
    }


def _things(graph: SiteGraph, previous: Release) -> Iterator[Finding]:
    remedy = text(
        "Describe it there as an as:Tombstone: as:formerType, as:deleted, why (rdfs:comment), and dct:isReplacedBy "
        "where something took its place."
    )
    message = text("The release {release} describes this thing; nothing does now.", release=previous.name)
    for dataset in previous.datasets:
        for iri in _gone(graph, losses(graph, previous, dataset.name).gone):
            yield Finding("violation", _CHECK, message, remedy, _place(graph, dataset.name, iri), focus=iri)


def _gone(graph: SiteGraph, things: Iterable[str]) -> Iterator[str]:
    """Those of the things that no dataset describes."""
    for iri in things:
        if not (_is_described(graph, f"<{iri}>") or _is_described(graph, f"<{iri}#")):
            yield iri


def _is_described(graph: SiteGraph, beginning: str) -> bool:
    """Whether the data have statements that begin so."""
    spans = (graph.staged(one.name) for one in graph.site.datasets)
    return any(True for span in spans for _ in span.starting_with(beginning.encode()))


def _place(graph: SiteGraph, dataset: str, iri: str) -> Path:
    """Where the thing stood: the file that its IRI names, the list of its kind, or else somewhere in the dataset."""
    folder = Path("data") / dataset
    path = folder / iri.removeprefix(graph.site.base + "id/")
    lists = (path.parent.with_suffix(f".{form.extension}{end}") for form in SITE_FILES for end in ("", PACKED))
    found = next((one for one in lists if (graph.site.root / one).is_file()), None)
    if found is not None:
        return found
    return path.with_name(f"{path.name}.ttl") if (graph.site.root / path.parent).is_dir() else folder


def _terms(graph: SiteGraph, previous: Release) -> Iterator[Finding]:
    message = text("The release {release} has this term; the vocabulary does not.", release=previous.name)
    remedy = text("Put it back; a term that is not to be used any more is marked owl:deprecated true.")
    known = _subjects(quad.triple for quad in graph.quads("ontology"))
    quads = parse(previous.read("ontology.ttl"), format=RdfFormat.TURTLE, base_iri=LOCATION)
    triples = [one.triple for one in quads]
    named = (one.object for one in triples if one.predicate == term("owl:versionIRI"))
    versions = {one.value for one in named if isinstance(one, NamedNode)}
    folder = next((one.path.parent for one in graph.documents if one.file.role == "ontology"), Path("ontology"))
    for iri in sorted(_subjects(triples) - known - versions):
        if iri.startswith(graph.site.base) and not _is_described(graph, f"<{iri}>"):
            yield Finding("violation", _CHECK, message, remedy, folder, focus=iri)


def _subjects(triples: Iterable[Triple]) -> set[str]:
    return {one.subject.value for one in triples if isinstance(one.subject, NamedNode)}
