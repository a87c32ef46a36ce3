"""Everything that a release tells in numbers, counted in passes over the sorted lines of its datasets.

The whole is read first, for the classes of things; then once more, and each dataset once, for all the counts. It runs
in whichever process, beside the writing of dumps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import NamedNode, Quad, Triple

from mreze.build.contents import Contents
from mreze.build.stage import ONTOLOGY, WHOLE, Stage
from mreze.build.statistics import TYPE, Links, LinkTally, Said, Statistics, Tally, by_subject, name
from mreze.build.targets import Aims, Shapes
from mreze.lines import quad_lines
from mreze.namespaces import term
from mreze.quality import LINKING

_LINKING: Final = frozenset(str(one).encode() for one in LINKING)
Signature = tuple[tuple[bytes, ...], tuple[bytes, ...]]
"""Classes of a thing, and the properties that it has."""


@dataclass(slots=True)
class Portrait:
    """What the things of a dataset are like."""

    base: str
    """IRIs that start so do not leave the site."""
    signatures: Counter[Signature] = field(default_factory=Counter)
    wholes: set[tuple[bytes, ...]] = field(default_factory=set)
    """Classes that things have which are no parts of others."""
    links: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Those that leave the site, by property and register."""

    def add(self, subject: bytes, said: Said) -> None:
        """Look at one thing."""
        types = tuple(value for predicate, value in said if predicate == TYPE and value[:1] == b"<")
        properties = tuple(dict.fromkeys(predicate for predicate, _ in said if predicate != TYPE))
        if types:
            self.signatures[types, properties] += 1
            if subject[:1] == b"<" and b"#" not in subject:
                self.wholes.add(types)
        if not _LINKING.isdisjoint(properties):
            self._link([(name(one), name(value)) for one, value in said if one in _LINKING and value[:1] == b"<"])

    def _link(self, links: Iterable[tuple[NamedNode, NamedNode]]) -> None:
        away = ((one, target.value) for one, target in links if not target.value.startswith(self.base))
        self.links.update((one.value, _host(target)) for one, target in away)


@dataclass(frozen=True, slots=True)
class DatasetNumbers:
    """The numbers of a dataset."""

    statistics: Statistics
    graphs: Mapping[str, int]
    """How many of its statements are in which graph, by IRI."""
    portrait: Portrait
    targets: Mapping[str, int]
    """How many of its things each shape applies to, by IRI."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a release."""

    datasets: Mapping[str, DatasetNumbers]
    """By name."""
    ontology: Statistics
    whole: Statistics
    """Of the datasets and the ontology."""
    graphs: Mapping[str, int]
    """The same as that of a dataset."""
    links: Mapping[NamedNode, Mapping[NamedNode, Links]]
    """Of the whole."""
    default: Statistics
    """Of what is queried where no graph is named."""
    targets: Mapping[str, int]
    """How many nodes of the data, the ontology and the catalogue each shape applies to."""


@dataclass(frozen=True, slots=True)
class Count:
    """What is to be counted."""

    stage: Stage
    base: str
    """The site's base IRI."""
    datasets: tuple[str, ...]
    shapes: Shapes
    catalog: frozenset[Triple]
    """What the catalogue says."""
    declared: frozenset[Triple]
    """What the default graph has beside the whole."""

    def run(self) -> Numbers:
        """Count."""
        aims = self._aims()
        graphs: Counter[bytes] = Counter()
        tally, links, held = self._tally(), LinkTally(aims.kinds), dict[bytes, Said]()
        declared = dict(by_subject(_lines_of(self.declared)))
        for subject, said in by_subject(self._lines(WHOLE), graphs):
            tally.add(subject, said)
            links.add(subject, said)
            if subject in declared:
                held[subject] = said
        whole = tally.statistics()
        for subject, said in declared.items():
            known = held.get(subject, ())
            tally.add(subject, [one for one in said if one not in known], known)
        return Numbers(
            datasets={one: self._dataset(one, aims) for one in self.datasets},
            ontology=self._ontology(),
            whole=whole,
            graphs=_by_name(graphs),
            links=links.links(),
            default=tally.statistics(),
            targets=aims.sizes(),
        )

    def _aims(self) -> Aims:
        aims = Aims(self.shapes)
        for subject, said in by_subject(self._lines(WHOLE)):
            aims.add(subject, said)
        for subject, said in by_subject(_lines_of(self.catalog)):
            aims.add(subject, said, cataloged=True)
        aims.close()
        return aims

    def _dataset(self, dataset: str, aims: Aims) -> DatasetNumbers:
        graphs: Counter[bytes] = Counter()
        tally, portrait = self._tally(), Portrait(self.base)

        def counted() -> Iterator[bytes]:
            for subject, said in by_subject(self._lines(dataset), graphs):
                tally.add(subject, said)
                portrait.add(subject, said)
                yield subject

        targets = aims.sizes_of(counted())
        return DatasetNumbers(tally.statistics(), _by_name(graphs), portrait, targets)

    def _ontology(self) -> Statistics:
        tally = self._tally()
        for subject, said in by_subject(self._lines(ONTOLOGY)):
            tally.add(subject, said)
        return tally.statistics()

    def _tally(self) -> Tally:
        return Tally(f"{self.base}id/".encode())

    def _lines(self, part: str) -> Iterator[bytes]:
        with self.stage.quads(part).open("rb") as file:
            yield from file


def _lines_of(triples: Iterable[Triple]) -> list[bytes]:
    return sorted(quad_lines(Quad(one.subject, one.predicate, one.object, term("void:Dataset")) for one in triples))


def _host(iri: str) -> str:
    return urlsplit(iri).netloc.removeprefix("www.") or iri.partition(":")[0]


def _by_name(graphs: Counter[bytes]) -> dict[str, int]:
    return {one[1:-1].decode(): count for one, count in graphs.items()}


def counting(contents: Contents, stage: Stage) -> Count:
    """What is to be counted of the contents of a release, once they lie there (`put_contents`)."""
    return Count(
        stage=stage,
        base=contents.site.base,
        datasets=tuple(one.name for one in contents.site.datasets),
        shapes=contents.shapes,
        catalog=frozenset(quad.triple for quad in contents.graph.quads("catalog")),
        declared=contents.declared,
    )
