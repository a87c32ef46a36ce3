"""Everything that a release tells in numbers, added up from what was counted of chunks of its sorted lines.

Chunks are cut where what they say tells to, and what was counted of one is kept (`records.py`): so only those are
counted that an edit changed. All this runs in whichever process, beside the writing of dumps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Triple

from mreze.build.census import Census, Scope, Taking, Types, take_census
from mreze.build.contents import Contents
from mreze.build.graphs import Documents
from mreze.build.groundwork import Groundwork
from mreze.build.records import read_census, write_census
from mreze.build.stage import ONTOLOGY, WHOLE, Stage
from mreze.build.statistics import Links, Statistics, add_up, count_links, total
from mreze.build.subjects import Said, by_subject
from mreze.build.targets import Aims, Shapes
from mreze.keeping import Keeper, key_of
from mreze.lines import quad_lines
from mreze.namespaces import term
from mreze.sortedlines import lines_beginning, open_lines
from mreze.spans import Span
from mreze.streams.chunks import Chunk

_KIND = "census"


@dataclass(frozen=True, slots=True)
class Portrait:
    """What the things of a dataset are like."""

    signatures: Mapping[tuple[Types, Types], int]
    """How many have which classes and which properties."""
    wholes: frozenset[Types]
    """Classes that things have which are no parts of others."""
    links: Mapping[tuple[str, str], int]
    """Those that leave the site, by property and register."""


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
    documents: Documents


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of a chunk, and where what is counted of it lies or is to lie."""

    span: Span
    key: str
    record: Path
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Count:
    """What is to be counted."""

    scope: Scope
    parts: Mapping[str, tuple[Part, ...]]
    """Of each dataset, of the ontology and of the whole, by name."""
    whole: Path
    """The lines of the whole."""
    shapes: Shapes
    catalog: frozenset[Triple]
    """What the catalogue says."""
    declared: frozenset[Triple]
    """What the default graph has beside the whole."""
    documents: Documents

    def run(self) -> Numbers:
        """Count, and write down what was not kept."""
        whole = self._censuses(WHOLE)
        aims = Aims(self.shapes, whole, take_census(_lines_of(self.catalog), self.scope))
        return Numbers(
            datasets={one: self._dataset(one, aims) for one in self.parts if one not in {WHOLE, ONTOLOGY}},
            ontology=add_up(self._censuses(ONTOLOGY)),
            whole=add_up(whole),
            graphs=_by_name(whole),
            links=count_links(whole, aims.kinds),
            default=add_up([*whole, self._declared()]),
            targets=aims.sizes(),
            documents=self.documents,
        )

    def _dataset(self, dataset: str, aims: Aims) -> DatasetNumbers:
        censuses = self._censuses(dataset)
        return DatasetNumbers(add_up(censuses), _by_name(censuses), portray(censuses), aims.sizes_of(censuses))

    def _censuses(self, name: str) -> list[Census]:
        return [self._census(one) for one in self.parts[name]]

    def _census(self, part: Part) -> Census:
        if not part.is_kept and not part.record.exists():
            write_census(part.record, take_census(part.span.lines(), self.scope))
        return read_census(part.record)

    def _declared(self) -> Census:
        """What is declared and not in the whole too."""
        taking = Taking(self.scope)
        with open_lines(self.whole) as lines:
            for subject, said in by_subject(_lines_of(self.declared)):
                known: Said = next((held for _, held in by_subject(lines_beginning(lines, subject + b" "))), ())
                taking.add(subject, [one for one in said if one not in known], known)
        return taking.close()


def portray(censuses: Sequence[Census]) -> Portrait:
    """What the things are like that were counted."""
    return Portrait(
        signatures=total(one.signatures for one in censuses),
        wholes=frozenset().union(*(one.wholes for one in censuses)),
        links=total(one.links for one in censuses),
    )


def _lines_of(triples: Iterable[Triple]) -> list[bytes]:
    return sorted(quad_lines(Quad(one.subject, one.predicate, one.object, term("void:Dataset")) for one in triples))


def _by_name(censuses: Iterable[Census]) -> dict[str, int]:
    graphs: Counter[bytes] = total(one.graphs for one in censuses)
    return {one[1:-1].decode(): count for one, count in graphs.items()}


def counting(contents: Contents, laid: Groundwork) -> Count:
    """What is to be counted of the contents of a release.

    Args:
        contents: they.
        laid: where they lie sorted, and what they are cut into.
    """
    scope = Scope(contents.site.base, contents.shapes.by_subject())
    keeper = contents.graph.staging.keeper
    return Count(
        scope=scope,
        parts={name: tuple(_parts(laid.stage, own, scope, keeper)) for name, own in laid.chunks.items()},
        whole=laid.stage.quads(WHOLE),
        shapes=contents.shapes,
        catalog=frozenset(quad.triple for quad in contents.graph.quads("catalog")),
        declared=contents.declared,
        documents=laid.documents,
    )


def _parts(stage: Stage, chunks: Iterable[Chunk], scope: Scope, keeper: Keeper | None) -> Iterator[Part]:
    for one in chunks:
        key = key_of(scope.base, *sorted(scope.aimed), b"", one.said)
        kept = keeper.find(_KIND, key) if keeper else None
        yield Part(one.span, key, kept or stage.folder / f"{key}.{_KIND}", kept is not None)


def keep_counted(contents: Contents, count: Count) -> None:
    """Keep what was counted for the next time."""
    if (keeper := contents.graph.staging.keeper) is None:
        return
    new = {one.key: one.record for parts in count.parts.values() for one in parts if not one.is_kept}
    for key, record in new.items():
        keeper.keep(_KIND, key, record)
