"""What a build makes of an edit with the help of earlier ones is what it makes of it anew, file by file.

The helped build keeps and cuts even what is small; the other one is `--full`, and as the product is.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, Store

from mreze import readings, staging
from mreze.build.cache import CACHE
from mreze.build.index import INDEX
from mreze.build.release import build_release
from mreze.matching.portions import read_made, read_portion
from mreze.release import STORE
from mreze.site import CATALOG
from mreze.streams import chunks

MINIMAL = Path(__file__).parents[2] / "sites" / "minimal"
FIRST, SECOND, THIRD = "2026-11-23", "2026-11-24", "2026-11-25"
KEPT = ((staging, "_MOST_SPOOLED", 0), (readings, "_LEAST", 1))
"""From which size on something is kept, so that all of this small site is."""
CUT = ((chunks, "_LEAST", 1), (chunks, "_ONE_IN", 2))
"""How lines are cut, so that these few are; packed files are made of what is cut."""
BASE, FOREIGN, RDFS = (
    "https://minimal.example/data/",
    "https://elsewhere.example/",
    "http://www.w3.org/2000/01/rdf-schema#",
)
STREAMS = "https://www.w3.org/ns/activitystreams#"
BRIDGES, LIST = "data/crossings/bridges", "data/bulk/footbridges.nq"
BULK = f"dcat:dataset <{BASE}dataset/bulk>"
Edit = Callable[[Path], None]


def _replace(path: str | Path, old: str, new: str) -> Edit:
    def edit(site: Path) -> None:
        content = (site / path).read_text("utf-8")
        assert old in content
        (site / path).write_text(content.replace(old, new), "utf-8")

    return edit


def _append(path: str | Path, lines: str) -> Edit:
    def edit(site: Path) -> None:
        with (site / path).open("a", encoding="utf-8") as file:
            file.write(lines)

    return edit


def _write(path: str, content: str) -> Edit:
    def edit(site: Path) -> None:
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_text(content, "utf-8")

    return edit


def _rename(old: str, new: str) -> Edit:
    def edit(site: Path) -> None:
        (site / old).rename(site / new)

    return edit


def _remove(path: str) -> Edit:
    return lambda site: (site / path).unlink()


def _both(*edits: Edit) -> Edit:
    def edit(site: Path) -> None:
        for one in edits:
            one(site)

    return edit


def _entry(name: str) -> str:
    return f"""
<https://minimal.example/data/dataset/{name}>
    a dcat:Dataset ;
    dct:description "More of it."@en ;
    dct:description "Mehr davon."@de ;
    dct:identifier "{name}" ;
    dct:license <http://publications.europa.eu/resource/authority/licence/CC_BY_4_0> ;
    dct:publisher <https://minimal.example/data/catalog#publisher> ;
    dct:title "Mehr"@de ;
    dct:title "More"@en ;
.
"""


TOMBSTONE = f"""
<{BASE}dataset/bulk>
    a <{STREAMS}Tombstone> ;
    <{STREAMS}deleted> "2026-11-20T00:00:00Z"^^xsd:dateTime ;
    <{STREAMS}formerType> dcat:Dataset ;
    <{RDFS}comment> "Nobody wanted it."@en , "Niemand wollte sie."@de ;
