"""The manifests of a suite of SPARQL tests (https://w3c.github.io/rdf-tests/): which tests, and their files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import pyoxigraph as ox

BASE: Final = "https://suite.example/"
"""What stands for the suite's folder in IRIs."""
MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
Kind = Literal["evaluation", "positive", "negative"]
KINDS: Final[dict[str, Kind]] = {
    "QueryEvaluationTest": "evaluation",
    "CSVResultFormatTest": "evaluation",
    "PositiveSyntaxTest": "positive",
    "PositiveSyntaxTest11": "positive",
    "NegativeSyntaxTest": "negative",
    "NegativeSyntaxTest11": "negative",
}
"""The tests of queries; what else a manifest names (updates, protocols) is passed over."""
Node = ox.NamedNode | ox.BlankNode


@dataclass(frozen=True)
class Case:
    """One test."""

    name: str
    """The folder, `#`, and what the manifest calls it: unique in a suite."""
    kind: Kind
    query: Path
    base: str
    """The IRI of the query's file."""
    data: tuple[tuple[str | None, Path], ...] = ()
    """The files to query and the names of their graphs, None for the default graph."""
    result: Path | None = None
    lax: bool = False
    """Whether rows may come less often than the result has them (REDUCED)."""

    @property
    def group(self) -> str:
        """The folder."""
        return self.name.partition("#")[0]


@dataclass(frozen=True)
class _Manifest:
    folder: Path
    path: Path
    graph: ox.Store

    def cases(self) -> Iterator[Case]:
        """The tests, in the manifest's order."""
        (entries,) = (quad.object for quad in self.graph.quads_for_pattern(None, _mf("entries"), None))
        assert isinstance(entries, Node)
        for entry in self._list(entries):
            names = {_local(one) for one in self._all(entry, ox.NamedNode(RDF + "type"))}
            for name in sorted(names & KINDS.keys()):
                yield self._case(entry, KINDS[name])

    def _case(self, entry: Node, kind: Kind) -> Case:
        action = self._one(entry, _mf("action"))
        query = action if kind != "evaluation" else self._one(action, _qt("query"))
        data = [(None, self._file(one)) for one in self._all(action, _qt("data"))]
        result = self._all(entry, _mf("result"))
        return Case(
            f"{self.path.parent.relative_to(self.folder).as_posix()}#{_local(entry)}",
            kind,
            self._file(query),
            query.value,
            (*data, *(self._named(one) for one in self._all(action, _qt("graphData")))),
            self._file(result[0]) if result else None,
            lax=_mf("LaxCardinality") in self._all(entry, _mf("resultCardinality")),
        )

    def _named(self, node: Node) -> tuple[str, Path]:
        if isinstance(node, ox.NamedNode):
            return node.value, self._file(node)
        (label,) = (quad.object for quad in self.graph.quads_for_pattern(node, ox.NamedNode(LABEL), None))
        assert isinstance(label, ox.Literal)
        return label.value, self._file(self._one(node, _qt("graph")))

    def _all(self, subject: Node, predicate: ox.NamedNode) -> list[Node]:
        found = (quad.object for quad in self.graph.quads_for_pattern(subject, predicate, None))
        return [one for one in found if isinstance(one, Node)]

    def _one(self, subject: Node, predicate: ox.NamedNode) -> Node:
        (found,) = self._all(subject, predicate)
        return found

    def _list(self, node: Node) -> Iterator[Node]:
        while node != ox.NamedNode(RDF + "nil"):
            yield self._one(node, ox.NamedNode(RDF + "first"))
            node = self._one(node, ox.NamedNode(RDF + "rest"))

    def _file(self, node: Node) -> Path:
        return self.folder / node.value.removeprefix(BASE)


def read_cases(folder: Path) -> list[Case]:
    """All tests of queries that the manifests in a folder and below name."""
    found: list[Case] = []
    for path in sorted(folder.rglob("manifest.ttl")):
        graph = ox.Store()
        base = BASE + path.relative_to(folder).as_posix()
        graph.load(path.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=base)
        if any(graph.quads_for_pattern(None, _mf("entries"), None)):
            found += _Manifest(folder, path, graph).cases()
    return found


def _mf(name: str) -> ox.NamedNode:
    return ox.NamedNode(MF + name)


def _qt(name: str) -> ox.NamedNode:
    return ox.NamedNode(QT + name)


def _local(node: Node) -> str:
    return node.value.rpartition("#")[2]
