"""What of a release can be found by name: each thing with its names, classes and identifiers (naming.py)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Triple

from mreze.build.contents import Contents
from mreze.hierarchy import above
from mreze.matching.folding import key
from mreze.matching.model import Entry
from mreze.matching.writer import write_index
from mreze.namespaces import RDF_TYPE, term
from mreze.naming import Naming

_LONGEST_CONTEXT: Final = 40
"""Letters of such a name: nobody writes a longer one beside another."""
_MOST_CONTEXT: Final = 64
"""Names of others that a thing is known by."""


def write_names(folder: Path, contents: Contents) -> int:
    """Write the index of a release.

    Returns:
        How many things can be found.
    """
    site = contents.site
    things = Things(site.base + "id/", contents.graph.merged)
    return write_index(folder, things.entries(), things.base, contents.prefixes)


@dataclass(frozen=True)
class Things:
    """What a graph says of the things under a base IRI."""

    base: str
    graph: frozenset[Triple]

    def entries(self) -> Iterator[Entry]:
        """Each thing that is described and not retired, in the order of their IRIs."""
        for iri in self._naming.things(self.base):
            yield self._entry(iri, self._naming.said[iri])

    @cached_property
    def _naming(self) -> Naming:
        return Naming(self.graph)

    @cached_property
    def _superclasses(self) -> Mapping[NamedNode, frozenset[NamedNode]]:
        return above(self.graph, term("rdfs:subClassOf"))

    def _entry(self, iri: str, said: list[Triple]) -> Entry:
        types = {one.object for one in said if one.predicate == RDF_TYPE and isinstance(one.object, NamedNode)}
        wider = {one for each in types for one in self._superclasses.get(each, ())}
        return Entry(
            iri,
            self._naming.labels(said),
            tuple(sorted(one.value for one in types - wider)),
            tuple(sorted(one.value for one in types | wider)),
            tuple(self._naming.identifiers(said)),
            tuple(self._context(iri, said, types | wider)),
        )

    def _context(self, iri: str, said: Iterable[Triple], classes: Iterable[NamedNode]) -> list[str]:
        """Names and codes of what the thing refers to, folded."""
        others = {one.object.value for one in said if isinstance(one.object, NamedNode)} - {iri}
        names = {name for one in others | {each.value for each in classes} for name in self._known_as(one)}
        return sorted(sorted(names, key=lambda name: (len(name), name))[:_MOST_CONTEXT])

    def _known_as(self, iri: str) -> tuple[str, ...]:
        if iri not in self._keys:
            said = self._naming.said.get(iri, [])
            texts = [one.text for one in self._naming.labels(said)] + [
                one for one in self._naming.identifiers(said) if ":" not in one
            ]
            self._keys[iri] = tuple({name for one in texts if len(name := key(one)) <= _LONGEST_CONTEXT})
        return self._keys[iri]

    @cached_property
    def _keys(self) -> dict[str, tuple[str, ...]]:
        return {}
