"""Two releases side by side: what was added, removed and changed of each thing, and what the things are called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from mreze.changes import GRAPHS, Change, Kind, compare
from mreze.findings import Names
from mreze.lines import open_dump, without_graphs
from mreze.namespaces import RDFS_LABEL, SKOS_PREF_LABEL
from mreze.release import LOCATION, Release
from mreze.sortedlines import Buffer, find_line, line_at
from mreze.summary import Counts
from mreze.texts import Text

Node = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Edit:
    """One line of what is different: a value that was added, removed, or changed into another."""

    subject: str
    """IRI of the thing or of its part."""
    predicate: NamedNode
    before: Node | None
    after: Node | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two releases compared."""

    old: Release
    new: Release
    changes: tuple[Change, ...]
    """By dataset, ontology and shapes last; there by the IRI of the thing."""
    labels: dict[str, Text]
    """What the things are called, by IRI."""

    @property
    def names(self) -> Names:
        """What IRIs are called."""
        return Names(self.new.base, self.new.prefixes)

    def counts(self) -> dict[str, Counts]:
        """How many things became what, by dataset; only of those that changed."""
        found: defaultdict[str, Counter[Kind]] = defaultdict(Counter)
        for one in self.changes:
            found[one.dataset][one.kind] += 1
        return dict(found)


def compare_releases(old: Release, new: Release) -> Comparison:
    """Compare two releases whole.

    Raises:
        ReleaseError: a file of a release is gone or damaged.
    """
    order = {name: place for place, name in enumerate(GRAPHS, 1)}
    changes = sorted(compare(old, new), key=lambda one: (order.get(one.dataset, 0), one.dataset, one.thing))
    things = {one.thing for one in changes}
    return Comparison(old, new, tuple(changes), _labels(old, things) | _labels(new, things))


def edits(change: Change) -> list[Edit]:
    """What is different of a thing, sorted; one value that took the place of one other is one edit."""
    values: defaultdict[tuple[str, NamedNode, str], tuple[list[Node], list[Node]]] = defaultdict(lambda: ([], []))
    for side, triples in enumerate((change.removed, change.added)):
        for one in triples:
            subject = one.subject.value if isinstance(one.subject, NamedNode) else str(one.subject)
            language = one.object.language or "" if isinstance(one.object, Literal) else ""
            values[subject, one.predicate, language][side].append(one.object)
    found: list[Edit] = []
    for (subject, predicate, _), (before, after) in values.items():
        found += _paired(subject, predicate, sorted(before, key=str), sorted(after, key=str))
    return sorted(found, key=lambda one: (one.subject, one.predicate.value, str(one.before), str(one.after)))


def _paired(subject: str, predicate: NamedNode, before: list[Node], after: list[Node]) -> Iterator[Edit]:
    if len(before) == len(after) == 1:
        yield Edit(subject, predicate, before[0], after[0])
        return
    yield from (Edit(subject, predicate, one, None) for one in before)
    yield from (Edit(subject, predicate, None, one) for one in after)


def _labels(release: Release, things: set[str]) -> dict[str, Text]:
    """The labels of things, names before labels; of large dumps only the lines that have them are read."""
    found: defaultdict[str, Text] = defaultdict(dict)
    said = [*_said(release, things)]
    for predicate in (RDFS_LABEL, SKOS_PREF_LABEL):
        for one in said:
            if one.predicate == predicate and isinstance(one.object, Literal) and isinstance(one.subject, NamedNode):
                found[one.subject.value][one.object.language or ""] = one.object.value
    return dict(found)


def _said(release: Release, things: set[str]) -> Iterable[Triple]:
    subjects = {f"<{thing}>".encode() for thing in things}
    beginnings = sorted(one + f" {name} ".encode() for one in subjects for name in (RDFS_LABEL, SKOS_PREF_LABEL))
    with open_dump(release, "dumps/all.nq") as lines:
        chosen = [line + b".\n" for line in without_graphs(_beginning(lines, beginnings))]
    yield from (one.triple for one in parse(b"".join(chosen), format=RdfFormat.N_TRIPLES))
    if "shapes.ttl" in release.files and subjects:
        quads = parse(release.read("shapes.ttl"), format=RdfFormat.TURTLE, base_iri=LOCATION)
        yield from (one.triple for one in quads if str(one.subject).encode() in subjects)


def _beginning(lines: Buffer, beginnings: Iterable[bytes]) -> Iterator[bytes]:
    """The lines that begin so; each beginning is looked for near the one before."""
    place = 0
    for beginning in beginnings:
        place = find_line(lines, beginning, place)
        while (line := line_at(lines, place)).startswith(beginning):
            yield line
            place += len(line)
