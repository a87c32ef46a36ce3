"""After a change only what it reaches is validated again, and the findings are those of a full check."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from mreze.build import revalidation
from mreze.build.cache import CACHE, open_cache
from mreze.build.carrying import carry
from mreze.build.differing import Comparison
from mreze.build.places import located
from mreze.build.release import build_release
from mreze.build.shacl import check_shapes
from mreze.findings import Finding
from mreze.graph import SiteGraph, read_site
from mreze.keeping import Keeper
from mreze.release import open_release
from mreze.shacl import fast, reference
from mreze.shacl.engines import Engine
from mreze.shacl.results import Result
from mreze.site import open_site
from mreze.staging import Staging

MINIMAL = Path(__file__).parents[2] / "sites" / "minimal"
BASE = "https://minimal.example/data/"
NEW, RIVER = "data/crossings/bridges/new-bridge.ttl", "data/crossings/rivers/green-river.ttl"
OTHER = "data/crossings/bridges/v1.0.ttl"
LIST, ELSEWHERE = "data/bulk/footbridges.nq", "data/bulk/elsewhere.trig"
SHAPES = """
@prefix schema: <https://schema.org/> .
shape:Bridge-more a sh:NodeShape ; sh:targetClass ex:Bridge ; sh:property
    [ sh:path ex:crosses ; sh:class schema:RiverBodyOfWater ; sh:severity sh:Warning ],
    [ sh:path ex:crosses ; sh:node [ sh:property [ sh:path rdfs:label ; sh:minCount 2 ] ] ; sh:severity sh:Warning ],
    [ sh:path ex:opened ; sh:in ( "1901"^^xsd:gYear "1998"^^xsd:gYear ) ; sh:severity sh:Info ],
    [ sh:path rdfs:comment ; sh:datatype xsd:byte ; sh:pattern "^00" ; sh:severity sh:Warning ] .
shape:Crossed a sh:NodeShape ; sh:targetObjectsOf ex:crosses ; sh:property
    [ sh:path [ sh:inversePath ex:crosses ] ; sh:maxCount 8 ; sh:severity sh:Warning ] .
"""
"""Shapes without names, of which many a thing breaks one; none is a violation, which would stop a build."""
Edit = Callable[[Path], object]


def _replace(path: str, old: str, new: str) -> Edit:
    def edit(site: Path) -> None:
        content = (site / path).read_text("utf-8")
        assert old in content
        (site / path).write_text(content.replace(old, new), "utf-8")

    return edit


def _append(path: str, more: str) -> Edit:
    return lambda site: (site / path).write_text((site / path).read_text("utf-8") + more, "utf-8")


def _move(site: Path) -> None:
    (site / "data/bulk/bridges").mkdir()
    (site / OTHER).rename(site / "data/bulk/bridges/v1.0.ttl")


STEG = f"<{BASE}id/bridges/steg-2>"
RDFS, BYTE = "http://www.w3.org/2000/01/rdf-schema#", "<http://www.w3.org/2001/XMLSchema#byte>"
POINTER = f"<x:y> <{BASE}ontology#crosses> <{BASE}id/rivers/green-river> .\n"
NOTHING: dict[str, Edit] = {
    "a line of no meaning": _replace(OTHER, "@prefix ex:", "# more\n@prefix ex:"),
    "a thing in another dataset": _move,
    "another page": _append("pages/about.en.md", "\nMore.\n"),
}
"""Edits after which there is nothing to validate."""
PART: dict[str, tuple[Edit, str]] = {
    "a value fewer": (_replace(NEW, '    skos:prefLabel "Neue Brücke"@de ;\n', ""), "Bridge-name"),
    "a value more": (_append(LIST, f'{STEG} <{RDFS}comment> "7"^^{BYTE} .\n'), "shape"),
    "a thing more": (_append(NEW, f"<{BASE}id/bridges/new-bridge#side> a ex:Bridge .\n"), "Bridge-crosses"),
    "a thing fewer": (lambda site: (site / NEW).unlink(), ""),
    "a class of a value": (_replace(RIVER, "a schema:RiverBodyOfWater", "a schema:Place"), "shape"),
    "a label of a value": (_replace(RIVER, '    rdfs:label "Green River"@en ;\n', ""), "shape"),
    "one that points there": (_append(LIST, POINTER), "shape"),
    "as a number is written": (_replace(NEW, '"007"', '"07"'), "shape"),
}
"""Edits that reach few things, each with a check that finds something more; none where there is less."""
EVERYTHING: dict[str, Edit] = {
    "another class of classes": _append(ELSEWHERE, f"<x:a> <{RDFS}subClassOf> <{BASE}ontology#Bridge> .\n"),
    "a node without a name": _append(NEW, f"<{BASE}id/bridges/new-bridge> ex:crosses [] .\n"),
    "another shape": _replace("shapes/bridge.ttl", "sh:maxCount 8", "sh:maxCount 2"),
    "another catalogue": _replace("data/catalog.ttl", '"Liste"@de', '"Lange Liste"@de'),
    "another ontology": _replace("ontology/bridges.ttl", '"bridge"@en', '"crossing"@en'),
    "nothing kept": lambda site: shutil.rmtree(site.parent / "releases" / CACHE),
}
"""Edits after which everything is validated."""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose things break shapes, and its first release beside it; for copying only."""
    folder = tmp_path_factory.mktemp("begun")
    site = folder / "site"
    shutil.copytree(MINIMAL, site, ignore=shutil.ignore_patterns("releases"))
    _append("shapes/bridge.ttl", SHAPES)(site)
    _append(NEW, f'<{BASE}id/bridges/new-bridge> rdfs:comment "007"^^xsd:byte .\n')(site)
    assert build_release(site, folder / "releases", "2026-11-23").findings
    return folder


