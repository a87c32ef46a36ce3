"""What there is to tell of a thing: its properties, those of the parts that are folded into it, and claims of these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from mreze.namespaces import RDF_TYPE, term
from mreze.serve.view import STATEMENT, Node, Viewer

_FOLDED: Final = tuple(
    term(one) for one in ("time:Instant", "time:Interval", "time:ProperInterval", "geo:Geometry", "sf:Point")
)
"""Classes of parts that are nothing but a way to write a value: their rows stand among those of the thing."""
EXACTLY: Final = frozenset(
    term(one)
    for one in ("time:inXSDgYear", "time:inXSDgYearMonth", "time:inXSDDate", "time:inXSDDateTimeStamp", "geo:asWKT")
)
BOUNDS: Final = frozenset({term("time:before"), term("time:after")})
_DEEPEST: Final = 4


@dataclass(frozen=True, slots=True)
class Leaf:
    """A property of the thing, or of a part that is folded into it, with its values."""

    subject: str
    key: NamedNode | None
    """The property; None for the value that a part is nothing but a way to write."""
    path: tuple[NamedNode, ...]
    pairs: tuple[tuple[NamedNode, Node], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What a source states."""

    iri: str
    objects: tuple[Node, ...]


Key = tuple[str, NamedNode | None]


class Leaves:
    """Collects them for one thing."""

    def __init__(self, viewer: Viewer, thing: str, parts: Iterable[str]) -> None:
        """Prepare.

        Args:
            viewer: knows what is said.
            thing: what is told of.
            parts: of the thing.
        """
        self._viewer, self._thing = viewer, thing
        self._claims: defaultdict[Key, list[Claim]] = defaultdict(list)
        for one in sorted(parts):
            if viewer.is_of(one, STATEMENT):
                self._take(one)

    @property
    def claims(self) -> Mapping[Key, list[Claim]]:
        """The claims, by what they are of."""
        return self._claims

    def by_key(self) -> dict[Key, Leaf]:
        """The properties; one that is only claimed has no values."""
        leaves = {(one.subject, one.key): one for one in self._leaves(self._thing, ())}
        for key in self._claims.keys() - leaves.keys():
            leaves[key] = Leaf(*key, (key[1],) if key[1] else (term("rdf:value"),))
        return leaves

    def _take(self, iri: str) -> None:
        said = self._viewer.said(iri)
        for subject in said.get(term("rdf:subject"), []):
            for predicate in said.get(term("rdf:predicate"), []):
                if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode):
                    claim = Claim(iri, tuple(said.get(term("rdf:object"), [])))
                    self._claims[subject.value, self._key(subject.value, predicate)].append(claim)

    def _key(self, subject: str, predicate: NamedNode) -> NamedNode | None:
        direct = subject != self._thing and predicate in EXACTLY | BOUNDS
        return None if direct and self._viewer.is_of(subject, *_FOLDED) else predicate

    def _leaves(self, iri: str, path: tuple[NamedNode, ...]) -> Iterator[Leaf]:
        direct: list[tuple[NamedNode, Node]] = []
        for predicate, objects in self._viewer.said(iri).items():
            if predicate == RDF_TYPE or (path and objects == [NamedNode(self._thing)]):
                continue
            if self._key(iri, predicate) is None:
                direct += [(predicate, one) for one in objects]
                continue
            folded = [one for one in objects if self._is_folded(one, path)]
            rest = [(predicate, one) for one in objects if one not in folded and not self._is_claim(one)]
            if rest:
                yield Leaf(iri, predicate, (*path, predicate), tuple(rest))
            for one in folded:
                if isinstance(one, NamedNode):
                    yield from self._leaves(one.value, (*path, predicate))
        if direct:
            yield Leaf(iri, None, path, tuple(direct))

    def _is_folded(self, node: Node, path: tuple[NamedNode, ...]) -> bool:
        own = isinstance(node, NamedNode) and node.value.startswith(self._thing + "#")
        return own and len(path) < _DEEPEST and self._viewer.is_of(str(getattr(node, "value", "")), *_FOLDED)

    def _is_claim(self, node: Node) -> bool:
        return isinstance(node, NamedNode) and self._viewer.is_of(node.value, STATEMENT)
