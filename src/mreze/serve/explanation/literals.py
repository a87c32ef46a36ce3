"""Texts and numbers that stand in the data otherwise: in another language, of another type, of another property."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from mreze.namespaces import PREFIXES
from mreze.serve.explanation.known import Known
from mreze.serve.explanation.missing import Missing
from mreze.serve.explanation.patterns import Element
from mreze.serve.explanation.places import Outline, Placed, elements
from mreze.serve.explanation.terms import Term
from mreze.serve.store import Store
from mreze.texts import text

_EQUAL: Final = re.compile(r"FILTER\s*\(\s*(?:[?$]\w+\s*=\s*[^()&|!]+|[^()&|!=]+=\s*[?$]\w+)\)", re.IGNORECASE)
"""A condition that compares a variable with one value and does nothing else."""
_STRINGS: Final = frozenset({PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString"})
_LISTED, _TRIED = 6, 10


def check_literals(outline: Outline, known: Known, store: Store) -> Iterator[Missing]:
    """Tell which literals do not stand where they are asked for, and how they stand there."""
    told: set[str] = set()
    for placed, value, required in _values(outline):
        if value.text in told or len(told) >= _TRIED or not isinstance(value.node, ox.Literal):
            continue
        if any(_holds(store, placed, value.node, graph) for graph in placed.graphs):
            continue
        language = value.node.language
        if language is not None and not known.is_language(language):
            continue  # that is told of the language
        told.add(value.text)
        found = _missing(placed, value, known, store)
        if found is not None:
            message, similar = found
            yield Missing(value.text, "literal", message, similar, is_iri=False, settles=required)


def _values(outline: Outline) -> Iterator[tuple[Placed, Term, bool]]:
    """The literals of a query, each with the pattern that it is to fit."""
    objects: dict[str, list[Placed]] = {}
    for placed in outline.patterns:
        yield placed, placed.pattern.object, placed.required
        objects.setdefault(placed.pattern.object.variable or "", []).append(placed)
    for element in elements(outline.query, "values"):
        for row in element.rows:
            for variable, value in zip(element.variables, row, strict=False):
                for placed in objects.get(variable, ()) if value is not None else ():
                    yield placed, value, len(element.rows) == 1 and placed.required  # type: ignore[misc]  # None is excluded above
    for element in elements(outline.query, "filter"):
        for variable, value in _compared(element):
            yield from ((placed, value, placed.required) for placed in objects.get(variable, ()))


def _compared(element: Element) -> Iterator[tuple[str, Term]]:
    variables = [one.variable for one in element.terms if one.variable]
    values = [one for one in element.terms if one.kind == "literal"]
    if len(variables) == len(values) == 1 and _EQUAL.fullmatch(element.text):
        yield variables[0], values[0]


def _missing(placed: Placed, value: Term, known: Known, store: Store) -> tuple[dict[str, str], str | None] | None:
    assert isinstance(value.node, ox.Literal)  # noqa: S101 - see the caller
    others = [one for one in _variants(value.node, known) if one != value.node]
    there = [one for one in others if any(_holds(store, placed, one, graph) for graph in placed.graphs)]
    if there:
        shown = [_shown(one, known) for one in there[:_LISTED]]
        message = text("{literal} does not stand there, but {found} does.", literal=value.text, found=", ".join(shown))
        return message, shown[0]
    verb = placed.pattern.verb.iri
    anywhere = [one for one in (value.node, *others) if store.holds((None, None, one), None)]
    if verb is not None and anywhere:
        other = next((one for one in sorted(known.names["property"]) if _is_value(one, anywhere[0], store)), None)
        if other is not None:
            shown_value = _shown(anywhere[0], known)
            message = text(
                "{literal} is no value of <{property}>; {found} is one of <{other}>.",
                literal=value.text, property=verb, found=shown_value, other=other,
            )  # fmt: skip
            return message, None
    if anywhere:
        return None
    if value.node.datatype.value in _STRINGS:
        return text(
            "{literal} stands nowhere in this release. Texts are compared letter by letter; CONTAINS and REGEX find "
            "a part.",
            literal=value.text,
        ), None
    return text("{literal} stands nowhere in this release.", literal=value.text), None


def _variants(literal: ox.Literal, known: Known) -> Iterator[ox.Literal]:
    """The same letters as a plain text, in every language and of every type that the release has; then capitals."""
    value = literal.value
    for spelt in dict.fromkeys((value, value.strip(), value.capitalize(), value.title(), value.upper(), value.lower())):
        yield ox.Literal(spelt)
        for tag in sorted(known.names["language"]):
            yield ox.Literal(spelt, language=tag)
    for datatype in sorted(known.names["datatype"] - _STRINGS):
        yield ox.Literal(value, datatype=ox.NamedNode(datatype))


def _holds(store: Store, placed: Placed, literal: ox.Literal, graph: str | None) -> bool:
    subject, verb = placed.pattern.subject.node, placed.pattern.verb.node
    return store.holds(
        (
            subject if isinstance(subject, ox.NamedNode) else None,
            verb if isinstance(verb, ox.NamedNode) else None,
            literal,
        ),
        graph,
    )


def _is_value(property_: str, literal: ox.Literal, store: Store) -> bool:
    return store.holds((None, ox.NamedNode(property_), literal), None)


def _shown(literal: ox.Literal, known: Known) -> str:
    """A literal as it can stand in a query."""
    if literal.datatype.value in _STRINGS:
        return str(literal)
    prefix = next((one for one, iri in known.prefixes.items() if literal.datatype.value.startswith(iri)), None)
    if prefix is None:
        return str(literal)
    local = literal.datatype.value.removeprefix(known.prefixes[prefix])
    return f"{ox.Literal(literal.value)}^^{prefix}:{local}"
