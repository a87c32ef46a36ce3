"""Quality and history of a dataset, as its page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from mreze.quality import Checked, Completeness, DatasetQuality, read_quality
from mreze.release import LOCATION, VERSIONS, Release, release_order
from mreze.serve.iris import encode
from mreze.serve.pages import Reader
from mreze.serve.schema.counting import Counting
from mreze.serve.schema.demands import Shape, read_shapes
from mreze.serve.schema.said import Said
from mreze.serve.schema.telling import spoken
from mreze.serve.service import Service
from mreze.serve.view import Value, Viewer


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some things have a property."""

    property: Value
    count: int
    percent: int
    """Rounded down: 100 are all."""
    href: str
    """Of the query that counts them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The things of a class, or of several that are the same."""

    names: tuple[Value, ...]
    things: int
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What a shape found."""

    shape: Value
    things: int
    findings: int


@dataclass(frozen=True, slots=True)
class QualityView:
    """The quality of a dataset."""

    results: tuple[Result, ...]
    findings: int
    links: tuple[tuple[Value, str, int], ...]
    """Property, register, how many."""
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a dataset."""

    name: str
    href: str
    date: str
    notes: Value | None


@dataclass(frozen=True, slots=True)
class DatasetView:
    """What the page shows."""

    versions: tuple[Version, ...]
    feeds: bool
    """Whether its changes can be followed."""
    quality: QualityView | None


def dataset_view(service: Service, reader: Reader, name: str, iri: str) -> DatasetView:
    """Put together the quality and the history of a dataset.

    Args:
        service: whose page it is.
        reader: for whom.
        name: of the dataset.
        iri: of the same.
    """
    release = service.release
    quality = read_quality(release)
    own = quality.datasets.get(name) if quality else None
    return DatasetView(
        versions=tuple(_versions(release, reader, iri)),
        feeds=f"feed/{name}.trig" in release.files,
        quality=_quality(service, reader, iri, own) if own else None,
    )


def _viewer(service: Service, reader: Reader, triples: set[Triple], mentioned: Iterable[str]) -> Viewer:
    return Viewer(
        triples,
        service.store.labels(NamedNode(one) for one in mentioned),
        base=service.release.base,
        language=reader.language,
        root=reader.request.root,
        query=reader.query,
    )


def _mentioned(quality: DatasetQuality) -> Iterator[str]:
    for one in quality.completeness:
        yield from one.classes
        yield from one.properties
    yield from (one.property for one in quality.links)


def _quality(service: Service, reader: Reader, iri: str, quality: DatasetQuality) -> QualityView:
    shapes = service.store.graph(service.release.base + "shapes")
    viewer, counting = _viewer(service, reader, shapes, _mentioned(quality)), Counting(reader, {})
    kinds = [_kind(viewer, counting, iri, one) for one in quality.completeness]
    return QualityView(
        results=tuple(_results(viewer, read_shapes(Said(shapes)), quality.checked)),
        findings=sum(quality.checked.findings.values()),
        links=tuple((viewer.link(one.property), one.register, one.count) for one in quality.links),
        kinds=tuple(one for one in kinds if one.shares),
    )


def _results(viewer: Viewer, shapes: Iterable[Shape], checked: Checked) -> Iterator[Result]:
    """Each shape that applies to anything, with what was found of it and of its properties."""
    for shape in shapes:
        own = {shape.iri, *(one.node.value for one in shape.demands if isinstance(one.node, NamedNode))}
        findings = sum(count for one, count in checked.findings.items() if one in own)
        things = checked.targets.get(shape.iri, 0)
        if things:
            yield Result(viewer.link(shape.iri), things, findings)


def _kind(viewer: Viewer, counting: Counting, iri: str, one: Completeness) -> Kind:
    kind = one.classes[0]
    shares = [
        Share(viewer.link(name), count, 100 * count // one.things, counting.query(_count(iri, kind, name)))
        for name, count in one.properties.items()
    ]
    shares.sort(key=lambda share: (-share.count, share.property.text.casefold(), share.property.title or ""))
    names = {value.text: value for value in map(viewer.link, one.classes)}
    return Kind(tuple(names.values()), one.things, tuple(shares))


def _count(iri: str, kind: str, name: str) -> str:
    pattern = f"?thing a <{kind}> ;\n    <{name}> ?value ."
    return f"SELECT (COUNT(DISTINCT ?thing) AS ?count)\nFROM <{iri}>\nWHERE {{\n  {pattern}\n}}"


def _versions(release: Release, reader: Reader, iri: str) -> Iterator[Version]:
    """The latest first."""
    if VERSIONS not in release.files:
        return
    content = release.read(VERSIONS)
    said = Said(quad.triple for quad in parse(content, format=RdfFormat.TURTLE, base_iri=LOCATION))
    for one in sorted(
        said.subjects("dcat:isVersionOf", NamedNode(iri)),
        key=lambda node: release_order(node.value.rpartition("/")[2]),
        reverse=True,
    ):
        path = encode(one.value.removeprefix(release.base))
        yield Version(
            name=one.value.rpartition("/")[2],
            href=f"{reader.request.root}{path}{reader.query}",
            date=said.first(one, "dct:issued") or "",
            notes=spoken(said.texts(one, "adms:versionNotes"), reader.language),
        )
