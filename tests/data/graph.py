"""The data, the catalogue and the ontology of this site, read straight from the files, without the engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import BlankNode, Dataset, Literal, NamedNode, Quad, Triple, parse

from mreze.namespaces import RDF_TYPE
from mreze.namespaces import term as standard_term

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data" / "nis"
MEMBERS = ROOT / "data" / "members"
BASE = "https://w3id.org/mreze-gradova/"
MG = BASE + "ontology#"
Node = NamedNode | BlankNode | Literal | Triple


def term(name: str) -> NamedNode:
    """The IRI of a prefixed name; `mg:` is the prefix of the site's own vocabulary."""
    return NamedNode(MG + name.removeprefix("mg:")) if name.startswith("mg:") else standard_term(name)


def thing(path: str) -> NamedNode:
    """The IRI of a thing, or of a part of one: `thing("organizations/ecad#quote-1")`."""
    return NamedNode(f"{BASE}id/{path}")


def slug(node: Node) -> str:
    """The last step of a thing's IRI, its part included."""
    return value(node).rpartition("/")[2]


def value(node: Node) -> str:
    """The IRI or the text of a node."""
    assert isinstance(node, NamedNode | Literal), f"{node} has neither IRI nor text"
    return node.value


@dataclass(frozen=True)
class Graph:
    """Triples that can be asked for what they hold."""

    quads: Dataset

    def objects(self, subject: NamedNode, predicate: str) -> list[Node]:
        """What a predicate leads to, sorted."""
        wanted = term(predicate)
        return sorted(
            (quad.object for quad in self.quads.quads_for_subject(subject) if quad.predicate == wanted), key=str
        )

    def values(self, subject: NamedNode, predicate: str) -> list[str]:
        """The same as texts."""
        return [value(one) for one in self.objects(subject, predicate)]

    def one(self, subject: NamedNode, predicate: str) -> Node:
        """What a predicate leads to, where there is exactly one."""
        found = self.objects(subject, predicate)
        assert len(found) == 1, f"{subject} has {len(found)} {predicate}"
        return found[0]

    def of_class(self, name: str) -> list[NamedNode]:
        """The things of a class, sorted."""
        quads = self.quads.quads_for_object(term(name))
        return sorted(
            (quad.subject for quad in quads if quad.predicate == RDF_TYPE and isinstance(quad.subject, NamedNode)),
            key=str,
        )

    def claims(self, subject: str, predicate: str) -> dict[str, str]:
        """What is claimed of a thing: the object of each claim, as text, with its rank."""
        found = {}
        for claim in self.of_class("mg:Claim"):
            if self.one(claim, "rdf:subject") == thing(subject) and self.one(claim, "rdf:predicate") == term(predicate):
                found[value(self.one(claim, "rdf:object"))] = value(self.one(claim, "mg:rank")).removeprefix(MG)
        return found


def read(path: Path) -> list[Quad]:
    """The triples of one Turtle file."""
    return list(parse(path=path))


def graph_of(paths: Iterable[Path]) -> Graph:
    """The triples of several files together."""
    return Graph(Dataset(quad for path in paths for quad in read(path)))


def data_files() -> list[Path]:
    """The Turtle files of the dataset `nis`."""
    return sorted(DATA.rglob("*.ttl"))


def member_files() -> list[Path]:
    """The lists and the Turtle files of the dataset `members`."""
    return sorted([*MEMBERS.glob("*.nt"), *MEMBERS.rglob("*.ttl")])


@cache
def nis() -> Graph:
    """The dataset `nis`."""
    return graph_of(data_files())


@cache
def members() -> Graph:
    """The dataset `members`."""
    return graph_of(member_files())


@cache
def everything() -> Graph:
    """The datasets, the catalogue and the ontology."""
    site = [ROOT / "data" / "catalog.ttl", *sorted((ROOT / "ontology").glob("*.ttl"))]
    return graph_of([*data_files(), *member_files(), *site])


@cache
def source_text(name: str) -> str:
    """What is held of the text of a source, line ends untouched."""
    return (DATA / "sources" / f"{name}.txt").read_bytes().decode("utf-8")


def quotes() -> list[tuple[NamedNode, str, str]]:
    """Every quote: its IRI, the slug of its source and its exact words."""
    graph = nis()
    found = []
    for quote in graph.of_class("oa:SpecificResource"):
        selector = graph.one(quote, "oa:hasSelector")
        assert isinstance(selector, NamedNode)
        found.append((quote, slug(graph.one(quote, "oa:hasSource")), value(graph.one(selector, "oa:exact"))))
    return found
