"""What a release changes, as activities: something was created, updated or deleted, and this is said of it from now on.

https://www.w3.org/TR/activitystreams-vocabulary/ as the DCAT-AP Feed uses it
(https://semiceu.github.io/LDES-DCAT-AP-feeds/). A thing that is retired is deleted; what its tombstone says comes with
the deletion, so that whoever replays a feed gets all that the dataset holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, NamedTuple

import pyoxigraph as ox
from pyoxigraph import Quad, Triple

from mreze.changes import Kind, compare_dataset, compare_descriptions
from mreze.lines import damaged, described, find_thing, open_dump, read_lines
from mreze.namespaces import RDF_TYPE, RDFS_LABEL, SKOS_PREF_LABEL, term
from mreze.release import Release
from mreze.streams.graphs import Statements, statements, triples

Verb = Literal["Create", "Update", "Delete"]
_VERBS: Final[dict[Kind, Verb]] = {
    Kind.CREATED: "Create",
    Kind.RESTORED: "Create",
    Kind.UPDATED: "Update",
    Kind.RETIRED: "Delete",
    Kind.REMOVED: "Delete",
}
_TOMBSTONE: Final = f"{RDF_TYPE} {term('as:Tombstone')}"
_LABELS: Final = (SKOS_PREF_LABEL, RDFS_LABEL, term("dct:title"))
"""What a thing is called by, the best first."""


class Activity(NamedTuple):  # handed to other processes, which is quick with tuples
    """Something that happened to a thing."""

    name: str
    """A digest of what happened: equal names mean the same."""
    verb: Verb
    thing: str
    """IRI of the thing."""
    published: str
    """When, as xsd:dateTime."""
    payload: Statements
    """All that is said of the thing from now on."""


class Told(NamedTuple):
    """An activity, and what was said of the thing before where nothing is any more."""

    activity: Activity
    before: Statements = ""

    def labels(self) -> dict[str, str]:
        """What the thing is called, by language."""
        said, subject = self.activity.payload or self.before, f"<{self.activity.thing}>"
        for predicate in _LABELS:
            beginning = f"{subject} {predicate} "
            named = triples("\n".join(one for one in said.split("\n") if one.startswith(beginning)))
            found = [one.object for one in named]
            labels = {one.language or "": one.value for one in sorted(found, key=str) if isinstance(one, ox.Literal)}
            if labels:
                return labels
        return {}


def dataset_activities(name: str, old: Release | None, new: Release, published: str) -> Iterator[Told]:
    """The activities of one dataset, sorted by thing.

    Args:
        name: of the dataset.
        old: the release before.
        new: the one that is being built, with its dumps.
        published: when.

    Raises:
        ReleaseError: a dump of a release is gone or damaged.
    """
    path = f"dumps/{name}.nq"
    if old is None or path not in old.files:  # all is new, so there is nothing to compare
        yield from (_told(thing, "Create", published, said) for thing, said in read_things(new, path))
        return
    with open_dump(new, path) as lines:
        for change in compare_dataset(name, old, new):
            said = _decoded(find_thing(lines, change.thing, new.base))
            yield _told(change.thing, _VERBS[change.kind], published, said, change.removed)


def entity_activities(
    old: Mapping[str, frozenset[Triple]], new: Mapping[str, frozenset[Triple]], published: str
) -> Iterator[Told]:
    """The activities of what a catalogue describes, sorted by IRI.

    Args:
        old: what the catalogue before says, by entity.
        new: what this one says.
        published: when.
    """
    for change in compare_descriptions("", old, new):
        said = _canonical(new.get(change.thing, frozenset()))
        yield _told(change.thing, _VERBS[change.kind], published, said, change.removed)


def _told(thing: str, verb: Verb, published: str, said: Statements, removed: frozenset[Triple] = frozenset()) -> Told:
    if _TOMBSTONE in said and f"<{thing}> {_TOMBSTONE}" in said.split("\n"):  # a text may look like one
        verb = "Delete"
    return Told(
        Activity(_digest(verb, thing, published, said), verb, thing, published, said),
        "" if said else statements(removed),
    )


def _digest(verb: Verb, thing: str, published: str, said: Statements) -> str:
    """16 hexadecimal digits, so that an IRI of an activity stands for these very statements."""
    parts = [verb, thing, published, said] if said else [verb, thing, published]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _canonical(said: frozenset[Triple]) -> Statements:
    """The statements, with labels of blank nodes that depend on them alone."""
    if not any(isinstance(one.object, ox.BlankNode) for one in said):
        return statements(said)
    graph = ox.Dataset(Quad(one.subject, one.predicate, one.object) for one in said)
    graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return statements(one.triple for one in graph)


def read_things(release: Release, path: str) -> Iterator[tuple[str, Statements]]:
    """The things that a dump describes, each with what is said of it.

    Raises:
        ReleaseError: the dump is gone or damaged.
    """
    try:
        for head, lines in described(read_lines(release, path), [f"{release.base}id/".encode()]):
            yield head[1:].decode(), _decoded(lines)
    except ValueError as error:
        raise damaged(release.root / path) from error


def _decoded(lines: Iterable[bytes]) -> Statements:
    return b"\n".join(lines)[:-1].replace(b" \n", b"\n").decode()
