"""What a dataset's page shows before all that the catalogue says: quality, files, history, and how to cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from mreze.quality import Checked, Completeness, DatasetQuality, read_quality
from mreze.release import LOCATION, VERSIONS, Release, release_order
from mreze.serve.iris import encode
from mreze.serve.pages import Reader
from mreze.serve.resources.dumps import Listed, listed
from mreze.serve.schema.counting import Counting
from mreze.serve.schema.demands import Shape, read_shapes
from mreze.serve.schema.said import Said
from mreze.serve.schema.telling import spoken
from mreze.serve.service import Service
from mreze.serve.view import Value, Viewer
from mreze.texts import pick


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

    name: str
    description: Value | None
    licences: tuple[Value, ...]
    publishers: tuple[Value, ...]
    dumps: tuple[Listed, ...]
    versions: tuple[Version, ...]
    feeds: bool
    """Whether its changes can be followed."""
    quality: QualityView | None
    citation: str


def dataset_view(service: Service, reader: Reader, iri: str, triples: set[Triple]) -> DatasetView:
    """Put together what the page of a dataset shows.

    Args:
        service: whose page it is.
        reader: for whom.
        iri: of the dataset.
        triples: what the catalogue says of it.
    """
    release, said, node = service.release, Said(triples), NamedNode(iri)
    name = next(one.name for one in release.datasets if one.iri == iri)
    quality = read_quality(release)
    own = quality.datasets.get(name) if quality else None
    shapes = service.store.graph(release.base + "shapes")
    viewer = _viewer(service, reader, triples | shapes, _mentioned(own) if own else ())
    publishers = tuple(viewer.link(one.value) for one in said.iris(node, "dct:publisher", "dct:creator"))
    licences = tuple(viewer.link(one.value) for one in said.iris(node, "dct:license"))
    return DatasetView(
        name=name,
        description=spoken(said.texts(node, "dct:description"), reader.language),
        licences=licences,
        publishers=publishers,
        dumps=tuple(one for one in listed(service, reader) if one.name.startswith(f"{name}.")),
        versions=tuple(_versions(release, reader, iri)),
        feeds=f"feed/{name}.trig" in release.files,
        quality=_quality(viewer, reader, iri, own, read_shapes(Said(shapes))) if own else None,
        citation=_cited(release, reader, iri, publishers, licences),
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


def _quality(viewer: Viewer, reader: Reader, iri: str, quality: DatasetQuality, shapes: Iterable[Shape]) -> QualityView:
    counting = Counting(reader, {})
    kinds = [_kind(viewer, counting, iri, one) for one in quality.completeness]
    return QualityView(
        results=tuple(_results(viewer, shapes, quality.checked)),
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


def _cited(release: Release, reader: Reader, iri: str, publishers: Iterable[Value], licences: Iterable[Value]) -> str:
    """Author (year). Title. Site, release. Address. Licence."""
    titles = next(one.titles for one in release.datasets if one.iri == iri)
    author = "; ".join(one.text for one in publishers)
    licence = "".join(f" {one.text}." for one in licences)
    title, site = pick(titles, reader.language) or iri, pick(release.titles, reader.language)
    who = f"{author} ({release.date[:4]}). " if author else ""
    return f"{who}{title}. {site}, {release.name}. {iri}.{licence}"
