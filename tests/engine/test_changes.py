"""Two releases are compared thing by thing, and what did not change is neither told nor read."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from mreze.build.release import build_release
from mreze.changes import Change, Kind, compare, compare_descriptions, merge
from mreze.descriptions import describe
from mreze.errors import ReleaseError
from mreze.release import open_release

MINIMAL = Path(__file__).parents[1] / "sites" / "minimal"
BASE = "https://a.example/"
TOMBSTONE = f"<{BASE}id/x/one> a <https://www.w3.org/ns/activitystreams#Tombstone> ."
PREFIXES = f"@prefix i: <{BASE}id/x/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."


def _quads(written: str, graph: str = f"{BASE}dataset/x") -> list[Quad]:
    triples = parse(f"{PREFIXES} {written}", format=RdfFormat.TURTLE)
    return [Quad(one.subject, one.predicate, one.object, NamedNode(graph)) for one in triples]


def _dump(quads: Iterable[Quad]) -> list[bytes]:
    content = serialize(quads, format=RdfFormat.N_QUADS)
    assert content is not None
    return sorted(content.splitlines(keepends=True))


def _merged(old: Iterable[Quad], new: Iterable[Quad]) -> list[Change]:
    found = merge(b"".join(_dump(old)), b"".join(_dump(new)), {f"{BASE}id/".encode()})
    return [one.read("x") for one in found]


DESCRIPTIONS = [
    "",
    'i:one rdfs:label "1" .',
    'i:one rdfs:label "1", "uno"@it ; rdfs:seeAlso <https://a.example/id/x/one#part> .',
    '<https://a.example/id/x/one#part> rdfs:label "part of one" .',
    'i:one rdfs:label "1" . i:one-2 rdfs:label "1-2" . <https://a.example/id/x/one/3> rdfs:label "1/3" .',
    'i:one rdfs:label "2" . i:one-2 rdfs:label "1-2" . <https://a.example/id/x/one#part> rdfs:label "a \\" . <b>" .',
    f'{TOMBSTONE} i:one rdfs:label "1" .',
    f'{TOMBSTONE} i:one rdfs:label "2" . i:one-2 rdfs:label "1-2" .',
    '<https://b.example/x#a> rdfs:label "foreign" . <https://b.example/x#b> rdfs:label "foreign too" .',
    '<https://b.example/x#a> rdfs:label "foreign" . <https://a.example/id/x/мост> rdfs:label "мост"@sr-cyrl .',
]


@pytest.mark.parametrize(("old", "new"), list(product(DESCRIPTIONS, repeat=2)))
def test_merging_dumps_tells_what_comparing_sets_tells(old: str, new: str) -> None:
    """Of any two descriptions the stream and the sets agree; what is told turns the one into the other."""
    before, after = _quads(old), _quads(new)
    told = _merged(before, after)
    described = [describe((one.triple for one in quads), BASE + "id/") for quads in (before, after)]
    assert sorted(told, key=lambda one: one.thing) == list(compare_descriptions("x", *described))
    assert len({one.thing for one in told}) == len(told)
    triples = {one.triple for one in before}
    for one in told:
        assert one.removed <= triples
        assert not one.added & triples
        triples = triples - one.removed | one.added
    assert triples == {one.triple for one in after}


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        (1, 1, {}),
        (0, 1, {"one": Kind.CREATED}),
        (0, 6, {"one": Kind.CREATED}),
        (1, 0, {"one": Kind.REMOVED}),
        (1, 2, {"one": Kind.UPDATED}),
        (1, 3, {"one": Kind.UPDATED}),
        (1, 6, {"one": Kind.RETIRED}),
        (6, 7, {"one": Kind.UPDATED, "one-2": Kind.CREATED}),
        (6, 1, {"one": Kind.RESTORED}),
        (4, 5, {"one": Kind.UPDATED, "one/3": Kind.REMOVED}),
    ],
)
def test_what_became_of_a_thing(old: int, new: int, kinds: dict[str, Kind]) -> None:
    """A thing is one, with its parts, and changed in one way."""
    told = _merged(_quads(DESCRIPTIONS[old]), _quads(DESCRIPTIONS[new]))
    assert {one.thing.removeprefix(f"{BASE}id/x/"): one.kind for one in told} == kinds


def test_a_triple_that_only_changes_its_graph_did_not_change() -> None:
    """Graph names are the dataset's own affair: a triple of two graphs that leaves one is still there."""
    before, after = _quads(DESCRIPTIONS[4]), _quads(DESCRIPTIONS[4], "https://a.example/other")
    assert _merged(before, after) == []
    assert _merged([*before, *after], after) == []


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two releases of the minimal site: a bridge, a term and a shape differ."""
    folder = tmp_path_factory.mktemp("changes")
    site = Path(shutil.copytree(MINIMAL, folder / "site", ignore=shutil.ignore_patterns("releases")))
    old = build_release(site, folder / "out", "2026-11-23").folder
    for path, before, after in (
        ("data/crossings/bridges/new-bridge.ttl", "New Bridge", "Newer Bridge"),
        ("ontology/bridges.ttl", "A structure", "A built structure"),
        ("shapes/bridge.ttl", "at most one", "no more than one"),
    ):
        written = (site / path).read_text("utf-8")
        assert before in written
        (site / path).write_text(written.replace(before, after), "utf-8")
    return old, build_release(site, folder / "out", "2026-11-24").folder


def test_releases_are_compared_with_vocabulary_and_shapes(releases: tuple[Path, Path]) -> None:
    """A changed bridge, term and shape are one change each; backwards they are the reverse."""
    old, new = (open_release(one) for one in releases)
    told = list(compare(old, new))
    ends = [(one.dataset, one.thing.rpartition("/")[2], one.kind) for one in told]
    assert ends == [
        ("crossings", "new-bridge", Kind.UPDATED),
        ("ontology", "ontology#Bridge", Kind.UPDATED),
        ("shapes", "shapes#Bridge-opened", Kind.UPDATED),
    ]
    backwards = [Change(one.dataset, one.thing, one.kind, one.removed, one.added) for one in told]
    assert list(compare(new, old)) == backwards
    assert list(compare(new, new)) == []


def test_from_nothing_all_is_new(releases: tuple[Path, Path]) -> None:
    """The first release creates everything that it holds."""
    release = open_release(releases[0])
    told = list(compare(None, release))
    assert {one.kind for one in told} == {Kind.CREATED}
    quads = parse((release.root / "dumps/all.nq").read_bytes(), format=RdfFormat.N_QUADS)
    data: frozenset[Triple] = frozenset().union(*(one.added for one in told if one.dataset != "shapes"))
    assert data == {one.triple for one in quads}


def test_equal_files_are_not_read(releases: tuple[Path, Path], tmp_path: Path) -> None:
    """What has the same checksum in both manifests need not even be there; what differs must be, and whole."""
    old = Path(shutil.copytree(releases[0], tmp_path / "old"))
    new = open_release(releases[1])
    (old / "dumps/bulk.nq").unlink()
    assert len(list(compare(open_release(old), new))) == 3
    dump = old / "dumps/crossings.nq"
    lines = dump.read_bytes().splitlines(keepends=True)
    for content in (b"".join(reversed(lines)), dump.read_bytes()[:-9], b"a b c d .\n", b"."):
        dump.write_bytes(content)
        with pytest.raises(ReleaseError, match=r"not as it was written\. Build"):
            list(compare(open_release(old), new))
    dump.unlink()
    with pytest.raises(ReleaseError, match="No such file"):
        list(compare(open_release(old), new))
