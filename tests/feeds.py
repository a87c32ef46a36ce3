"""A small client of linked data event streams (https://w3id.org/ldes/specification), and sites that change."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple
from pyoxigraph import parse as parse_rdf

from mreze.build.release import build_release
from mreze.namespaces import term

MINIMAL = Path(__file__).parent / "sites" / "minimal"
BASE = "https://minimal.example/data/"
BRIDGES = Path("data/crossings/bridges")
DATES = ("2026-11-23", "2026-11-24", "2026-11-24", "2026-11-25")
"""Of the releases of `history`."""
SMALL = 3
"""Members of a page there."""
Read = Callable[[str], bytes]
"""Fetches an address."""


@dataclass(frozen=True)
class Member:
    """A member of a stream."""

    iri: str
    kind: str
    thing: str
    published: str
    payload: frozenset[Triple]
    page: str
    """Address of the page that has it."""


@dataclass(frozen=True)
class Page:
    """A page as a client reads it."""

    quads: frozenset[Quad]
    address: str

    def objects(self, subject: str | None, name: str) -> list[str]:
        """The values of a property of a subject, or of any, in the default graph."""
        return [
            one.object.value
            for one in self.quads
            if one.predicate == term(name)
            and isinstance(one.graph_name, DefaultGraph)
            and (subject is None or one.subject == NamedNode(subject))
            and isinstance(one.object, NamedNode | Literal)
        ]

    def members(self) -> Iterator[Member]:
        """Its members."""
        graphs: defaultdict[str, set[Triple]] = defaultdict(set)
        for one in self.quads:
            if isinstance(one.graph_name, NamedNode):
                graphs[one.graph_name.value].add(one.triple)
        members = self.objects(None, "tree:member")
        assert graphs.keys() <= set(members), "a graph is that of no member"
        for iri in members:
            kinds, things = self.objects(iri, "rdf:type"), self.objects(iri, "as:object")
            (published,) = self.objects(iri, "as:published")
            assert len(kinds) == len(things) == 1
            kind = kinds[0].rpartition("#")[2]
            yield Member(iri, kind, things[0], published, frozenset(graphs[iri]), self.address)


def follow(read: Read, root: str) -> list[Member]:
    """All members of a stream in their order, by following the relations from where it begins."""
    found: dict[str, Member] = {}
    seen, left = set(), [root]
    while left:
        page = fetch(read, left.pop(0))
        if page.address in seen:
            continue
        seen.add(page.address)
        for relation in page.objects(page.address, "tree:relation"):
            left += page.objects(relation, "tree:node")
        for member in page.members():
            assert member.iri not in found, "a member is in two pages"
            found[member.iri] = member
    return sorted(found.values(), key=lambda one: one.published)


def fetch(read: Read, address: str) -> Page:
    """Read a page by the syntax that its extension, if it has any, tells."""
    form = RdfFormat.JSON_LD if address.endswith(".jsonld") else RdfFormat.TRIG
    return Page(frozenset(parse_rdf(read(address), format=form, base_iri=address)), address)


def fold(members: list[Member]) -> set[Triple]:
    """What is said after all of it has happened."""
    state: dict[str, frozenset[Triple]] = {}
    for one in members:
        assert one.kind in {"Create", "Update", "Delete"}
        state[one.thing] = one.payload
    return {triple for said in state.values() for triple in said}


def same(some: set[Triple], others: set[Triple]) -> bool:
    """Whether two graphs are the same but for the names of blank nodes."""
    canonical = []
    for triples in (some, others):
        graph = Dataset(Quad(one.subject, one.predicate, one.object) for one in triples)
        graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        canonical.append(set(graph))
    return canonical[0] == canonical[1]


def from_files(release: Path, at: str) -> Read:
    """Read from a release's folder as if it were served at an address."""
    return lambda address: (release / address.removeprefix(at)).read_bytes()


def graph(content: bytes, form: RdfFormat, at: str) -> set[Triple]:
    """The triples of a file that is served at an address."""
    return {quad.triple for quad in parse_rdf(content, format=form, base_iri=at)}


def retire(site: Path, name: str) -> None:
    """Make a bridge a tombstone."""
    text = (site / BRIDGES / "lost-bridge.ttl").read_text("utf-8")
    (site / BRIDGES / f"{name}.ttl").write_text(text.replace("lost-bridge", name), "utf-8")


def change(site: Path, name: str, old: str, new: str) -> None:
    """Replace words in the file of a bridge."""
    path = site / BRIDGES / f"{name}.ttl"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def history(folder: Path) -> list[Path]:
    """Four releases of the minimal site: as it is, with a change and a retirement, restored and grown, unchanged."""
    site = Path(shutil.copytree(MINIMAL, folder / "site", ignore=shutil.ignore_patterns("releases")))
    kept = (site / BRIDGES / "new-bridge.ttl").read_text("utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mreze.build.feeds.PAGE", SMALL)
        found = [build_release(site, folder / "releases", DATES[0]).folder]
        change(site, "old-bridge", '"Old Bridge"@en', '"The Old Bridge"@en')
        retire(site, "new-bridge")
        found.append(build_release(site, folder / "releases", DATES[1]).folder)
        (site / BRIDGES / "new-bridge.ttl").write_text(kept, "utf-8")
        (site / BRIDGES / "last-bridge.ttl").write_text(kept.replace("new-bridge", "last-bridge"), "utf-8")
        found.append(build_release(site, folder / "releases", DATES[2]).folder)
        found.append(build_release(site, folder / "releases", DATES[3]).folder)
    return found


def kinds(members: list[Member], slug: str) -> list[str]:
    """What happened to a bridge, in order."""
    return [one.kind for one in members if one.thing == f"{BASE}id/bridges/{slug}"]
