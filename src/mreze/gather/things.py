"""The things of a site, as they are looked for elsewhere.

Names, links and codes are read from the data. The rest the site says itself, in the terms of Wikidata: the saved
queries of queries/wikidata/ whose header names one of the properties of `_CONDITIONS`. Without them things have names
only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from mreze.coordinates import read_point
from mreze.errors import SiteError, UsageError
from mreze.gather.authorities import WIKIDATA
from mreze.gather.model import Point, Thing
from mreze.graph import SiteGraph
from mreze.namespaces import RDF_TYPE, term
from mreze.naming import Naming, Said, is_thing, said_of, value_of
from mreze.queries import SavedQuery, read_query

_LINKS: Final = tuple(map(term, ("owl:sameAs", "schema:sameAs", "skos:exactMatch")))
_CODE: Final = term("skos:notation")
_TYPE, _COUNTRY, _POINT, _HOMEPAGE, _FOUNDED = "P31", "P17", "P625", "P856", "P571"
_CONDITIONS: Final = frozenset({_TYPE, _COUNTRY, _POINT, _HOMEPAGE, _FOUNDED})
_YEAR: Final = re.compile(r"[0-9]{4}(?=-|$)", re.ASCII)
_REMEDY: Final = "Write a SELECT with ?subject and ?value."
Values = Mapping[str, Sequence[str]]
"""By the IRI of the thing that has them."""


@dataclass(frozen=True)
class Things:
    """What a site says of its things."""

    graph: SiteGraph

    def read(self, ids: Sequence[str] = (), classes: Sequence[str] = ()) -> tuple[Thing, ...]:
        """The things that are to be looked for, in the order of their IRIs.

        Args:
            ids: only these: paths as `places/x`, or IRIs.
            classes: only those of one of these: IRIs or prefixed names. With ids, both must hold. Without either, those
                that the site gives a type in the terms of Wikidata; all, if it has no query for that.

        Raises:
            UsageError: there is no such thing, none of such a class, or none that is both.
            SiteError: a saved query cannot be read or evaluated.
        """
        if not ids and not classes:
            return tuple(self._thing(one) for one in self._usual())
        named = {self._chosen(one) for one in ids} or self.known
        of_class = {each for one in classes for each in self._of_class(one)} or self.known
        if not named & of_class:
            told = f"none of {', '.join(ids)} is of the class {' or '.join(classes)}"
            raise UsageError(f"{told}: a thing is looked for if it is both. Leave out --thing or --class.")
        return tuple(self._thing(one) for one in sorted(named & of_class))

    @cached_property
    def known(self) -> frozenset[str]:
        """The IRIs of all things that are not retired."""
        return frozenset(iri for iri, said in self._said.items() if is_thing(iri, said, self._space))

    @property
    def _space(self) -> str:
        return self.graph.site.base + "id/"

    @cached_property
    def _said(self) -> Mapping[str, Said]:
        return said_of(self.graph.merged)

    @cached_property
    def _naming(self) -> Naming:
        hierarchy = (one for one in self.graph.merged if one.predicate == term("rdfs:subPropertyOf"))
        return Naming(lambda iri: self._said.get(iri, ()), frozenset(hierarchy))

    @cached_property
    def _stated(self) -> Mapping[str, Values]:
        return _read_conditions(self.graph)

    def _usual(self) -> Iterator[str]:
        typed = self._stated.get(_TYPE)
        for iri in sorted(self.known):
            if iri in typed if typed is not None else self._naming.labels(self._said[iri]):
                yield iri

    def _chosen(self, name: str) -> str:
        iri = name if "://" in name else self._space + name.removeprefix("id/")
        if iri not in self.known:
            raise UsageError(f"{name}: the site has no such thing. Name one as its path: organizations/example")
        return iri

    def _of_class(self, name: str) -> list[str]:
        prefix, _, local = name.partition(":")
        iri = self.graph.prefixes[prefix] + local if prefix in self.graph.prefixes else name
        found = [one for one in self.known if iri in self._values(one, RDF_TYPE)]
        if not found:
            raise UsageError(f"{name}: no thing of the site is of this class. Name one as schema:City, or its IRI.")
        return found

    def _values(self, iri: str, *properties: NamedNode, literal: bool = False) -> list[str]:
        wanted, names = '"' if literal else "<", set(map(str, properties))
        said = self._said.get(iri, ())
        return sorted({value_of(value) for one, value in said if one in names and value[0] == wanted})

    def _thing(self, iri: str) -> Thing:
        stated = {one: self._stated.get(one, {}).get(iri, ()) for one in _CONDITIONS}
        return Thing(
            iri=iri,
            labels=self._naming.labels(self._said[iri]),
            classes=tuple(self._values(iri, RDF_TYPE)),
            types=tuple(one for each in stated[_TYPE] for one in (each, *self._links(each)) if WIKIDATA.owns(one)),
            countries=self._countries(stated[_COUNTRY]),
            point=_point(stated[_POINT]),
            homepages=tuple(stated[_HOMEPAGE]),
            links=tuple(self._links(iri)),
            codes=tuple(self._values(iri, _CODE, literal=True)),
            years=tuple(sorted({int(found[0]) for one in stated[_FOUNDED] if (found := _YEAR.match(one))})),
        )

    def _links(self, iri: str) -> list[str]:
        return self._values(iri, *_LINKS)

    def _countries(self, countries: Sequence[str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for one in countries:
            found.update(dict.fromkeys((one, *self._links(one), *self._values(one, _CODE, literal=True))))
        return tuple(found)


def _point(texts: Collection[str]) -> Point | None:
    read = (read_point(one) for one in texts)
    return next((Point(*one) for one in read if one is not None), None)


def _read_conditions(graph: SiteGraph) -> Mapping[str, Values]:
    """What the site says with the properties that are conditions; a property is there if it has a query."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in graph.site.queries("wikidata"):
        query = read_query(graph.site.root, path)
        if query.wikidata in _CONDITIONS:
            values = found.setdefault(query.wikidata, defaultdict(list))
            for subject, value in _rows(graph, query):
                if value not in values[subject]:
                    values[subject].append(value)
    return found


def _rows(graph: SiteGraph, query: SavedQuery) -> Iterator[tuple[str, str]]:
    path = graph.site.root / query.path
    try:
        solutions = graph.store.query(query.bare)
    except SyntaxError as error:
        raise SiteError(f"is not SPARQL: {error}.", path=path, remedy="Mend the query.") from error
    if not isinstance(solutions, QuerySolutions):
        raise SiteError("is no SELECT.", path=path, remedy=_REMEDY)
    names = {one.value for one in solutions.variables}
    if not {"subject", "value"} <= names:
        raise SiteError(f"selects ?{' ?'.join(sorted(names))}.", path=path, remedy=_REMEDY)
    for row in solutions:
        subject, value = row["subject"], row["value"]
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            yield subject.value, value.value
