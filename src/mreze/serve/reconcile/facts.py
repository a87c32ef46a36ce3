"""What things are said to be: the values of a property, plain or derived, in a store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from mreze import paths
from mreze.matching.model import Value
from mreze.release import Release
from mreze.serve.reconcile.paths import FURTHEST, TooMany, Walk
from mreze.serve.reconcile.properties import Properties
from mreze.serve.reconcile.things import known_as
from mreze.serve.store import Store


class StoreFacts:
    """Facts from a store for one reader and one request; see `mreze.matching.model.Facts`."""

    def __init__(self, store: Store, release: Release, properties: Properties, language: str) -> None:
        self._store, self._release, self._properties, self._language = store, release, properties, language
        self._known: dict[tuple[str, str], Sequence[Value]] = {}
        self._things: dict[str, Value] = {}

    def values(self, iri: str, prop: str) -> Sequence[Value]:
        """See `Facts`; of more values than an answer may have it knows none."""
        key = iri, prop
        if key not in self._known:
            try:
                found = find_values(Walk(self._store), self._properties, iri, prop)
            except TooMany:
                found = []
            self._known[key] = self._values(found)
        return self._known[key]

    def expect(self, iris: Iterable[str], prop: str) -> None:
        """Find the values of many things at once, which will be asked for one by one."""
        things = {one: NamedNode(one) for one in iris if (one, prop) not in self._known}
        try:
            found = find_each(Walk(self._store, left=FURTHEST * (1 + len(things))), self._properties, things, prop)
        except ValueError:  # no IRI can be made of the property, so nothing has it
            return
        self._known.update({(one, prop): self._values(found.get(one, ())) for one in things})

    def _values(self, nodes: Iterable[paths.Value]) -> tuple[Value, ...]:
        return tuple(value for one in nodes if (value := self._value(one)) is not None)

    def _value(self, node: paths.Value) -> Value | None:
        if isinstance(node, Literal):
            return Value(node.value, datatype=node.datatype.value)
        return self._thing(node.value) if isinstance(node, NamedNode) else None

    def _thing(self, iri: str) -> Value:
        if iri not in self._things:
            text, names = known_as(self._store, self._release, iri, self._language)
            self._things[iri] = Value(text, iri, names)
        return self._things[iri]


def find_values(walk: Walk, properties: Properties, iri: str, prop: str) -> list[paths.Value]:
    """The values of a property of a thing, in the order of their texts.

    Args:
        walk: who looks for them.
        properties: those that there are.
        iri: the thing.
        prop: the IRI of the property.

    Raises:
        TooMany: they are more than an answer may have.
        Exhausted: with those that were looked for before, they are.
    """
    try:
        found = find_each(walk, properties, {iri: NamedNode(iri)}, prop)
    except ValueError:  # no IRI can be made of it, so nothing has it
        return []
    if iri not in found:
        raise TooMany
    return found[iri]


def find_each(
    walk: Walk, properties: Properties, things: Mapping[str, NamedNode], prop: str
) -> dict[str, list[paths.Value]]:
    """The same of several things, by what they are called; one that has too many values is not in the answer."""
    path = properties.paths.get(prop) or paths.Step(NamedNode(prop))
    found = walk.follow_each({name: [thing] for name, thing in things.items()}, path)
    return {name: sorted(ends, key=lambda one: (one.value, str(one))) for name, ends in found.items()}
