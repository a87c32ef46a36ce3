"""A catalogue taken apart: what it says of each dataset, distribution and data service, and of itself.

What these lead to (agents, contacts, licences with their labels, checksums) is told with each of them, so that a reader
of one needs no other. What nothing leads to is told with the catalogue: together they say all that it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import NamedNode, Triple

from mreze.descriptions import describe
from mreze.namespaces import RDF_TYPE, term

_CLASSES: Final = frozenset(
    {
        *(
            term(f"dcat:{name}")
            for name in ("Catalog", "CatalogRecord", "DataService", "Dataset", "DatasetSeries", "Distribution")
        ),
        term("as:Tombstone"),
    }
)
"""Of entities; what is retired is one still."""


def entities(catalogue: Iterable[Triple], root: str) -> dict[str, frozenset[Triple]]:
    """What the catalogue says, by the IRI of the entity.

    Args:
        catalogue: the catalogue.
        root: its own IRI.
    """
    described = describe(catalogue)
    heads = {iri for iri, said in described.items() if _is_entity(iri, said)} | ({root} & described.keys())
    found, told = {}, set()
    for iri in sorted(heads):
        parts = _parts(iri, described, heads)
        told |= parts
        found[iri] = _union(parts, described)
    rest = described.keys() - told
    if rest:
        found[root] = found.get(root, frozenset()) | _union(rest, described)
    return found


def _is_entity(iri: str, said: frozenset[Triple]) -> bool:
    subject = NamedNode(iri)
    return any(one.subject == subject and one.predicate == RDF_TYPE and one.object in _CLASSES for one in said)


def _parts(iri: str, described: Mapping[str, frozenset[Triple]], heads: set[str]) -> set[str]:
    """The entity and what it leads to, up to other entities."""
    found, left = {iri}, [iri]
    while left:
        for one in described[left.pop()]:
            target = one.object.value if isinstance(one.object, NamedNode) else ""
            if target in described and target not in heads and target not in found:
                found.add(target)
                left.append(target)
    return found


def _union(names: Iterable[str], described: Mapping[str, frozenset[Triple]]) -> frozenset[Triple]:
    return frozenset().union(*(described[one] for one in names))
