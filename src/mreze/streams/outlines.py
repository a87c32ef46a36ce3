"""What a graph says without its nodes, and the pattern that it has in Turtle and in JSON-LD."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final, NamedTuple

from mreze.namespaces import RDF_TYPE
from mreze.streams.jsonld import Term
from mreze.streams.nodes import Kind
from mreze.streams.patterns import Draft, Pattern

Block = tuple[Sequence[str], Sequence[str]]
"""The predicates of a subject; and that subject, then the object of each; as N-Triples writes them."""
TYPE: Final = str(RDF_TYPE)
_INDENT: Final = "    "
_NOTHING: Final = ("", "")


class Place(NamedTuple):
    """Where a node stands: its number among those of the block."""

    number: int
    kind: Kind


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A block without its nodes; blocks of one form have the same object."""

    own: Place
    said: Mapping[str, Sequence[Place]]
    """By predicate."""
    size: int
    """How many nodes there are."""


def outlines(blocks: Iterable[Block], kinds: Sequence[Kind]) -> list[Outline]:
    """The outline of each block of a graph.

    Args:
        blocks: the blocks.
        kinds: those of their nodes.
    """
    known: dict[object, Outline] = {}
    found, start = list[Outline](), 0
    for predicates, nodes in blocks:
        own = kinds[start : start + len(nodes)]
        form = tuple(predicates), own
        if form not in known:
            known[form] = _outline(predicates, own)
        found.append(known[form])
        start += len(nodes)
    return found


def _outline(predicates: Iterable[str], kinds: Sequence[Kind]) -> Outline:
    own, *values = map(Place, count(), kinds)
    said = defaultdict[str, list[Place]](list)
    for predicate, value in zip(predicates, values, strict=True):
        said[predicate].append(value)
    return Outline(own, said, len(kinds))


def turtle_pattern(graph: Iterable[Outline], names: Mapping[str, str], *, inner: bool) -> Pattern:
    """The blocks as `mreze.streams.turtle` writes them, with a line between them.

    Args:
        graph: the blocks.
        names: what predicates are written as, but `rdf:type`.
        inner: whether they are indented.
    """
    start = _INDENT if inner else ""
    return _pattern(graph, "\n", lambda draft, block: _write_block(draft, block, names, start))


def json_pattern(graph: Iterable[Outline], terms: Mapping[str, Term], *, inner: bool) -> Pattern:
    """The nodes as `mreze.streams.jsonld` writes them, in a line if they are in a graph with a name, else in one each.

    Args:
        graph: the blocks.
        terms: how the values of predicates are written.
        inner: whether the graph has a name.
    """
    return _pattern(graph, ", " if inner else ",\n", lambda draft, block: _write_node(draft, block, terms))


def _pattern(graph: Iterable[Outline], between: str, write: Callable[[Draft, Outline], None]) -> Pattern:
    whole, known, start = Draft(), dict[Outline, Draft](), 0
    for block in graph:
        if block not in known:
            known[block] = Draft()
            write(known[block], block)
        whole.write(between if start else "")
        whole.add(known[block], start)
        start += block.size
    return whole.pattern()


def _write_block(draft: Draft, block: Outline, names: Mapping[str, str], start: str) -> None:
    draft.write(start)
    draft.leave(block.own.number)
    draft.write("\n")
    # Lines are what is ordered: a space follows the name.
    for predicate in sorted(block.said, key=lambda it: (it != TYPE, f"{names.get(it)} ")):
        lead = f"{start}{_INDENT}{names.get(predicate, 'a')} "
        draft.write(lead)
        draft.leave_some([(place.number, _NOTHING) for place in block.said[predicate]], f" ;\n{lead}")
        draft.write(" ;\n")
    draft.write(f"{start}.\n")


def _write_node(draft: Draft, block: Outline, terms: Mapping[str, Term]) -> None:
    draft.write('{"@id": ')
    draft.leave(block.own.number)
    said = dict(block.said)
    if types := [one for one in said.get(TYPE, ()) if one.kind.common == "<"]:
        draft.write(', "@type": ')
        _write_list(draft, types)
        said[TYPE] = [one for one in said[TYPE] if one.kind.common != "<"]
    for predicate in sorted((one for one in said if said[one]), key=lambda it: f"{terms[it].key}: "):
        draft.write(f", {terms[predicate].key}: ")
        _write_values(draft, said[predicate], terms[predicate])
    draft.write("}")


def _write_values(draft: Draft, values: Sequence[Place], term: Term) -> None:
    if not term.languages:
        _write_list(draft, values, whole=not term.common)
        return
    for number, common in enumerate(sorted({one.kind.common for one in values})):
        draft.write(f'{", " if number else "{"}"{common[1:]}": ')
        _write_list(draft, [one for one in values if one.kind.common == common])
    draft.write("}")


def _write_list(draft: Draft, values: Sequence[Place], *, whole: bool = False) -> None:
    """Values as one or as a list; as a `whole` each tells its datatype or language."""
    gaps = [(one.number, (one.kind.before, one.kind.after) if whole else _NOTHING) for one in values]
    draft.write("[" if len(gaps) > 1 else "")
    draft.leave_some(gaps, ", ")
    draft.write("]" if len(gaps) > 1 else "")
