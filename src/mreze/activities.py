"""Changes as activities (https://www.w3.org/TR/activitystreams-vocabulary/), each with an IRI of its own.

as:Create, as:Update, as:Delete: a thing is new, changed, or became a tombstone. as:Add: a tombstone became a thing
again. as:Remove: a dataset does not describe the thing any more; it may have moved to another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.changes import Kind
from mreze.namespaces import RDF_TYPE, term
from mreze.summary import Counts, summarise

TYPES: Final = {
    Kind.CREATED: term("as:Create"),
    Kind.UPDATED: term("as:Update"),
    Kind.RETIRED: term("as:Delete"),
    Kind.RESTORED: term("as:Add"),
    Kind.REMOVED: term("as:Remove"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of a thing, without what was said of it."""

    dataset: str
    thing: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The changes from one release to the next, as RDF names them."""

    base: str
    name: str
    """Of the release."""
    date: str
    """Likewise, YYYY-MM-DD."""
    previous: str | None
    """Name of the release before."""
    languages: tuple[str, ...]

    @property
    def iri(self) -> str:
        """IRI of the set."""
        return f"{self.base}changes/{self.name}"

    def group(self, dataset: str) -> str:
        """IRI of the changes of one dataset."""
        return f"{self.iri}#{dataset}"

    def activity(self, entry: Entry) -> NamedNode:
        """IRI of the activity: below that of the dataset's changes, the path of the thing."""
        for space in (f"{self.base}id/", self.base):
            local = entry.thing.removeprefix(space)
            if local != entry.thing:
                return NamedNode(f"{self.group(entry.dataset)}/{local.replace('#', '/')}")
        digest = hashlib.sha256(entry.thing.encode()).hexdigest()[:12]
        return NamedNode(f"{self.group(entry.dataset)}/{digest}")

    def describe(self, counts: Counts) -> Iterator[Triple]:
        """What is said of the set as a whole."""
        yield from self._collection(NamedNode(self.iri), counts)
        yield Triple(NamedNode(self.iri), term("dct:isVersionOf"), NamedNode(f"{self.base}changes"))
        yield Triple(NamedNode(self.iri), term("dcat:version"), Literal(self.name))
        yield Triple(NamedNode(self.iri), term("as:published"), self._published)
        if self.previous is not None:
            previous = NamedNode(f"{self.base}changes/{self.previous}")
            yield Triple(NamedNode(self.iri), term("dcat:previousVersion"), previous)

    def describe_group(self, dataset: str, context: str, counts: Counts) -> Iterator[Triple]:
        """What is said of the changes of one dataset, or of the vocabulary; `context` is its IRI."""
        group = NamedNode(self.group(dataset))
        yield Triple(NamedNode(self.iri), term("dct:hasPart"), group)
        yield Triple(group, term("as:context"), NamedNode(context))
        yield from self._collection(group, counts)

    def describe_entry(self, entry: Entry) -> Iterator[Triple]:
        """What is said of the change of one thing."""
        activity = self.activity(entry)
        yield Triple(NamedNode(self.group(entry.dataset)), term("as:items"), activity)
        yield Triple(activity, RDF_TYPE, TYPES[entry.kind])
        yield Triple(activity, term("as:object"), NamedNode(entry.thing))
        yield Triple(activity, term("as:published"), self._published)

    @property
    def _published(self) -> Literal:
        return Literal(f"{self.date}T00:00:00Z", datatype=term("xsd:dateTime"))

    def _collection(self, iri: NamedNode, counts: Counts) -> Iterator[Triple]:
        yield Triple(iri, RDF_TYPE, term("as:Collection"))
        size = Literal(str(sum(counts.values())), datatype=term("xsd:nonNegativeInteger"))
        yield Triple(iri, term("as:totalItems"), size)
        summary = summarise(counts, self.previous)
        for language in spoken(summary, self.languages):
            yield Triple(iri, term("as:summary"), Literal(summary[language], language=language))


def spoken(texts: dict[str, str], languages: Iterable[str]) -> list[str]:
    """The languages of a site that a text is there in; English if it is in none."""
    return [one for one in languages if one in texts] or ["en"]
