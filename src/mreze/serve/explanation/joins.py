"""Patterns that find nothing alone, and those that find nothing together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from mreze.namespaces import PREFIXES, RDF_TYPE
from mreze.serve.explanation.asking import Asking, Row
from mreze.serve.explanation.known import Known
from mreze.serve.explanation.missing import Missing
from mreze.serve.explanation.patterns import Element
from mreze.serve.explanation.places import DEFAULT, Outline, Placed
from mreze.serve.store import Fitting, Store
from mreze.texts import Text, text

_LISTED: Final = 5
_BROADER: Final = re.compile(r"subClassOf|subPropertyOf|\bbroader\b", re.IGNORECASE)
_LEAVING: Final = re.compile(r"\b(?:LIMIT|OFFSET|HAVING)\b", re.IGNORECASE)
_SHORT: Final = 300
_ORDERED: Final = re.compile(r"[?$]\w+\s*[<>]=?|[<>]=?\s*[?$]\w+")
_DATES: Final = frozenset(PREFIXES["xsd"] + name for name in ("date", "dateTime", "gYear", "gYearMonth"))


def check_patterns(outline: Outline, known: Known, store: Store) -> Iterator[Missing]:
    """Tell which patterns find nothing, whatever else is asked."""
    for placed in outline.patterns:
        pattern = placed.pattern
        fitting = _fitting(placed)
        if not placed.required or fitting is None or any(store.holds(fitting, one) for one in placed.graphs):
            continue
        elsewhere = [one for one in known.graphs if store.holds(fitting, one)]
        message = text("Nothing fits this pattern, even alone: {pattern}", pattern=pattern.shown)
        similar = None
        if elsewhere:
            message = _elsewhere(pattern.shown, elsewhere, placed)
        elif (turned := _turned(placed, store)) is not None:
            similar = turned
            message = text("Nothing fits this pattern; the other way round it does: {pattern}", pattern=pattern.shown)
        yield Missing(pattern.shown, "pattern", message, similar, is_iri=False)


def check_graphs(outline: Outline) -> Iterator[Missing]:
    """Tell where a dataset has no graph for a pattern."""
    clause = outline.clause
    if clause.named and not clause.default and any(one.graphs == () for one in outline.patterns if one.required):
        message = text("Graphs are named with FROM NAMED only: outside of GRAPH there is nothing to find.")
        yield Missing("FROM NAMED", "graph", message, "FROM", is_iri=False)
    if clause.default and not clause.named and outline.graphs:
        message = text("Graphs are named with FROM only: for GRAPH there is none.")
        yield Missing("FROM", "graph", message, "FROM NAMED", is_iri=False)


def check_classes(outline: Outline, known: Known) -> Iterator[Missing]:
    """Tell which classes and properties never meet in one thing."""
    kinds: dict[str, list[str]] = {}
    asked = [one for one in outline.patterns if one.required and one.graphs == (DEFAULT,)]
    for placed in asked:
        if placed.pattern.verb.node == RDF_TYPE and placed.pattern.object.iri:
            kinds.setdefault(placed.pattern.subject.text, []).append(placed.pattern.object.iri)
    for placed in asked:
        verb = placed.pattern.verb.iri
        for kind in kinds.get(placed.pattern.subject.text, ()) if verb else ():
            others = sorted(one for one, property_ in known.pairs if property_ == verb)
            if verb is not None and others and kind not in others and kind in {one for one, _ in known.pairs}:
                yield _apart(kind, verb, others)


async def check_together(outline: Outline, asking: Asking) -> Missing | None:
    """Tell which part of the query takes the last answers away; None where that cannot be found out.

    Raises:
        OutOfTime: it takes too long.
    """
    elements = [one for one in outline.query.where.elements if one.kind != "filter"]
    elements += [one for one in outline.query.where.elements if one.kind == "filter"]
    if not elements or any(one.kind == "service" for one in outline.query.where.walk()):
        return None
    rows = await _first(outline, elements, asking)
    if rows:
        return _left(outline)
    # The answers to more parts are never more: the first part that leaves none is found by halving.
    low, high = 0, len(elements)
    sample: list[Row] = [{}]
    while high - low > 1:
        middle = (low + high) // 2
        rows = await _first(outline, elements[:middle], asking)
        low, high, sample = (middle, high, rows) if rows else (low, middle, sample)
    return _last(elements[low], sample[0]) if low or elements[0].kind == "filter" else _alone(elements[0])


def check_inference(outline: Outline) -> Iterator[Missing]:
    """Say of paths along subclasses that nothing is inferred."""
    for placed in outline.patterns:
        if placed.pattern.path and _BROADER.search(placed.pattern.verb.text):
            message = text(
                "Nothing is inferred here: {path} follows only what is written. A thing has its classes itself.",
                path=placed.pattern.verb.text,
            )
            yield Missing(placed.pattern.verb.text, "inference", message, is_iri=False, settles=False)
            return


def _fitting(placed: Placed) -> Fitting | None:
    """The pattern for the store; None where it is a path, or there is nothing to look for."""
    pattern = placed.pattern
    terms = (pattern.subject, pattern.verb, pattern.object)
    variables = [one.text for one in terms if one.kind == "variable"]
    if pattern.path or len(set(variables)) < len(variables) or len(variables) == len(terms):
        return None
    subject, verb = pattern.subject.node, pattern.verb.node
    if isinstance(subject, ox.Literal) or isinstance(verb, ox.Literal):
        return None
    return subject, verb, pattern.object.node


def _turned(placed: Placed, store: Store) -> str | None:
    pattern = placed.pattern
    subject, verb, value = pattern.subject.node, pattern.verb.node, pattern.object.node
    if not isinstance(verb, ox.NamedNode) or isinstance(subject, ox.Literal) or isinstance(value, ox.Literal):
        return None
    turned = (value, verb, subject)
    if (subject is None) == (value is None) or not any(store.holds(turned, one) for one in placed.graphs):
        return None
    return f"{pattern.object.text} {pattern.verb.text} {pattern.subject.text}"


def _elsewhere(pattern: str, graphs: list[str], placed: Placed) -> Text:
    graph = graphs[0]
    if placed.graphs == (DEFAULT,):
        return text("This is only in the graph <{graph}>, ask GRAPH <{graph}>: {pattern}", graph=graph, pattern=pattern)
    if DEFAULT in graphs:
        return text("This is not in the graph that is asked, but where no graph is named: {pattern}", pattern=pattern)
    return text("This is not in the graph that is asked, but in <{graph}>: {pattern}", graph=graph, pattern=pattern)


def _apart(kind: str, verb: str, others: list[str]) -> Missing:
    message = text(
        "No thing of the class <{kind}> has the property <{property}>; things of these classes have it: {others}.",
        kind=kind,
        property=verb,
        others=", ".join(f"<{one}>" for one in others[:_LISTED]) + (" …" if len(others) > _LISTED else ""),
    )
    return Missing(verb, "combination", message, others[0])


def _alone(element: Element) -> Missing:
    shown = _shown(element)
    return Missing(
        shown, "pattern", text("Nothing fits this pattern, even alone: {pattern}", pattern=shown), is_iri=False
    )


def _shown(element: Element) -> str:
    shown = element.pattern.shown if element.pattern else " ".join(element.text.split())
    return shown if len(shown) <= _SHORT else shown[:_SHORT] + " …"


def _last(element: Element, sample: Row) -> Missing:
    shown = _shown(element)
    terms = element.pattern.terms if element.pattern else element.terms
    names = [one.variable for one in terms if one.variable in sample and not one.is_blank]
    values = ", ".join(f"?{name} = {_value(sample[name])}" for name in dict.fromkeys(names) if name)
    if element.kind != "filter":
        message = text("There are answers until this is asked too: {part}", part=shown)
        if values:
            message = text(
                "There are answers until this is asked too: {part} – until then, for example, {sample}.",
                part=shown,
                sample=values,
            )
        return Missing(shown, "combination", message, is_iri=False)
    message = text("No answer fulfils this condition: {condition}", condition=shown)
    if values:
        message = text(
            "No answer fulfils this condition: {condition} – without it there is, for example, {sample}.",
            condition=shown,
            sample=values,
        )
    if (mixed := _mixed(element, sample)) is not None:
        name, datatype = mixed
        message = text(
            "No answer fulfils this condition: {condition} – there is, for example, {sample}: values of different "
            "types are never greater or less. Compare numbers, xsd:integer(SUBSTR(STR(?{name}), 1, 4)) for the year of "
            "a <{datatype}>.",
            condition=shown,
            sample=values,
            name=name,
            datatype=datatype,
        )
    return Missing(shown, "condition", message, is_iri=False)


def _mixed(element: Element, sample: Row) -> tuple[str, str] | None:
    """A variable with a date that is compared with a number, or with a date of another type."""
    literals = {one.node.datatype.value for one in element.terms if isinstance(one.node, ox.Literal)}
    for one in element.terms:
        datatype = sample.get(one.variable or "", {}).get("datatype", "")
        if (
            one.variable
            and datatype in _DATES
            and literals
            and datatype not in literals
            and _ORDERED.search(element.text)
        ):
            return one.variable, datatype
    return None


def _left(outline: Outline) -> Missing | None:
    """Where the patterns have answers, what follows them must have left none."""
    found = _LEAVING.search(outline.query.modifiers)
    if found is None:
        return None
    shown = " ".join(outline.query.modifiers.split())
    message = text("The patterns have answers; what follows them leaves none: {modifiers}", modifiers=shown)
    return Missing(shown, "modifier", message, is_iri=False)


async def _first(outline: Outline, elements: list[Element], asking: Asking) -> list[Row]:
    parts = " .\n".join(one.pattern.text if one.pattern else one.text for one in elements)
    query = f"{outline.query.prologue}\nSELECT * WHERE {{\n{parts}\n}} LIMIT 1"
    return await asking.rows(query, outline.clause.default, outline.clause.named)


def _value(binding: dict[str, str]) -> str:
    if binding["type"] == "uri":
        return f"<{binding['value']}>"
    language, datatype = binding.get("xml:lang"), binding.get("datatype")
    return f'"{binding["value"]}"' + (f"@{language}" if language else f"^^<{datatype}>" if datatype else "")
