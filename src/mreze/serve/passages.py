"""The passages of a source: its words, what was read from them, and the claims that rest on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pyoxigraph import NamedNode, Triple

from mreze.namespaces import RDF_TYPE, term
from mreze.serve.leaves import BOUNDS, EXACTLY
from mreze.serve.store import Store
from mreze.serve.view import QUOTED, STATEMENT, Quote, Value, Viewer

_SUBJECT, _PREDICATE, _OBJECT = (term(f"rdf:{one}") for one in ("subject", "predicate", "object"))
_SOURCE: Final = term("oa:hasSource")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a source."""

    quote: Quote
    claims: tuple[Value, ...]
    """What rests on them, each linked: a claim, or another part of the thing."""


@dataclass(frozen=True, slots=True)
class Passages:
    """Words of a source, and the thing of which something was read from them."""

    thing: Value
    listed: tuple[Passage, ...]


def read_passages(store: Store, viewer: Viewer, incoming: Iterable[Triple]) -> tuple[Passages, ...]:
    """The passages of a source by thing, the same words once.

    Args:
        store: where quotes and claims are described.
        viewer: learns them.
        incoming: what points to the source.
    """
    subjects = [one.subject for one in incoming if one.predicate == _SOURCE]
    quotes = sorted({one for one in subjects if isinstance(one, NamedNode)}, key=lambda one: one.value)
    if not quotes:
        return ()
    found = store.outgoing(quotes)
    selectors = {one.object for one in found if one.predicate == term("oa:hasSelector")}
    viewer.add(found | store.outgoing(one for one in selectors if isinstance(one, NamedNode)))
    resting = _Resting(store, viewer, quotes)
    passages = []
    for whole, parts in groupby(quotes, key=lambda one: one.value.partition("#")[0]):
        listed = tuple(_listed(viewer, resting, parts))
        if listed:
            passages.append(Passages(viewer.link(whole), listed))
    return tuple(sorted(passages, key=lambda one: one.thing.text.casefold()))


def _listed(viewer: Viewer, resting: _Resting, quotes: Iterable[NamedNode]) -> Iterator[Passage]:
    by_words: dict[str, tuple[Quote, dict[str, Value]]] = {}
    for one in quotes:
        quote = viewer.value(one.value, one).quote
        if quote is not None:
            claims = by_words.setdefault(quote.words, (quote, {}))[1]
            claims |= {claim.href or claim.text: claim for claim in resting.on(one)}
    return (Passage(quote, tuple(claims.values())) for quote, claims in by_words.values())


class _Resting:
    """Knows what rests on quotes."""

    def __init__(self, store: Store, viewer: Viewer, quotes: Iterable[NamedNode]) -> None:
        self._viewer = viewer
        self._by_quote: defaultdict[object, list[NamedNode]] = defaultdict(list)
        for one in store.incoming(quotes):
            if isinstance(one.subject, NamedNode) and "#" in one.subject.value:
                self._by_quote[one.object].append(one.subject)
        parts = {one for several in self._by_quote.values() for one in several}
        said = store.outgoing(parts)
        viewer.add(said)
        self._led: dict[object, NamedNode] = {}
        moments = {one.object for one in said if one.predicate == _SUBJECT and "#" in str(one.object)}
        for one in store.incoming(moment for moment in moments if isinstance(moment, NamedNode)):
            if one.predicate != _SUBJECT:
                self._led[one.object] = one.predicate
        named = {one.object for one in said if one.predicate in {_PREDICATE, _OBJECT, RDF_TYPE}}
        viewer.learn(store.labels({one for one in {*named, *self._led.values()} if isinstance(one, NamedNode)}))

    def on(self, quote: NamedNode) -> Iterator[Value]:
        """What rests on a quote: claims as property and value, other parts as what they are."""
        for part in sorted(self._by_quote[quote], key=lambda one: one.value):
            if self._viewer.is_of(part.value, STATEMENT):
                yield self._claim(part)
            elif not self._viewer.is_of(part.value, QUOTED):
                kinds = [one.text for one in self._viewer.kinds(part.value)]
                yield self._linked(part, kinds[0] if kinds else part.value.partition("#")[2])

    def _claim(self, claim: NamedNode) -> Value:
        said = self._viewer.said(claim.value)
        about = next(iter(said.get(_SUBJECT, [])), None)
        names = [self._property(one, about) for one in said.get(_PREDICATE, []) if isinstance(one, NamedNode)]
        values = [self._viewer.value(claim.value, one).text for one in said.get(_OBJECT, [])]
        return self._linked(claim, f"{', '.join(names)}: {', '.join(values)}")

    def _property(self, predicate: NamedNode, about: object) -> str:
        """What is nothing but a way to write a value is called by what leads to it."""
        folded = predicate in EXACTLY | BOUNDS and about in self._led
        return self._viewer.label((self._led[about] if folded else predicate).value).text

    def _linked(self, part: NamedNode, text: str) -> Value:
        return Value(text, self._viewer.link(part.value).href, title=part.value)
