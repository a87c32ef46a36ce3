"""What became of which thing since the release before, counted and told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Triple

from mreze.activities import ChangeSet, Entry
from mreze.build.versions import Version
from mreze.changes import Kind, compare
from mreze.release import Release
from mreze.summary import Counts, summarise, total


@dataclass(frozen=True, slots=True)
class Changelog:
    """The changes of a release; the first one has none, since everything in it is new."""

    release: Release
    name: str
    """What the release will be called."""
    entries: tuple[Entry, ...]

    def counts(self) -> dict[str, Counts]:
        """How many things of each dataset, the ontology and the shapes became what; only of those that changed."""
        found: dict[str, Counter[Kind]] = {}
        for one in self.entries:
            found.setdefault(one.dataset, Counter())[one.kind] += 1
        return dict(found)

    def version(self) -> Version:
        """The release as a version of the whole."""
        return Version(self.name, self.release.date, summarise(total(self.counts()), self.release.previous))

    def triples(self) -> Iterator[Triple]:
        """All of it in RDF."""
        release = self.release
        changes = ChangeSet(release.base, self.name, release.date, release.previous, release.languages)
        counts = self.counts()
        yield from changes.describe(total(counts))
        contexts = {one.name: one.iri for one in release.datasets}
        for name, found in counts.items():
            yield from changes.describe_group(name, contexts.get(name, release.base + name), found)
        for entry in self.entries:
            yield from changes.describe_entry(entry)


def tell(previous: Release | None, release: Release, name: str) -> Changelog:
    """Compare a release with the one before.

    Args:
        previous: that one, if there is one.
        release: the dumps, the ontology and the shapes, as far as they are written.
        name: what it will be called.

    Raises:
        ReleaseError: a file of a release is gone or damaged.
    """
    if previous is None:
        return Changelog(release, name, ())
    changes = compare(previous, release)
    return Changelog(release, name, tuple(Entry(one.dataset, one.thing, one.kind) for one in changes))
