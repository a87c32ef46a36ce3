"""What changed between two releases, thing by thing.

A change belongs to the thing with a document of its own: its IRI and those of its `#parts`. Data hold no blank nodes,
so nothing changes but what was changed. Dumps are sorted N-Quads: of two of them only lines that differ are looked at
(`sortedlines.py`) and become triples, and files with the same checksum are not read at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from mreze.descriptions import describe
from mreze.differences import Difference, differences
from mreze.lines import damaged, head, open_dump
from mreze.namespaces import RDF_TYPE, term
from mreze.release import LOCATION, Release
from mreze.sortedlines import Buffer, has_line

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
    with open_dump(old, path) as before, open_dump(new, path) as after:
        try:
            for one in merge(before, after, spaces):
                yield one.read(name)
        except (SyntaxError, ValueError) as error:
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


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed in the description of one thing, as lines up to their graph names."""

    thing: str
    """IRI of the thing."""
    kind: Kind
    added: list[bytes]
    removed: list[bytes]

    def read(self, dataset: str) -> Change:
        """The same with triples.

        Raises:
            SyntaxError: a line is none of N-Quads.
        """
        return Change(dataset, self.thing, self.kind, _parse(self.added), _parse(self.removed))


def merge(old: Buffer, new: Buffer, spaces: Iterable[bytes]) -> Iterator[Changed]:
    """The changes between two dumps.

    Args:
        old: lines of N-Quads, sorted; the graph names are passed over.
        new: likewise.
        spaces: what IRIs of things that have `#parts` start with.

    Raises:
        ValueError: lines that differ are not sorted, or no lines of N-Quads.
    """
    heads = tuple(b"<" + one for one in spaces)
    dumps = _Dumps(old, new)
    # All lines of a thing start with `<thing`, and so may those of others: `<thing#part>`, `<thing-2>`, `<thing>` is
    # the order. So what is open is a chain, each the beginning of the next, and closed when a line leaves it.
    opened: list[_Description] = []
    for one in differences(old, new):
        while opened and not one.triple.startswith(opened[-1].head):
            yield opened.pop().change(dumps)
        _opened(opened, head(one.triple, heads), one).lines[_OLD if one.is_old else _NEW].append(one.triple)
    while opened:
        yield opened.pop().change(dumps)


def _opened(opened: list[_Description], own: bytes, at: Difference) -> _Description:
    """The description that lines with this head belong to, opened where it is not yet."""
    found = next((one for one in reversed(opened) if one.head == own), None)
    if found is None:
        found = _Description(own, {_OLD: at.old, _NEW: at.new})
        opened.append(found)
    return found


class _Dumps:
    """Both dumps, asked for what the lines that differ do not tell."""

    def __init__(self, old: Buffer, new: Buffer) -> None:
        self._lines = {_OLD: old, _NEW: new}
        # Seldom is anything retired, and a dump is searched for that as fast as it is read.
        self._retired = {side: lines.find(_RETIRED) >= 0 for side, lines in self._lines.items()}

    def describes(self, side: int, head: bytes, near: int) -> bool:
        """Whether a dump has lines that start with a head, of the thing or of its parts."""
        ends = (b"#", b"> ") if head.startswith(b"<") else (b" ",)
        return any(has_line(self._lines[side], head + end, near) for end in ends)

    def retires(self, side: int, head: bytes, near: int) -> bool:
        """Whether a thing is a tombstone there."""
        return self._retired[side] and has_line(self._lines[side], head + b"> " + _RETIRED, near)


@dataclass(slots=True)
class _Description:
    """The lines of a thing that differ, while others may still follow."""

    head: bytes
    """What they all start with: `<` and its IRI."""
    near: dict[int, int]
    """Where in the dumps the first of them stands, or would."""
    lines: dict[int, list[bytes]] = field(default_factory=lambda: {_OLD: [], _NEW: []})

    def change(self, dumps: _Dumps) -> Changed:
        sides = sum(
            side for side in (_OLD, _NEW) if self.lines[side] or dumps.describes(side, self.head, self.near[side])
        )
        retired = sum(side for side in (_OLD, _NEW) if dumps.retires(side, self.head, self.near[side]))
        return Changed(self.head[1:].decode(), _kind(sides, retired), self.lines[_NEW], self.lines[_OLD])


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
