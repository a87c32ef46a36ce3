"""The catalogue in parts that can be read alone: its pages, and what it says of one dataset.

Portals read a page as if there were no other, so each has whatever its datasets refer to, and names the next in both
ways that harvesters know (https://www.hydra-cg.com/spec/latest/core/#collections and the older PagedCollection).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.errors import NotFound
from mreze.namespaces import RDF_TYPE, term

_LISTING: Final = frozenset({term("dcat:dataset"), term("dcat:servesDataset"), term("dcat:service")})
"""Properties that name datasets and services: what another page has is left out, since a portal looks for it here."""
Subject = NamedNode | BlankNode | Triple
Node = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True)
class Catalogue:
    """A catalogue that can be read in parts."""

    triples: Collection[Triple]
    iri: str
    size: int
    """How many datasets a page has at most."""

    @cached_property
    def datasets(self) -> list[NamedNode]:
        """The datasets in their order."""
        root = NamedNode(self.iri)
        listed = (one.object for one in self.triples if one.subject == root and one.predicate == term("dcat:dataset"))
        return sorted((one for one in listed if isinstance(one, NamedNode)), key=lambda one: one.value)

    @property
    def pages(self) -> int:
        """How many pages there are: one even of an empty catalogue."""
        return max(1, -(-len(self.datasets) // self.size))

    def page(self, number: int, address: str) -> set[Triple]:
        """A page, whole in itself; where there is but one, the catalogue as it is.

        Args:
            number: from 1.
            address: where the first page is read.

        Raises:
            NotFound: there is no such page.
        """
        if not 1 <= number <= self.pages:
            raise NotFound(f"There is no page {number} of this: it has {self.pages}.")
        if self.pages == 1:
            return set(self.triples)
        here = self.datasets[(number - 1) * self.size : number * self.size]
        others = frozenset(self.datasets) - frozenset(here)
        # A portal that meets a service again takes it for another one of the same identifier, so one page has them
        # all: the last, since by then it knows the datasets that they serve.
        last = number == self.pages
        found = self._reach([NamedNode(self.iri), *here], others if last else others | self._services)
        if last:
            found |= self._served(others)
        if number == 1:
            found |= self._loose
        return found | self._neighbours(number, address)

    def part(self, dataset: str) -> set[Triple]:
        """What is said of one dataset, with whatever that refers to but the catalogue and other datasets."""
        node = NamedNode(dataset)
        return self._reach([node], frozenset([*self.datasets, NamedNode(self.iri)]) - {node})

    @cached_property
    def _services(self) -> frozenset[Node]:
        return frozenset(one.object for one in self.triples if one.predicate == term("dcat:service"))

    def _served(self, others: Collection[NamedNode]) -> set[Triple]:
        """Which datasets of other pages the services serve: only their identifiers, so that no portal reads more."""
        served = {one for one in self.triples if one.predicate == term("dcat:servesDataset") and one.object in others}
        named = {one.object for one in served}
        identifier = term("dct:identifier")
        return served | {one for one in self.triples if one.predicate == identifier and one.subject in named}

    @cached_property
    def _loose(self) -> set[Triple]:
        """What nothing refers to."""
        return set(self.triples) - self._reach([NamedNode(self.iri), *self.datasets], frozenset())

    @cached_property
    def _about(self) -> dict[Subject, list[Triple]]:
        found: defaultdict[Subject, list[Triple]] = defaultdict(list)
        for one in self.triples:
            found[one.subject].append(one)
        return dict(found)

    def _reach(self, starts: Iterable[NamedNode], absent: Collection[Node]) -> set[Triple]:
        """What is said of some nodes, of what they refer to, and so on, short of the absent ones."""
        found: set[Triple] = set()
        waiting: list[Subject] = list(starts)
        seen: set[Node] = {*waiting, *absent}
        while waiting:
            for one in self._about.get(waiting.pop(), ()):
                if one.predicate in _LISTING and one.object in absent:
                    continue
                found.add(one)
                if not isinstance(one.object, Literal) and one.object not in seen:
                    seen.add(one.object)
                    waiting.append(one.object)
        return found

    def _neighbours(self, number: int, address: str) -> set[Triple]:
        def at(page: int) -> NamedNode:
            return NamedNode(f"{address}?page={page}")

        def count(value: int) -> Literal:
            return Literal(str(value), datatype=term("xsd:integer"))

        view, root = at(number), NamedNode(self.iri)
        steps = {("first", "firstPage"): 1, ("last", "lastPage"): self.pages}
        if number > 1:
            steps["previous", "previousPage"] = number - 1
        if number < self.pages:
            steps["next", "nextPage"] = number + 1
        return {
            Triple(root, RDF_TYPE, term("hydra:Collection")),
            Triple(root, term("hydra:totalItems"), count(len(self.datasets))),
            Triple(root, term("hydra:view"), view),
            Triple(view, RDF_TYPE, term("hydra:PartialCollectionView")),
            Triple(view, RDF_TYPE, term("hydra:PagedCollection")),
            Triple(view, term("hydra:itemsPerPage"), count(self.size)),
            Triple(view, term("hydra:totalItems"), count(len(self.datasets))),
            *(Triple(view, term(f"hydra:{name}"), at(page)) for names, page in steps.items() for name in names),
        }


def for_people(triples: Collection[Triple]) -> set[Triple]:
    """The same for a page: no text twice because portals want it under two tags, and no node without a name."""
    told = {
        (one.subject, one.predicate, one.object.value, one.object.language.partition("-")[0])
        for one in triples
        if isinstance(one.object, Literal) and one.object.language and "-" in one.object.language
    }
    names: dict[BlankNode, NamedNode] = {}
    used: Counter[str] = Counter()
    for one in sorted(triples, key=lambda triple: (str(triple.subject), triple.predicate.value, str(triple.object))):
        if isinstance(one.object, BlankNode) and isinstance(one.subject, NamedNode):
            name = f"{one.subject.value.partition('#')[0]}#{re.split('[/#]', one.predicate.value)[-1]}"
            used[name] += 1
            names[one.object] = NamedNode(f"{name}-{used[name]}")
    found = set()
    for one in triples:
        value = one.object
        if isinstance(value, Literal):
            if (one.subject, one.predicate, value.value, value.language) in told:
                continue
        elif isinstance(value, BlankNode):
            value = names.get(value, value)
        subject = names.get(one.subject, one.subject) if isinstance(one.subject, BlankNode) else one.subject
        found.add(Triple(subject, one.predicate, value))
    return found
