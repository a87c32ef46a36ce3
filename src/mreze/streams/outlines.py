"""What a graph says without its nodes, and the pattern that it has in Turtle and in JSON-LD."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    """Where a node stands: its number among all of the graph."""

    number: int
    kind: Kind


class Outline(NamedTuple):
    """A block without its nodes."""

    own: Place
    said: dict[str, list[Place]]
    """By predicate."""


def outlines(blocks: Iterable[Block], kinds: Iterable[Kind]) -> Iterator[Outline]:
    """The outlines of the blocks of a graph.

    Args:
        blocks: the blocks.
        kinds: those of their nodes.
    """
    places = map(Place, count(), kinds)
    for predicates, _ in blocks:
        own, said = next(places), defaultdict[str, list[Place]](list)
        for predicate in predicates:
            said[predicate].append(next(places))
        yield Outline(own, said)


def turtle_pattern(graph: Sequence[Outline], names: Mapping[str, str], *, inner: bool) -> Pattern:
    """The blocks as `mreze.streams.turtle` writes them, with a line between them.

    Args:
        graph: the blocks.
        names: what predicates are written as, but `rdf:type`.
        inner: whether they are indented.
    """
    start = _INDENT if inner else ""
    draft = Draft()
    for number, one in enumerate(graph):
        draft.say(f"\n{start}" if number else start)
        draft.leave(one.own.number)
        draft.say("\n")
        # Lines are what is ordered: a space follows the name.
        for predicate in sorted(one.said, key=lambda it: (it != TYPE, f"{names.get(it)} ")):
            lead = f"{start}{_INDENT}{names.get(predicate, 'a')} "
            draft.say(lead)
            draft.leave_some([(place.number, _NOTHING) for place in one.said[predicate]], f" ;\n{lead}")
            draft.say(" ;\n")
        draft.say(f"{start}.\n")
    return draft.pattern()


def json_pattern(graph: Sequence[Outline], terms: Mapping[str, Term], *, inner: bool) -> Pattern:
    """The nodes as `mreze.streams.jsonld` writes them, in a line if they are in a graph with a name, else in one each.

    Args:
        graph: the blocks.
        terms: how the values of predicates are written.
        inner: whether the graph has a name.
    """
    draft = Draft()
    for number, one in enumerate(graph):
        draft.say((", " if inner else ",\n") if number else "")
        _say_node(draft, one, terms)
    return draft.pattern()


def _say_node(draft: Draft, block: Outline, terms: Mapping[str, Term]) -> None:
    draft.say('{"@id": ')
    draft.leave(block.own.number)
    said = dict(block.said)
    if types := [one for one in said.get(TYPE, ()) if one.kind.common == "<"]:
        draft.say(', "@type": ')
        _say_list(draft, types)
        said[TYPE] = [one for one in said[TYPE] if one.kind.common != "<"]
    for predicate in sorted((one for one in said if said[one]), key=lambda it: f"{terms[it].key}: "):
        draft.say(f", {terms[predicate].key}: ")
        _say_values(draft, said[predicate], terms[predicate])
    draft.say("}")


def _say_values(draft: Draft, values: Sequence[Place], term: Term) -> None:
    if not term.languages:
        _say_list(draft, values, whole=not term.common)
        return
    for number, common in enumerate(sorted({one.kind.common for one in values})):
        draft.say(f'{", " if number else "{"}"{common[1:]}": ')
        _say_list(draft, [one for one in values if one.kind.common == common])
    draft.say("}")


def _say_list(draft: Draft, values: Sequence[Place], *, whole: bool = False) -> None:
    """Values as one or as a list; as a `whole` each tells its datatype or language."""
    gaps = [(one.number, (one.kind.before, one.kind.after) if whole else _NOTHING) for one in values]
    draft.say("[" if len(gaps) > 1 else "")
    draft.leave_some(gaps, ", ")
    draft.say("]" if len(gaps) > 1 else "")
