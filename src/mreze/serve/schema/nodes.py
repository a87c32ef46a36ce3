"""What of a vocabulary is drawn: its classes, and those of others that its properties lead from and to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from pyoxigraph import NamedNode

from mreze.serve.pages import Reader, interface_text
from mreze.serve.schema.drawing import Field, Node
from mreze.serve.schema.said import Said
from mreze.serve.schema.vocabulary import ANYTHING, Relation
from mreze.serve.view import Value, Viewer
from mreze.serve.wording import shorten

MOST: Final = 60
"""So many classes are drawn; of more those with the most properties."""


def nodes_of(
    said: Said,
    terms: Mapping[str, Sequence[NamedNode]],
    relations: Iterable[Relation],
    viewer: Viewer,
    reader: Reader,
    prefixes: Mapping[str, str],
) -> list[Node]:
    """The classes to draw, those with the most properties first.

    Args:
        said: the vocabulary.
        terms: of it, by heading.
        relations: between its classes.
        viewer: what names them.
        reader: for whom.
        prefixes: of the site.
    """
    own = set(terms.get("Classes", ()))
    fields: defaultdict[NamedNode, list[Field]] = defaultdict(list)
    ends: dict[NamedNode, None] = {}
    for relation in relations:
        for one in relation.subjects:
            fields[one].append(_field(relation, viewer))
        if relation.leads:
            ends.update(dict.fromkeys(relation.objects))
    drawn = [*own, *(one for one in (*fields, *ends) if one not in own)]
    known = set(drawn)
    for one in own:
        above = said.iris(one, "rdfs:subClassOf")
        targets = tuple(each.value for each in above if each in known)
        if above:
            kind = Value(interface_text(reader, "kind of"))
            values = tuple(viewer.link(each.value) for each in above)
            fields[one].insert(0, Field(kind, values, targets))
    found = [
        Node(one.value, _name(one, viewer, reader), short_name(one.value, prefixes), tuple(fields[one]), one in own)
        for one in dict.fromkeys(drawn)
    ]
    found.sort(key=lambda node: (-len(node.fields), node.name.text, node.iri))
    kept = {node.iri for node in found[:MOST]}
    return [replace(node, fields=tuple(_within(one, kept) for one in node.fields)) for node in found[:MOST]]


def short_name(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI as the site's prefixes write it, else as the engine's do."""
    for prefix, namespace in prefixes.items():
        local = iri.removeprefix(namespace)
        if local != iri and "/" not in local and "#" not in local:
            return f"{prefix}:{local}"
    return shorten(iri) or iri


def _field(relation: Relation, viewer: Viewer) -> Field:
    values = tuple(viewer.link(one.value) for one in relation.objects)
    return Field(
        viewer.link(relation.property.value),
        values,
        tuple(one.value for one in relation.objects) if relation.leads else (),
    )


def _within(field: Field, kept: set[str]) -> Field:
    return replace(field, targets=tuple(one for one in field.targets if one in kept))


def _name(one: NamedNode, viewer: Viewer, reader: Reader) -> Value:
    return Value(interface_text(reader, "anything")) if one.value == ANYTHING else viewer.link(one.value)