@pytest.fixture(scope="module")
def before(begun: Path) -> list[Finding]:
    """What shapes find in it."""
    return _check_all(begun)


@pytest.fixture
def work(begun: Path, tmp_path: Path) -> Path:
    """A copy."""
    return Path(shutil.copytree(begun, tmp_path / "work", symlinks=True))


class Given:
    """What engines are given to validate."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.data: list[set[Triple]] = []
        """Each time."""
        run_fast, run_reference = fast.run, reference.run

        def by_fast(data: Iterable[Path], shapes: Collection[Triple]) -> list[Result]:
            paths = list(data)
            self.data.append({q.triple for one in paths for q in parse(path=one, format=RdfFormat.N_TRIPLES)})
            return run_fast(paths, shapes)

        def by_reference(data: Iterable[Triple], shapes: Collection[Triple]) -> list[Result]:
            self.data.append(set(data))
            return run_reference(self.data[-1], shapes)

        patch.setattr("mreze.shacl.fast.run", by_fast)
        patch.setattr("mreze.shacl.reference.run", by_reference)

    def take(self) -> list[set[Triple]]:
        """What they were given since the last time."""
        taken, self.data = self.data, []
        return taken


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Given:
    """What engines are given."""
    return Given(monkeypatch)


def _check(folder: Path, engine: Engine | None = None) -> list[Finding]:
    """What a build finds after the first release, and keeps."""
    with open_cache(folder / "releases") as cache, _graph(folder, cache) as graph:
        comparison = Comparison(graph, open_release(folder / "releases" / "2026-11-23"))
        with closing(carry(comparison)) as carried:
            return _told(carried, check_shapes(carried, engine, None, comparison))


def _check_all(folder: Path, engine: Engine | None = None) -> list[Finding]:
    with _graph(folder, None) as graph:
        return _told(graph, check_shapes(graph, engine))


@contextmanager
def _graph(folder: Path, keeper: Keeper | None) -> Iterator[SiteGraph]:
    staging = Staging(folder, keeper)
    with closing(read_site(open_site(folder / "site"), staging=staging, lasting=keeper is not None)) as graph:
        yield graph


def _told(graph: SiteGraph, findings: list[Finding]) -> list[Finding]:
    return sorted(located(graph, findings), key=Finding.order)


@pytest.mark.parametrize("edit", NOTHING)
def test_what_says_the_same_is_not_validated(work: Path, before: list[Finding], given: Given, edit: str) -> None:
    """Its findings stand where it now is."""
    NOTHING[edit](work / "site")
    found = _check(work)
    assert not given.take()
    assert found == _check_all(work)
    assert (found == before) == (edit == "another page")


@pytest.mark.parametrize("edit", PART)
def test_what_a_change_does_not_reach_is_not_validated(
    work: Path, before: list[Finding], given: Given, edit: str
) -> None:
    """What it does is, though the thing itself may not have changed; file and line of all findings are right."""
    change, check = PART[edit]
    change(work / "site")
    found = _check(work)
    (part,) = given.take()
    assert found == _check_all(work)
    (everything,) = given.take()
    assert part < everything
    assert NamedNode(f"{BASE}id/bridges/old-bridge#quote-1") not in {one.subject for one in part}
    counted = [sum(one.check == check for one in findings) for findings in (before, found)]
    assert counted[0] < counted[1] or not check


def test_the_fast_engine_finds_the_same(work: Path, given: Given) -> None:
    """After it validated everything once by itself, and whatever was changed since."""
    _check(work, Engine.FAST)
    for edit in ("a class of a value", "as a number is written", "a thing fewer"):
        PART[edit][0](work / "site")
        given.take()
        found = _check(work, Engine.FAST)
        (part,) = given.take()
        assert found == _check_all(work, Engine.FAST)
        assert part < given.take()[0]


@pytest.mark.parametrize("edit", EVERYTHING)
def test_what_is_doubtful_is_validated_as_a_whole(work: Path, given: Given, edit: str) -> None:
    """Where nobody could say what a change reaches, or what was found before."""
    EVERYTHING[edit](work / "site")
    found = _check(work)
    (first,) = given.take()
    again = _check_all(work)
    assert len(first) == len(given.take()[0])
    if edit != "a node without a name":  # which has another name now
        assert found == again


@pytest.mark.parametrize(("name", "value"), [("_FEW", 10), ("_MOST", 1)])
def test_of_much_everything_is_validated(
    work: Path, given: Given, monkeypatch: pytest.MonkeyPatch, name: str, value: int
) -> None:
    """Where a change reaches far it is quicker; of many results none is kept."""
    monkeypatch.setattr(revalidation, name, value)
    _check(work, Engine.FAST)
    PART["a class of a value"][0](work / "site")
    given.take()
    found = _check(work, Engine.FAST)
    (first,) = given.take()
    assert found == _check_all(work, Engine.FAST)
    assert len(first) == len(given.take()[0])


def test_builds_in_a_row_each_validate_their_change(begun: Path, tmp_path: Path, given: Given) -> None:
    """Also after one without a change, and where a store is loading beside; `--full` validates everything."""
    work = Path(shutil.copytree(begun, tmp_path / "work", symlinks=True))
    site, releases = work / "site", work / "releases"
    build_release(site, releases, "2026-11-24", engine=Engine.FAST)
    build_release(site, releases, "2026-11-25", engine=Engine.FAST)
    (everything,) = given.take()
    PART["a class of a value"][0](site)
    built = build_release(site, releases, "2026-11-26", engine=Engine.FAST)
    assert len(given.take()[0]) < len(everything) / 2
    full = build_release(site, releases, "2026-11-27", engine=Engine.FAST, full=True)
    assert len(given.take()[0]) == len(everything)
    assert full.findings == built.findings
