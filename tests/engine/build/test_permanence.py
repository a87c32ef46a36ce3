"""Nothing that was published vanishes: what is gone needs a tombstone, a great loss an operator who insists."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.servers import MREZE

from mreze.build.check import check_site
from mreze.build.permanence import check_permanence
from mreze.build.release import GateClosedError, build_release
from mreze.build.shrinkage import check_setting, check_shrinkage
from mreze.build.tombstones import check_tombstones
from mreze.findings import Finding
from mreze.graph import read_site
from mreze.release import Release, open_release
from mreze.site import open_site

MINIMAL = Path(__file__).parents[2] / "sites" / "minimal"
BASE = "https://minimal.example/data/"
CATALOG = "data/catalog.ttl"
BRIDGE = "data/crossings/bridges/new-bridge.ttl"
ONTOLOGY = "ontology/bridges.ttl"
TOMB = "data/crossings/bridges/lost-bridge.ttl"
REPLACED = "<http://purl.org/dc/terms/isReplacedBy>"
BULK = "data/bulk/footbridges.nq"


@pytest.fixture(scope="module")
def last(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the minimal site."""
    return open_release(build_release(MINIMAL, tmp_path_factory.mktemp("releases"), "2026-11-23").folder)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the minimal site that a test may harm."""
    return Path(shutil.copytree(MINIMAL, tmp_path / "site", ignore=shutil.ignore_patterns("releases")))


def _edit(path: Path, edit: Callable[[str], str]) -> None:
    written = path.read_text("utf-8")
    edited = edit(written)
    assert edited != written
    path.write_text(edited, "utf-8")


def _lost(site: Path, last: Release) -> list[tuple[str, str]]:
    found = check_permanence(read_site(open_site(site)), last)
    assert all(one.severity == "violation" and one.remedy for one in found)
    return [((one.focus or "").removeprefix(BASE), one.path.as_posix() if one.path else "") for one in found]


def test_what_is_there_is_not_missed(last: Release) -> None:
    """The site that was released lacks nothing of the release."""
    graph = read_site(open_site(MINIMAL))
    assert check_permanence(graph, last) == []
    assert check_shrinkage(graph, last, insist=False) == []


def test_a_thing_that_vanishes_is_named_with_the_file_it_stood_in(site: Path, last: Release) -> None:
    """Or with the list of its kind, or with the dataset; its parts alone may go."""
    (site / BRIDGE).unlink()
    _edit(site / BULK, lambda text: "".join(line for line in text.splitlines(True) if "/steg-1>" not in line))
    found = {"id/bridges/new-bridge": BRIDGE, "id/bridges/steg-1": "data/bulk"}
    assert dict(_lost(site, last)) == found
    (site / "data/bulk/bridges.nq").write_text("", "utf-8")
    assert dict(_lost(site, last)) == found | {"id/bridges/steg-1": "data/bulk/bridges.nq"}
    part = re.compile(r"<[^>]*#[^>]*>\n.*?\n\.\n", re.DOTALL)
    _edit(site / "data/crossings/bridges/old-bridge.ttl", lambda text: part.sub("", text))
    assert len(_lost(site, last)) == 2


def test_a_tombstone_or_another_dataset_will_do(site: Path, last: Release) -> None:
    """A thing that is retired is described, and one that moved keeps its IRI."""
    tomb = (site / TOMB).read_text("utf-8")
    (site / BRIDGE).write_text(tomb.replace("lost-bridge", "new-bridge"), "utf-8")
    old = site / "data/crossings/rivers/green-river.ttl"
    (site / "data/bulk/rivers").mkdir()
    old.rename(site / "data/bulk/rivers/green-river.ttl")
    assert _lost(site, last) == []


def test_a_term_that_vanishes_is_named(site: Path, last: Release) -> None:
    """A renamed class is a class that is gone."""
    _edit(site / ONTOLOGY, lambda text: text.replace("ex:Bridge\n", "ex:Viaduct\n"))
    assert _lost(site, last) == [("ontology#Bridge", "ontology")]


def _without_bulk(text: str) -> str:
    text = text.replace(f"    dcat:dataset <{BASE}dataset/bulk> ;\n", "")
    return re.sub(rf"<{BASE}dataset/bulk>\n.*?\n\.\n", "", text, flags=re.DOTALL)


def test_a_dataset_that_vanishes_is_named_until_it_has_a_tombstone(site: Path, last: Release) -> None:
    """Its things too: they need tombstones elsewhere."""
    _edit(site / CATALOG, _without_bulk)
    lost = _lost(site, last)
    assert ("dataset/bulk", CATALOG) in lost
    assert len(lost) > 1
    prefix = "@prefix as: <https://www.w3.org/ns/activitystreams#> .\n"
    _edit(site / CATALOG, lambda text: f"{prefix}{text}\n<{BASE}dataset/bulk> a as:Tombstone .\n")
    assert _lost(site, last) == lost[1:]


def test_another_base_is_told_once(site: Path, last: Release) -> None:
    """Not once for each of its things."""
    for path in [*site.rglob("*.ttl"), *site.rglob("*.nq"), *site.rglob("*.trig"), *site.rglob("*.rq")]:
        path.write_text(path.read_text("utf-8").replace("minimal.example", "other.example"), "utf-8")
    found = check_permanence(read_site(open_site(site)), last)
    assert ["https://minimal.example/data/" in one.message["en"] for one in found] == [True]


def test_while_a_file_cannot_be_read_nothing_is_missed(site: Path, last: Release) -> None:
    """A slip of the pen is one finding, not one for each thing that stands after it."""
    (site / BRIDGE).write_text("<", "utf-8")
    assert _lost(site, last) == []
    assert check_shrinkage(read_site(open_site(site)), last, insist=False) == []


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda text: text.replace("    as:formerType ex:Bridge ;\n", ""), "what the thing was"),
        (lambda text: re.sub(r"    as:deleted .*\n", "", text), "when"),
        (lambda text: text.replace("2026-11-20T00:00:00Z\"^^xsd:dateTime", "2026-11-20\"^^xsd:date"), "when"),
        (lambda text: re.sub(r"    rdfs:comment .*@de ;\n", "", text), "language de"),
        (lambda text: text.replace("The flood of 1965 took it.", " "), "language en"),
        (lambda text: text.replace("as:deleted", f'{REPLACED} "x" ; as:deleted'), "place"),
        (lambda text: text.replace("as:deleted", f"{REPLACED} <{BASE}id/bridges/lost-bridge> ; as:deleted"), "place"),
        (lambda text: text.replace("as:deleted", f"{REPLACED} <{BASE}id/bridges/none> ; as:deleted"), "place"),
    ],
)  # fmt: skip
def test_a_tombstone_says_what_when_and_why(site: Path, edit: Callable[[str], str], says: str) -> None:
    """Each of these is asked for, in every language of the site; a successor is a thing that is described."""
    assert check_tombstones(read_site(open_site(site))) == []
    _edit(site / TOMB, edit)
    found = check_tombstones(read_site(open_site(site)))
    assert [(one.check, one.path) for one in found] == [("tombstone", Path(TOMB))]
    assert says in found[0].message["en"]


def _shrunk(site: Path, last: Release, *, insist: bool = False) -> list[Finding]:
    return check_shrinkage(read_site(open_site(site)), last, insist=insist)


def test_the_brake_counts_things_and_triples(site: Path, last: Release) -> None:
    """A dataset of six bridges and a river that loses two of them is stopped, whether they are retired or gone."""
    before = len(list((site / "data/crossings").rglob("*.ttl")))
    (site / "data/crossings/bridges/v1.0.ttl").unlink()
    assert _shrunk(site, last) == []
    tomb = (site / TOMB).read_text("utf-8")
    (site / BRIDGE).write_text(tomb.replace("lost-bridge", "new-bridge"), "utf-8")
    found = _shrunk(site, last)
    assert [one.message["en"].split()[5] for one in found] == ["things"], before
    assert found[0].value is not None
    assert re.fullmatch(r"\d+ → \d+ \(-2\d\.\d%, > 20\.0%\)", found[0].value), found[0].value
    assert [one.severity for one in _shrunk(site, last, insist=True)] == ["warning"]


@pytest.mark.parametrize(("share", "stops"), [("0.9", False), ("0", True), ("0.01", True), ("1", False)])
@pytest.mark.parametrize("of", ["dataset/crossings", "catalog"])
def test_a_site_may_name_another_share(site: Path, last: Release, of: str, share: str, stops: bool) -> None:
    """Of one dataset, or of all."""
    (site / BRIDGE).unlink()
    setting = f"\n<{BASE}{of}> <https://w3id.org/mreze/ns#mostShrinkage> {share} .\n"
    _edit(site / CATALOG, lambda text: text + setting)
    assert bool(_shrunk(site, last)) is stops
    assert check_setting(read_site(open_site(site))) == []


@pytest.mark.parametrize("share", ['"much"', "20", "-0.1", f"<{BASE}>"])
def test_a_share_that_is_none_is_named_and_not_followed(site: Path, last: Release, share: str) -> None:
    """The usual one holds then."""
    _edit(site / CATALOG, lambda text: f"{text}\n<{BASE}catalog> <https://w3id.org/mreze/ns#mostShrinkage> {share} .\n")
    found = check_setting(read_site(open_site(site)))
    assert [(one.check, one.path, one.severity) for one in found] == [("shrinkage", Path(CATALOG), "violation")]
    assert _shrunk(site, last) == []


def test_a_build_is_refused_and_a_check_says_so_too(site: Path) -> None:
    """Both compare with the newest release; --insist lets go what shrank, never what vanished."""
    build_release(site, date="2026-11-23")
    tomb = (site / TOMB).read_text("utf-8")
    for slug in ("new-bridge", "v1.0"):
        (site / f"data/crossings/bridges/{slug}.ttl").write_text(tomb.replace("lost-bridge", slug), "utf-8")
    assert _refused(site) == {"shrinkage"}
    checked = subprocess.run([*MREZE, "check", str(site), "--lang", "en"], check=False, capture_output=True, text=True)
    assert checked.returncode == 0
    assert re.search(r"data/catalog\.ttl:\d+: warning \[shrinkage\]", checked.stdout)
    built = build_release(site, date="2026-11-24", insist=True)
    (site / "data/crossings/bridges/v1.0.ttl").unlink()
    assert _refused(site, insist=True) == {"vanished"}
    found = check_site(read_site(open_site(site)), previous=open_release(built.folder))
    assert {one.check for one in found if one.severity == "violation"} == {"vanished"}


def _refused(site: Path, *, insist: bool = False) -> set[str]:
    with pytest.raises(GateClosedError) as caught:
        build_release(site, date="2026-11-25", insist=insist)
    return {one.check for one in caught.value.findings if one.severity == "violation"}
