"""What a release changes, as activities: something was created, updated or deleted, and this is said of it from now on.

https://www.w3.org/TR/activitystreams-vocabulary/ as the DCAT-AP Feed uses it
(https://semiceu.github.io/LDES-DCAT-AP-feeds/). A thing that is retired is deleted; what its tombstone says comes with
the deletion, so that whoever replays a feed gets all that the dataset holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, Triple

from mreze.changes import Change, Kind, compare_dataset, compare_descriptions
from mreze.descriptions import describe
from mreze.namespaces import RDF_TYPE, RDFS_LABEL, SKOS_PREF_LABEL, term
from mreze.release import Release

Verb = Literal["Create", "Update", "Delete"]
_VERBS: Final[dict[Kind, Verb]] = {
    Kind.CREATED: "Create",
    Kind.RESTORED: "Create",
    Kind.UPDATED: "Update",
    Kind.RETIRED: "Delete",
    Kind.REMOVED: "Delete",
}
_TOMBSTONE: Final = term("as:Tombstone")
_LABELS: Final = (SKOS_PREF_LABEL, RDFS_LABEL, term("dct:title"))
"""What a thing is called by, the best first."""


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that happened to a thing."""

    name: str
    """A digest of what happened: equal names mean the same."""
    verb: Verb
    thing: str
    """IRI of the thing."""
    published: str
    """When, as xsd:dateTime."""
    payload: frozenset[Triple]
    """All that is said of the thing from now on."""


@dataclass(frozen=True, slots=True)
class Told:
    """An activity, and what the thing is called."""

    activity: Activity
    labels: dict[str, str]


def dataset_activities(
    name: str, old: Release | None, new: Release, quads: Iterable[Quad], published: str
) -> Iterator[Told]:
    """The activities of one dataset, sorted by thing.

    Args:
        name: of the dataset.
        old: the release before.
        new: the one that is being built, with its dumps.
        quads: the dataset in the new one.
        published: when.

    Raises:
        ReleaseError: a dump of the old release is gone or damaged.
    """
    # What was created comes whole with its change; of what else changed the unchanged part must be looked up. Two
    # passes over what differs take less than all descriptions in memory.
    changed = {one.thing for one in compare_dataset(name, old, new) if one.kind is not Kind.CREATED} if old else set()
    space = new.base + "id/"
    described = describe((one.triple for one in quads if _thing(one, space) in changed), space) if changed else {}
    for change in compare_dataset(name, old, new):
        payload = change.added if change.kind is Kind.CREATED else described.get(change.thing, frozenset())
        yield _told(change, payload, published)


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
        yield _told(change, new.get(change.thing, frozenset()), published)


def _thing(quad: Quad, space: str) -> str:
    iri = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
    return iri.partition("#")[0] if iri.startswith(space) else iri


def _told(change: Change, payload: frozenset[Triple], published: str) -> Told:
    thing = NamedNode(change.thing)
    retired = Triple(thing, RDF_TYPE, _TOMBSTONE) in payload
    verb: Verb = "Delete" if retired else _VERBS[change.kind]
    activity = Activity(_digest(verb, change.thing, published, payload), verb, change.thing, published, payload)
    return Told(activity, _called(thing, payload or change.removed))


def _digest(verb: Verb, thing: str, published: str, payload: frozenset[Triple]) -> str:
    """16 hexadecimal digits, so that an IRI of an activity stands for these very statements."""
    graph = ox.Dataset(Quad(one.subject, one.predicate, one.object) for one in payload)
    if any(isinstance(one.object, ox.BlankNode) for one in payload):
        graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    said = sorted(str(one.triple) for one in graph)
    return hashlib.sha256("\n".join([verb, thing, published, *said]).encode()).hexdigest()[:16]


def _called(thing: NamedNode, said: frozenset[Triple]) -> dict[str, str]:
    for predicate in _LABELS:
        found = sorted((one.object for one in said if one.subject == thing and one.predicate == predicate), key=str)
        labels = {one.language or "": one.value for one in found if isinstance(one, ox.Literal)}
        if labels:
            return labels
    return {}