.
"""


def _retire_bulk(site: Path) -> None:
    content = (site / CATALOG).read_text("utf-8").replace(f"    {BULK} ;\n", "")
    content, count = re.subn(rf"<{BASE}dataset/bulk>\n.*?\n\.\n", "", content, flags=re.DOTALL)
    assert count == 1
    (site / CATALOG).write_text(content, "utf-8")


def _damage_cache(site: Path) -> None:
    """Damage what is kept beside the site, every third file of it."""
    kept = sorted(path for path in (site.parent / "kept" / CACHE).glob("*/*/*") if path.is_file())
    assert kept
    for number, path in enumerate(kept):
        if number % 3 == 0:
            path.write_bytes(path.read_bytes()[:-1] + b"?")


def _lose_cache(site: Path) -> None:
    shutil.rmtree(site.parent / "kept" / CACHE)


EDITS: dict[str, Edit] = {
    "nothing": lambda _: None,
    "a statement more": _append(LIST, f'<{BASE}id/bridges/steg-1> <{RDFS}comment> "new"@en .\n'),
    "a statement fewer": _replace(f"{BRIDGES}/new-bridge.ttl", '    ex:opened "1998"^^xsd:gYear ;\n', ""),
    "another value": _replace(f"{BRIDGES}/new-bridge.ttl", '"New Bridge"@en', '"Newer Bridge"@en'),
    "a file more": _write(
        f"{BRIDGES}/more-1.ttl",
        (MINIMAL / BRIDGES / "new-bridge.ttl").read_text("utf-8").replace("new-bridge", "more-1"),
    ),
    "a file fewer": _remove("data/bulk/elsewhere.trig"),
    "a file of another name": _rename(LIST, "data/bulk/bridges.nq"),
    "a thing in another dataset": _both(
        lambda site: (site / "data/bulk/bridges").mkdir(),
        _rename(f"{BRIDGES}/v1.0.ttl", "data/bulk/bridges/v1.0.ttl"),
    ),
    "a dataset more": _both(
        _append(CATALOG, _entry("more")),
        _replace(CATALOG, BULK, f"{BULK} , <{BASE}dataset/more>"),
        _write("data/more/some.nq", f'<{FOREIGN}x> <{RDFS}label> "x" .\n'),
    ),
    "a dataset of another name": _both(
        _replace(CATALOG, "dataset/bulk>", "dataset/list>"),
        _replace(CATALOG, 'dct:identifier "bulk"', 'dct:identifier "list"'),
        _append(CATALOG, TOMBSTONE),
        _rename("data/bulk", "data/list"),
    ),
    "a dataset fewer": _both(
        _retire_bulk,
        _append(CATALOG, TOMBSTONE),
        _remove("data/bulk/elsewhere.trig"),
        _rename(LIST, "data/crossings/bridges.nq"),
    ),
    "another title in the catalogue": _replace(CATALOG, '"Liste"@de', '"Lange Liste"@de'),
    "another shape": _replace("shapes/bridge.ttl", "at least one thing", "something"),
    "another label in the ontology": _replace("ontology/bridges.ttl", '"bridge"@en', '"crossing"@en'),
    "a prefix more": _replace(f"{BRIDGES}/v1.0.ttl", "@prefix ex:", "@prefix aa: <https://a.example/> .\n@prefix ex:"),
    "another query": _replace("queries/examples/bridges.rq", "ORDER BY ?bridge", "ORDER BY DESC(?bridge)"),
    "another check": _replace("queries/checks/opened-with-evidence.rq", "SELECT", "SELECT DISTINCT"),
    "another page": _append("pages/about.en.md", "\nOne more line.\n"),
    "other words of a source": _append("data/crossings/sources/inscription.txt", "\nand more\n"),
    "blank nodes": _replace("shapes/bridge.ttl", '( "de" "en" )', '( "en" "de" )'),
    "a kept file damaged": _damage_cache,
    "all kept files lost": _lose_cache,
}  # fmt: skip
"""What can become of a site."""
TOGETHER = (
    ("nothing",),
    ("a statement more", "a file more", "a prefix more", "another title in the catalogue", "a kept file damaged"),
    ("a statement fewer", "another label in the ontology", "a file of another name", "another check"),
    ("a thing in another dataset", "a dataset more", "blank nodes", "another query"),
    ("a dataset of another name", "another value", "all kept files lost"),
    ("a dataset fewer", "another shape", "another page", "other words of a source"),
)
"""Edits that are tried in one go, where nobody has the time for each."""
COMPATIBLE = frozenset(EDITS) - {
    "a file fewer",
    "a file of another name",
    "a thing in another dataset",
    "a dataset of another name",
    "a dataset fewer",
}
"""Edits that can be made in any order; the others take away what some edit."""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site, and a folder with its first release and what that build kept; for copying only."""
    folder = tmp_path_factory.mktemp("begun")
    shutil.copytree(MINIMAL, folder / "site", ignore=shutil.ignore_patterns("releases"))
    _build(folder, FIRST)
    return folder


