"""A vocabulary, read: its terms by kind, and what its classes have for properties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from mreze.namespaces import term
from mreze.serve.schema.demands import Shape, paths_of
from mreze.serve.schema.said import Said

KINDS: Final = {
    "Classes": ("owl:Class", "rdfs:Class"),
    "Properties": (
        "owl:ObjectProperty",
        "owl:DatatypeProperty",
        "owl:AnnotationProperty",
        "rdf:Property",
    ),
    "Datatypes": ("rdfs:Datatype",),
}
"""Headings, and the classes of what stands under them."""
VALUES: Final = "Values"
"""The heading of all else that the vocabulary defines or says something of."""
ANYTHING: Final = "http://www.w3.org/2002/07/owl#Thing"
_WIDEST: Final = 3
"""A property that shapes ask of more classes than these is drawn as one that anything may have."""
_LITERAL: Final = (
    "http://www.w3.org/2001/XMLSchema#",
    term("rdf:langString").value,
    term("rdfs:Literal").value,
    term("geo:wktLiteral").value,
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A property between the things of classes."""

    property: NamedNode
    subjects: tuple[NamedNode, ...]
    objects: tuple[NamedNode, ...]
    leads: bool
    """Whether its values are things."""


def read_terms(said: Said, ontology: NamedNode) -> dict[str, list[NamedNode]]:
    """The terms by heading, each once; what the graph says of itself is no term."""
    found: dict[str, list[NamedNode]] = {}
    taken = {ontology, *said.of("owl:Ontology")}
    for heading, kinds in KINDS.items():
        found[heading] = [one for one in said.of(*kinds) if one not in taken]
        taken |= set(found[heading])
    found[VALUES] = sorted((one for one in said.named() if one not in taken), key=lambda one: one.value)
    return {heading: terms for heading, terms in found.items() if terms}


def read_relations(
    said: Said, properties: Iterable[NamedNode], shapes: Iterable[Shape], shaped: Said
) -> list[Relation]:
    """What leads from which class to which: as the vocabulary says, else as the shapes do.

    Args:
        said: the vocabulary.
        properties: of it.
        shapes: what is demanded.
        shaped: the graph of the shapes.
    """
    uses = _uses(shapes, shaped)
    found = []
    for one in properties:
        subjects = said.iris(one, "rdfs:domain") or sorted(uses.get(one, ({}, {}))[0], key=str)
        objects = said.iris(one, "rdfs:range") or sorted(uses.get(one, ({}, {}))[1], key=str)
        subjects = subjects if 0 < len(subjects) <= _WIDEST else [NamedNode(ANYTHING)]
        found.append(Relation(one, tuple(subjects), tuple(objects), _leads(said, one, objects)))
    return found


def _uses(
    shapes: Iterable[Shape], shaped: Said
) -> Mapping[NamedNode, tuple[Mapping[NamedNode, None], Mapping[NamedNode, None]]]:
    """By property the classes that shapes ask it of, and what they ask its values to be."""
    found: defaultdict[NamedNode, tuple[dict[NamedNode, None], dict[NamedNode, None]]] = defaultdict(lambda: ({}, {}))
    for shape in shapes:
        classes = [one for kind, one in shape.targets if kind == "sh:targetClass" and isinstance(one, NamedNode)]
        for demand in shape.demands:
            for one in paths_of(shaped, demand.path) if demand.path is not None else ():
                found[one][0].update(dict.fromkeys(classes))
                found[one][1].update(dict.fromkeys(shaped.iris(demand.node, "sh:class", "sh:datatype")))
    return found


def _leads(said: Said, one: NamedNode, objects: Iterable[NamedNode]) -> bool:
    if said.is_of(one, "owl:DatatypeProperty"):
        return False
    return not any(said.is_of(each, "rdfs:Datatype") or each.value.startswith(_LITERAL) for each in objects)
