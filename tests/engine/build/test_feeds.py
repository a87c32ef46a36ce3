"""Feeds grow by what a release changes, and replaying one from its beginning gives what the release holds."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat
from tests import feeds
from tests.feeds import BASE, DATES, SMALL, change, fold, follow, from_files, history, kinds, retire, same

from mreze.build.feeds import published
from mreze.build.release import build_release
from mreze.errors import ReleaseError
from mreze.feeds import INDEX, Feed, FeedIndex, FeedPage, read_index
from mreze.namespaces import PREFIXES
from mreze.release import MANIFEST, open_release

AT = "https://elsewhere.example/open/"
FORMS = ("trig", "jsonld")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was released four times, and its releases."""
    folder = tmp_path_factory.mktemp("history")
    history(folder)
    return folder


@pytest.fixture(scope="module")
def releases(folder: Path) -> list[Path]:
    """The four releases."""
    return [folder / "releases" / name for name in (DATES[0], DATES[1], f"{DATES[2]}.2", DATES[3])]


@pytest.fixture
def again(folder: Path, tmp_path: Path) -> Path:
    """A copy of the site and its releases that a test may harm."""
    return Path(shutil.copytree(folder, tmp_path / "again", symlinks=True))


def _members(release: Path, name: str, form: str = "trig") -> list[feeds.Member]:
    return follow(from_files(release, AT), f"{AT}feed/{name}.{form}")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", range(4))
def test_replaying_a_feed_gives_the_dataset(releases: list[Path], number: int, form: str) -> None:
    """Exactly the dump, after each release, by either syntax."""
    for name in ("bulk", "crossings"):
        dump = (releases[number] / f"dumps/{name}.nt").read_bytes()
        assert fold(_members(releases[number], name, form)) == feeds.graph(dump, RdfFormat.N_TRIPLES, AT)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", range(4))
def test_replaying_the_feed_of_the_catalogue_gives_the_catalogue(releases: list[Path], number: int, form: str) -> None:
    """All that it says, with the addresses of where the feed was read."""
    catalogue = (releases[number] / "catalog.ttl").read_bytes()
    expected = feeds.graph(catalogue, RdfFormat.TURTLE, AT)
    assert any(one.object == NamedNode(f"{AT}dumps/crossings.ttl") for one in expected)
    assert same(fold(_members(releases[number], "catalog", form)), expected)


def test_what_happened_is_told_in_its_order(releases: list[Path]) -> None:
    """Created, updated, retired, restored; a tombstone that is published as such is a deletion."""
    members = _members(releases[-1], "crossings")
    assert kinds(members, "old-bridge") == ["Create", "Update"]
    assert kinds(members, "new-bridge") == ["Create", "Delete", "Create"]
    assert kinds(members, "last-bridge") == ["Create"]
    assert kinds(members, "lost-bridge") == ["Delete"]
    assert kinds(members, "v1.0") == ["Create"]


def test_times_are_those_of_the_releases(releases: list[Path]) -> None:
    """The day, a second later for the second release of a day; never a clock."""
    members = [one for name in ("bulk", "catalog", "crossings") for one in _members(releases[-1], name)]
    assert {one.published for one in members} == {
        f"{DATES[0]}T00:00:00Z",
        f"{DATES[1]}T00:00:00Z",
        f"{DATES[2]}T00:00:01Z",
        f"{DATES[3]}T00:00:00Z",
    }


def test_closed_pages_keep_their_bytes(releases: list[Path]) -> None:
    """From release to release, in both syntaxes; and there are some, full and said to be immutable."""
    closed = 0
    for old, new in pairwise(releases):
        index = read_index(open_release(old))
        assert index is not None
        for feed in index.feeds:
            for page in feed.pages:
                assert page.members == SMALL if page.closed else page.members < SMALL
                for form in FORMS:
                    path = f"{feed.page_path(page)}.{form}"
                    before = (old / path).read_bytes()
                    assert (b"immutable" in before) == page.closed
                    if page.closed:
                        closed += 1
                        assert (new / path).read_bytes() == before
    assert closed > 10


def test_a_release_without_changes_adds_nothing_to_a_dataset(releases: list[Path]) -> None:
    """The feed of a dataset is the same file after it, byte for byte."""
    old, new = releases[-2:]
    for path in (old / "feed").rglob("crossings*"):
        if path.is_file():
            assert (new / path.relative_to(old)).read_bytes() == path.read_bytes()


def test_blank_nodes_stay_with_their_activity(folder: Path, tmp_path: Path) -> None:
    """Two distributions of one blank node: each activity has its own, and the catalogue is still replayed."""
    site = Path(shutil.copytree(folder / "site", tmp_path / "site"))
    catalogue = site / "data" / "catalog.ttl"
    period = '    dct:temporal [ a dct:PeriodOfTime ; dcat:startDate "2000-01-01"^^xsd:date ] ;\n    dct:title'
    catalogue.write_text(catalogue.read_text("utf-8").replace("    dct:title", period, 3), "utf-8")
    release = build_release(site, tmp_path / "out", DATES[0]).folder
    members = _members(release, "catalog")
    nodes = [{one.object for one in member.payload if isinstance(one.object, BlankNode)} for member in members]
    assert sum(map(len, nodes)) > 1
    assert len(set().union(*nodes)) == sum(map(len, nodes))
    expected = feeds.graph((release / "catalog.ttl").read_bytes(), RdfFormat.TURTLE, AT)
    assert same(fold(members), expected)