def _build(folder: Path, date: str) -> Path:
    """Build with the help of what is kept, of which there is much."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name, value in (*KEPT, *CUT):
            patch.setattr(module, name, value)
        return build_release(folder / "site", folder / "kept", date, insist=True, jobs=1).folder


def _build_anew(folder: Path, date: str) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        for module, name, value in CUT:
            patch.setattr(module, name, value)
        return build_release(folder / "site", folder / "anew", date, insist=True, full=True).folder


def _copy(begun: Path, target: Path) -> Path:
    return Path(shutil.copytree(begun, target, symlinks=True))


def _build_both(folder: Path, date: str, edits: Iterable[str]) -> None:
    """Edit the site and build it with help, and anew after the same releases; compare what comes of it."""
    for one in edits:
        EDITS[one](folder / "site")
    shutil.copytree(folder / "kept", folder / "anew", symlinks=True, ignore=shutil.ignore_patterns(CACHE))
    helped, full = _build(folder, date), _build_anew(folder, date)
    assert _files(helped) == _files(full)
    assert _entries(helped) == _entries(full)
    assert _quads(helped) == _quads(full)
    assert _graphs(helped) == _graphs(full)
    shutil.rmtree(folder / "anew")


def _files(release: Path) -> dict[str, bytes]:
    own = {STORE, INDEX}
    paths = (one for one in release.rglob("*") if one.is_file() and one.relative_to(release).parts[0] not in own)
    return {path.relative_to(release).as_posix(): path.read_bytes() for path in paths}


def _entries(release: Path) -> list[tuple[str, bytes]]:
    made = read_made(release / INDEX)
    assert made is not None
    return [entry for one in made.portions for entry in read_portion(release / INDEX, one)]


def _quads(release: Path) -> set[Quad]:
    """All of its store, with names for blank nodes that do not depend on chance."""
    dataset = Dataset(Store.read_only(str(release / STORE)))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def _graphs(release: Path) -> set[str]:
    return {one.value for one in Store.read_only(str(release / STORE)).named_graphs()}


@pytest.mark.parametrize("edits", TOGETHER, ids=", ".join)
def test_what_is_kept_makes_no_difference(begun: Path, tmp_path: Path, edits: tuple[str, ...]) -> None:
    """After edits every file is as if all had been made anew, and so are the index and the store."""
    _build_both(_copy(begun, tmp_path / "work"), SECOND, edits)


def test_a_change_back_is_a_change(begun: Path, tmp_path: Path) -> None:
    """What is as it was two releases ago is compared with the last one."""
    folder = _copy(begun, tmp_path / "work")
    for one in ("a statement more", "another value", "another label in the ontology", "another shape"):
        EDITS[one](folder / "site")
    _build(folder, SECOND)
    shutil.rmtree(folder / "site")
    shutil.copytree(begun / "site", folder / "site")
    _build_both(folder, THIRD, [])


@pytest.mark.slow
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.lists(st.sets(st.sampled_from(sorted(COMPATIBLE)), max_size=6), min_size=1, max_size=2))
def test_what_is_kept_makes_no_difference_after_any_edits(
    begun: Path, tmp_path_factory: pytest.TempPathFactory, rounds: list[set[str]]
) -> None:
    """Several releases, each after some edits, are all as if made anew."""
    folder = _copy(begun, tmp_path_factory.mktemp("any") / "work")
    done: set[str] = set()
    for number, edits in enumerate(rounds, 24):
        _build_both(folder, f"2026-11-{number}", sorted(edits - done))
        done |= edits
