"""How often which term is used, as the statistics of a release say (VoID)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from mreze.namespaces import term
from mreze.release import DEFAULT_GRAPH
from mreze.serve.store import Store

Partition = tuple[NamedNode, NamedNode, NamedNode]
"""What leads to a part, what its statements have in common, and how many there are."""
_PARTITIONS: Final[Mapping[str, Partition]] = {
    "classes": (term("void:classPartition"), term("void:class"), term("void:entities")),
    "properties": (term("void:propertyPartition"), term("void:property"), term("void:triples")),
}
"""How VoID says which there are, and how often they are used."""
DATATYPES: Final[Mapping[str, Partition]] = {
    "datatypes": (term("voidext:datatypePartition"), term("voidext:datatype"), term("void:triples"))
}
"""The same of the types of literals."""


def count_terms(
    store: Store, base: str, partitions: Mapping[str, Partition] = _PARTITIONS
) -> dict[str, dict[NamedNode, int]]:
    """How often each class and each property is used in the default graph."""
    said: dict[object, dict[NamedNode, list[object]]] = {}
    for one in store.graph(base + "void"):
        said.setdefault(one.subject, {}).setdefault(one.predicate, []).append(one.object)
    default = said.get(NamedNode(base + DEFAULT_GRAPH), {})
    found: dict[str, dict[NamedNode, int]] = {}
    for kind, (relation, which, size) in partitions.items():
        parts = [said.get(one, {}) for one in default.get(relation, ())]
        counted = ((one.get(which, [None])[0], one.get(size, [None])[0]) for one in parts)
        found[kind] = {
            name: int(count.value)
            for name, count in counted
            if isinstance(name, NamedNode) and isinstance(count, Literal)
        }
    return found
