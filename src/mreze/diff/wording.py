"""A comparison as text, and the words that text and page share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from mreze.changes import Change, Kind
from mreze.diff.comparison import Comparison, Edit, Node, edits
from mreze.findings import Names
from mreze.namespaces import term
from mreze.summary import counted, summarise, total
from mreze.texts import Text, pick, text

_MARKS: Final = {Kind.CREATED: "+", Kind.UPDATED: "~", Kind.RETIRED: "†", Kind.RESTORED: "+", Kind.REMOVED: "-"}


def write_text(comparison: Comparison, language: str) -> str:
    """The comparison as text: counts first, then thing by thing, a changed value on one line."""
    counts = comparison.counts()
    lines = [pick(summarise(total(counts), comparison.old.name), language)]
    for dataset, found in counts.items():
        parts = (pick(counted(kind, found[kind]), language) for kind in Kind if found.get(kind))
        lines.append(f"  {dataset}: {', '.join(parts)}")
    blocks = ["\n".join(lines), *(_block(comparison, one, language) for one in comparison.changes)]
    return "\n\n".join(blocks) + "\n"


def became(kind: Kind) -> Text:
    """What a thing became, in a word."""
    words = {
        Kind.CREATED: text("new"),
        Kind.UPDATED: text("changed"),
        Kind.RETIRED: text("retired"),
        Kind.RESTORED: text("restored"),
        Kind.REMOVED: text("described here no more"),
    }
    return words[kind]


def label(comparison: Comparison, change: Change, language: str) -> str:
    """What the thing is called; empty if nothing says."""
    return pick(comparison.labels.get(change.thing, {}), language)


def property_of(names: Names, thing: str, edit: Edit) -> str:
    """What is different: the property, of a part after the part's name."""
    part = edit.subject.removeprefix(thing)
    return " ".join(filter(None, (part, names.shorten(edit.predicate.value))))


def shown(names: Names, node: Node) -> str:
    """A value on one line, much as Turtle has it."""
    if isinstance(node, NamedNode):
        return names.shorten(node.value)
    if not isinstance(node, Literal):
        return str(node)
    # A terminal does what it is told: what cannot be seen is escaped, as in a report.
    value = "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in node.value)
    if node.language:
        return f'"{value}"@{node.language}'
    plain = node.datatype == term("xsd:string")
    return f'"{value}"' if plain else f'"{value}"^^{names.shorten(node.datatype.value)}'


def _block(comparison: Comparison, change: Change, language: str) -> str:
    names = comparison.names
    called = label(comparison, change, language)
    title = f"{names.shorten(change.thing)} “{called}”" if called else names.shorten(change.thing)
    head = f"{_MARKS[change.kind]} {change.dataset}: {title}: {pick(became(change.kind), language)}"
    return "\n".join([head, *_lines(names, change)])


def _lines(names: Names, change: Change) -> Iterator[str]:
    for one in edits(change):
        what = property_of(names, change.thing, one)
        if one.before is None and one.after is not None:
            yield f"    + {what} {shown(names, one.after)}"
        elif one.after is None and one.before is not None:
            yield f"    - {what} {shown(names, one.before)}"
        elif one.before is not None and one.after is not None:
            yield f"    ~ {what} {shown(names, one.before)} → {shown(names, one.after)}"