def test_a_dataset_that_is_retired_is_deleted_and_its_feed_stays(again: Path) -> None:
    """And goes on when the dataset comes back."""
    site = again / "site"
    catalogue = site / "data" / "catalog.ttl"
    kept = catalogue.read_text("utf-8")
    head, tail = kept.split(f"\n<{BASE}dataset/bulk>\n")
    rest = tail.split("\n.\n", 1)[1]
    tombstone = (
        f"\n<{BASE}dataset/bulk>\n    a as:Tombstone ;\n"
        '    as:deleted "2026-11-25T00:00:00Z"^^xsd:dateTime ;\n    as:formerType dcat:Dataset ;\n'
        '    rdfs:comment "It was a list only."@en ;\n    rdfs:comment "Nur eine Liste."@de ;\n.\n'
    )
    prefixes = f"@prefix as: <{PREFIXES['as']}> .\n@prefix rdfs: <{PREFIXES['rdfs']}> .\n"
    listed = f"    dcat:dataset <{BASE}dataset/bulk> ;\n"
    catalogue.write_text(prefixes + head.replace(listed, "") + tombstone + rest, "utf-8")
    shutil.move(site / "data/bulk", again / "bulk")
    for number in (1, 2, 3):
        retire(site, f"steg-{number}")
    dropped = build_release(site, again / "releases", "2026-12-01", insist=True).folder
    members = _members(dropped, "bulk")
    assert fold(members) == set()
    assert {one.kind for one in members if one.published.startswith("2026-12")} == {"Delete"}
    assert f"{BASE}dataset/bulk" in {one.thing for one in _members(dropped, "catalog") if one.kind == "Delete"}
    unchanged = build_release(site, again / "releases", "2026-12-02").folder
    assert len(_members(unchanged, "bulk")) == len(members)
    shutil.move(again / "bulk", site / "data/bulk")
    catalogue.write_text(kept, "utf-8")
    for number in (1, 2, 3):
        (site / feeds.BRIDGES / f"steg-{number}.ttl").unlink()
    back = build_release(site, again / "releases", "2026-12-03", insist=True).folder
    dump = (back / "dumps/bulk.nt").read_bytes()
    assert fold(_members(back, "bulk")) == feeds.graph(dump, RdfFormat.N_TRIPLES, AT)


@pytest.mark.parametrize(
    "damage",
    [
        lambda release: (release / INDEX).unlink(),
        lambda release: (release / INDEX).write_text("{}"),
        lambda release: (release / INDEX).write_text("["),
        lambda release: next((release / "feed/crossings").glob("*-1.trig")).unlink(),
        lambda release: next((release / "feed/crossings").glob("*-1.jsonld")).write_text("{}"),
        lambda release: max((release / "feed/crossings").glob("*.trig")).write_text("<> a <> ."),
        lambda release: max((release / "feed/crossings").glob("*.trig")).write_text("no TriG"),
    ],
)
def test_a_damaged_feed_stops_the_build(again: Path, damage: object) -> None:
    """Nothing is lost in silence: the error names the file and tells to restore it; no release is written."""
    assert callable(damage)
    newest = again / "releases" / DATES[-1]
    damage(newest)
    change(again / "site", "old-bridge", '"The Old Bridge"@en', '"Bridge, the old one"@en')
    with pytest.raises(ReleaseError, match=r"(feeds\.json|feed/crossings).*(Restore|Build)"):
        build_release(again / "site", again / "releases", "2026-12-01")
    assert not (again / "releases" / "2026-12-01").exists()


def test_after_a_release_without_feeds_they_begin_anew(again: Path) -> None:
    """Under other names, so that no client or cache takes them for what it knows."""
    newest = again / "releases" / DATES[-1]
    manifest = json.loads((newest / MANIFEST).read_bytes())
    manifest["files"] = {path: one for path, one in manifest["files"].items() if not path.startswith("feed")}
    (newest / MANIFEST).write_text(json.dumps(manifest))
    release = build_release(again / "site", again / "releases", "2026-12-01").folder
    members = _members(release, "crossings")
    assert {one.published for one in members} == {"2026-12-01T00:00:00Z"}
    assert {one.page.rpartition("/")[2] for one in members} == {"2026-12-01-1.trig"}
    assert f"{BASE}feed/crossings#2026-12-01" in (release / "feed/crossings.trig").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "last", "expected"),
    [
        ("2026-11-23", "", "2026-11-23T00:00:00Z"),
        ("2026-11-23.3", "", "2026-11-23T00:00:02Z"),
        ("2026-11-23.9999", "2026-11-23T00:00:02Z", "2026-11-23T02:46:38Z"),
        ("2026-11-23", "2026-11-24T00:00:05Z", "2026-11-24T00:00:06Z"),
        ("2026-11-23.2", "2026-11-23T00:00:01Z", "2026-11-23T00:00:02Z"),
    ],
)
def test_no_activity_is_published_before_an_earlier_one(name: str, last: str, expected: str) -> None:
    """By the release's name, but later than what is there."""
    pages = (FeedPage("1", 1, last, last, closed=False),) if last else ()
    assert published(name, FeedIndex((Feed("some", "one", pages),))) == expected
