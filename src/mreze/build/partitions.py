"""Statistics as VoID says them: sizes, and the parts of a dataset by class, property, datatype and language.

https://www.w3.org/TR/void/#class-property-partitions; what VoID has no terms for is said in its extension
http://ldf.fi/void-ext#, which editors read to complete a query.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from mreze.build.graphs import fragment
from mreze.build.statistics import Links, Statistics
from mreze.build.vocabularies import split
from mreze.namespaces import term


def sizes(dataset: NamedNode, found: Statistics) -> Iterator[Triple]:
    """How large a dataset is, and which vocabularies it uses."""
    counts = {
        "void:triples": found.triples,
        "void:entities": found.entities,
        "void:classes": len(found.classes),
        "void:properties": len(found.properties),
        "void:distinctSubjects": found.subjects,
        "void:distinctObjects": found.objects,
    }
    for name, number in counts.items():
        yield Triple(dataset, term(name), integer(number))
    if found.example:
        yield Triple(dataset, term("void:exampleResource"), found.example)
    # All of them: readers take it that a property of no vocabulary in this list is not in the dataset.
    for namespace in {split(one.value)[0] for one in (*found.classes, *found.properties)}:
        yield Triple(dataset, term("void:vocabulary"), NamedNode(namespace))


def partitions(dataset: NamedNode, stem: str, found: Statistics, prefixes: Mapping[str, str]) -> Iterator[Triple]:
    """The parts of a dataset.

    Args:
        dataset: what they are parts of.
        stem: what the IRIs of the parts begin with.
        found: the numbers.
        prefixes: for the names of the parts.
    """
    for name, count in found.classes.items():
        part = NamedNode(f"{stem}class-{fragment(name.value, prefixes)}")
        yield from _part(dataset, "void:classPartition", part, "void:class", name)
        yield Triple(part, term("void:entities"), integer(count))
    for name, used in found.properties.items():
        part = NamedNode(f"{stem}property-{fragment(name.value, prefixes)}")
        yield from _part(dataset, "void:propertyPartition", part, "void:property", name)
        yield Triple(part, term("void:triples"), integer(used.triples))
        yield Triple(part, term("void:distinctSubjects"), integer(used.subjects))
        yield Triple(part, term("void:distinctObjects"), integer(used.objects))
    yield from _datatypes(dataset, stem, found.datatypes, prefixes)
    for tag, count in found.languages.items():
        part = NamedNode(f"{stem}language-{tag}")
        yield from _part(dataset, "voidext:languagePartition", part, "voidext:language", Literal(tag))
        yield Triple(part, term("void:triples"), integer(count))


def links(
    stem: str, found: Mapping[NamedNode, Mapping[NamedNode, Links]], prefixes: Mapping[str, str]
) -> Iterator[Triple]:
    """What the things of each class say: the parts of the parts by class, which `partitions` gave."""
    for kind, properties in found.items():
        whole = NamedNode(f"{stem}class-{fragment(kind.value, prefixes)}")
        for name, leading in properties.items():
            part = NamedNode(f"{whole.value}.property-{fragment(name.value, prefixes)}")
            yield from _part(whole, "void:propertyPartition", part, "void:property", name)
            yield Triple(part, term("void:triples"), integer(leading.triples))
            for end, count in leading.classes.items():
                last = NamedNode(f"{part.value}.class-{fragment(end.value, prefixes)}")
                yield from _part(part, "void:classPartition", last, "void:class", end)
                yield Triple(last, term("void:triples"), integer(count))
            yield from _datatypes(part, part.value + ".", leading.datatypes, prefixes)


def integer(number: int) -> Literal:
    """A count."""
    return Literal(str(number), datatype=term("xsd:integer"))


def _datatypes(
    dataset: NamedNode, stem: str, found: Mapping[NamedNode, int], prefixes: Mapping[str, str]
) -> Iterator[Triple]:
    for name, count in found.items():
        part = NamedNode(f"{stem}datatype-{fragment(name.value, prefixes)}")
        yield from _part(dataset, "voidext:datatypePartition", part, "voidext:datatype", name)
        yield Triple(part, term("void:triples"), integer(count))


def _part(
    dataset: NamedNode, relation: str, part: NamedNode, property_: str, value: NamedNode | Literal
) -> Iterator[Triple]:
    # Like the examples of VoID a part has no type: whoever lists datasets wants the wholes.
    yield Triple(dataset, term(relation), part)
    yield Triple(part, term(property_), value)
