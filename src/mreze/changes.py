"""What changed between two releases, thing by thing.

A change belongs to the thing with a document of its own: its IRI and those of its `#parts`. Data hold no blank nodes,
so nothing changes but what was changed. Dumps are sorted N-Quads: two of them are merged line by line, only lines that
differ become triples, and files with the same checksum are not read at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from mreze.descriptions import describe
from mreze.lines import damaged, head, read_lines, without_graphs
from mreze.namespaces import RDF_TYPE, term
from mreze.release import LOCATION, Release

GRAPHS: Final = ("ontology", "shapes")
"""What is compared beside the datasets, by the name that its changes bear as that of a dataset."""
_TOMBSTONE: Final = term("as:Tombstone")
_RETIRED: Final = f"{RDF_TYPE} {_TOMBSTONE} ".encode()
_OLD, _NEW = 1, 2
_BOTH: Final = _OLD | _NEW


class Kind(StrEnum):
    """What became of a thing."""

    CREATED = "created"
    """It was not described before."""
    UPDATED = "updated"
    RETIRED = "retired"
    """It became an as:Tombstone."""
    RESTORED = "restored"
    """It was an as:Tombstone."""
    REMOVED = "removed"
    """It is described no more (in this dataset: it may have moved to another)."""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in the description of one thing; a change of value is one triple removed and one added."""

    dataset: str
    """Name of the dataset; `ontology` or `shapes`, where the thing is a term or a shape."""
    thing: str
    """IRI of the thing."""
    kind: Kind
    added: frozenset[Triple]
    removed: frozenset[Triple]


def compare(old: Release | None, new: Release) -> Iterator[Change]:
    """Every change from one release to another, by dataset, the ontology and the shapes last; from None all is new.

    Raises:
        ReleaseError: a file of a release is gone or damaged.
    """
    datasets = [*new.datasets, *(old.datasets if old else ())]
    for name in sorted({one.name for one in datasets}):
        yield from compare_dataset(name, old, new)
    for name in GRAPHS:
        yield from _compare_graph(name, old, new)


def compare_dataset(name: str, old: Release | None, new: Release) -> Iterator[Change]:
    """The changes of one dataset, which may be missing from either release.

    Raises:
        ReleaseError: a dump is gone or damaged.
    """
    path = f"dumps/{name}.nq"
    if _digest(old, path) == _digest(new, path):
        return
    spaces = {f"{one.base}id/".encode() for one in (old, new) if one}
    try:
        yield from merge(name, read_lines(old, path), read_lines(new, path), spaces)
    except (SyntaxError, UnicodeDecodeError) as error:
        raise damaged(new.root / path) from error


def compare_descriptions(
    dataset: str, old: Mapping[str, frozenset[Triple]], new: Mapping[str, frozenset[Triple]]
) -> Iterator[Change]:
    """The changes between descriptions by thing, sorted by its IRI."""
    for thing in sorted(old.keys() | new.keys()):
        before, after = old.get(thing, frozenset()), new.get(thing, frozenset())
        if before != after:
            retired = Triple(NamedNode(thing), RDF_TYPE, _TOMBSTONE)
            kind = _kind(_presence(before, after), _OLD * (retired in before) | _NEW * (retired in after))
            yield Change(dataset, thing, kind, after - before, before - after)


def merge(dataset: str, old: Iterable[bytes], new: Iterable[bytes], spaces: Iterable[bytes]) -> Iterator[Change]:
    """The changes between two dumps.

    Args:
        dataset: its name.
        old: lines of N-Quads, sorted; the graph names are passed over.
        new: likewise.
        spaces: what IRIs of things that have `#parts` start with.
    """
    heads = tuple(b"<" + one for one in spaces)
    # All lines of a thing start with `<thing`, and so may those of others: `<thing#part>`, `<thing-2>`, `<thing>` is
    # the order. So what is open is a chain, each the beginning of the next, and closed when a line leaves it.
    opened: list[_Description] = []
    subject, description = b"", _Description(b"")
    for line, found in _sides(without_graphs(old), without_graphs(new)):
        if not subject or not line.startswith(subject):
            subject = line[: line.index(b" ") + 1]
            while opened and not line.startswith(opened[-1].head):
                yield from opened.pop().change(dataset)
            description = _opened(opened, head(line, heads))
        description.take(line, found)
    while opened:
        yield from opened.pop().change(dataset)


def _opened(opened: list[_Description], own: bytes) -> _Description:
    """The description that lines with this head belong to, opened where it is not yet."""
    found = next((one for one in reversed(opened) if one.head == own), None)
    if found is None:
        found = _Description(own)
        opened.append(found)
    return found


def _sides(old: Iterator[bytes], new: Iterator[bytes]) -> Iterator[tuple[bytes, int]]:
    """The lines of both, in order, each with where it stands."""
    before, after = next(old, None), next(new, None)
    while before is not None and after is not None:
        if before == after:
            yield before, _BOTH
            before, after = next(old, None), next(new, None)
        elif before < after:
            yield before, _OLD
            before = next(old, None)
        else:
            yield after, _NEW
            after = next(new, None)
    if before is not None:
        yield before, _OLD
    if after is not None:
        yield after, _NEW
    yield from ((line, _OLD) for line in old)
    yield from ((line, _NEW) for line in new)


@dataclass(slots=True)
class _Description:
    """The lines of a thing that differ, while others may still follow."""

    head: bytes
    """What they all start with: `<` and its IRI."""
    sides: int = 0
    """Where it is described."""
    retired: int = 0
    """Where it is a tombstone."""
    lines: dict[int, list[bytes]] = field(default_factory=lambda: {_OLD: [], _NEW: []})

    def take(self, line: bytes, sides: int) -> None:
        self.sides |= sides
        if line == self.head + b"> " + _RETIRED:
            self.retired |= sides
        if sides != _BOTH:
            self.lines[sides].append(line)

    def change(self, dataset: str) -> Iterator[Change]:
        if self.lines[_OLD] or self.lines[_NEW]:
            kind = _kind(self.sides, self.retired)
            yield Change(dataset, self.head[1:].decode(), kind, _parse(self.lines[_NEW]), _parse(self.lines[_OLD]))


def _kind(sides: int, retired: int) -> Kind:
    if sides != _BOTH:
        return Kind.CREATED if sides == _NEW else Kind.REMOVED
    return {_OLD: Kind.RESTORED, _NEW: Kind.RETIRED}.get(retired, Kind.UPDATED)


def _presence(before: frozenset[Triple], after: frozenset[Triple]) -> int:
    return _OLD * bool(before) | _NEW * bool(after)


def _compare_graph(name: str, old: Release | None, new: Release) -> Iterator[Change]:
    path = f"{name}.ttl"
    if _digest(old, path) != _digest(new, path):
        yield from compare_descriptions(name, _read_graph(old, path), _read_graph(new, path))


def _read_graph(release: Release | None, path: str) -> dict[str, frozenset[Triple]]:
    if release is None or path not in release.files:
        return {}
    try:
        quads = parse(release.read(path), format=RdfFormat.TURTLE, base_iri=LOCATION)
        return describe(quad.triple for quad in quads)
    except SyntaxError as error:
        raise damaged(release.root / path) from error


def _digest(release: Release | None, path: str) -> str | None:
    return release.files[path].sha256 if release and path in release.files else None


def _parse(lines: list[bytes]) -> frozenset[Triple]:
    content = b"".join(line + b".\n" for line in lines)
    return frozenset(quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES))
