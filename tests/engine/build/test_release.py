"""A release holds all that the site says, twice the same, and no interruption harms the one before."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, Triple, parse

from mreze.build.cache import CACHE
from mreze.build.release import Built, GateClosedError, build_for_serving, build_release
from mreze.errors import ReleaseError, SiteError, UsageError
from mreze.release import newest_release, open_release
from mreze.shelf import Shelf

MINIMAL = Path(__file__).parents[2] / "sites" / "minimal"
DATE = "2026-11-23"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the minimal site that a test may harm."""
    return Path(shutil.copytree(MINIMAL, tmp_path / "site", ignore=shutil.ignore_patterns("releases")))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A release of the minimal site, for looking at only."""
    return build_release(MINIMAL, tmp_path_factory.mktemp("releases"), DATE)


FOLLOWS = frozenset(
    {
        "catalog.ttl",
        "changes.ttl",
        "manifest.json",
        "feeds.json",
        "feed/all.atom",
        "feed/all.de.atom",
        f"feed/catalog/{DATE}-1.jsonld",
        f"feed/catalog/{DATE}-1.trig",
    }
)
"""Files that say which release this one follows."""


def _digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] != "store")
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _differing(one: Path, other: Path) -> set[str]:
    return {path for path, _ in _digests(one).items() ^ _digests(other).items()}


def test_the_manifest_names_every_text_file(built: Built) -> None:
    """Each file but the store, the index and the manifest itself is listed with its size and digest."""
    release = open_release(built.folder)
    on_disk = {path: sha256 for path, sha256 in _digests(built.folder).items() if not path.startswith("index/")}
    on_disk.pop("manifest.json")
    assert on_disk == {path: one.sha256 for path, one in release.files.items()}
    assert all((built.folder / path).stat().st_size == one.bytes for path, one in release.files.items())


def test_two_builds_give_the_same_bytes(built: Built, tmp_path: Path) -> None:
    """Text files are a function of the site and the date: built in other processes, in another order, elsewhere."""
    command = [sys.executable, "-m", "mreze", "build", str(MINIMAL), "--out", str(tmp_path), "--date", DATE]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "1"}, capture_output=True)
    assert _digests(tmp_path / DATE) == _digests(built.folder)


def test_all_dumps_of_a_dataset_hold_the_same_triples(built: Built) -> None:
    """Turtle, N-Triples, N-Quads, JSON-LD and RDF/XML say the same, compressed and not."""
    for name in ("all", *(one.name for one in open_release(built.folder).datasets)):
        dumps = built.folder / "dumps"
        said = {
            extension: {
                quad.triple
                for quad in parse(
                    (dumps / f"{name}.{extension}").read_bytes(), format=RdfFormat.from_extension(extension)
                )
            }
            for extension in ("ttl", "nt", "nq", "jsonld", "rdf")
        }
        assert said["ttl"]
        assert all(triples == said["ttl"] for triples in said.values())
        for path in dumps.glob(f"{name}.*"):
            if path.suffix != ".gz":
                assert gzip.decompress(path.with_name(path.name + ".gz").read_bytes()) == path.read_bytes()


def test_the_default_graph_counts_a_triple_of_two_graphs_once(built: Built) -> None:
    """The merge is without duplicates, and holds the data and the ontology."""
    store = Store.read_only(str(built.folder / "store"))
    graphs: dict[Triple, int] = Counter(quad.triple for quad in store if "/dataset/" in str(quad.graph_name))
    twice = [triple for triple, count in graphs.items() if count > 1]
    assert twice, "the minimal site says something in two graphs"
    query = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(map(str, twice[0]))} }}"
    solutions = store.query(query)
    assert isinstance(solutions, QuerySolutions)
    assert [row["n"].value for row in solutions] == ["1"]


def test_the_csv_is_the_result_of_the_query_that_the_catalogue_names(built: Built) -> None:
    """The first dataset's CSV has that query's columns; the whole is the table of statements."""
    rows = list(csv.DictReader(io.StringIO((built.folder / "dumps/all.csv").read_text("utf-8"), newline="")))
    assert set(rows[0]) == {"graph", "subject", "predicate", "object", "datatype", "language"}
    named = [one for one in built.site.datasets if one.csv_query]
    assert named
    header = (built.folder / f"dumps/{named[0].name}.csv").read_text("utf-8").splitlines()[0]
    assert "subject,predicate" not in header


def test_every_thing_has_its_document(built: Built) -> None:
    """The documents graph names a document for each thing of the base, and its parts."""
    store = Store.read_only(str(built.folder / "store"))
    base = open_release(built.folder).base
    graph = NamedNode(base + "documents")
    topics = {str(quad.object) for quad in store.quads_for_pattern(None, None, None, graph)}
    data = [NamedNode(one.iri) for one in built.site.datasets]
    subjects = {str(quad.subject) for one in data for quad in store.quads_for_pattern(None, None, None, one)}
    assert {one for one in subjects if one.startswith(f"<{base}id/")} <= topics


def test_locations_of_the_catalogue_are_relative(built: Built) -> None:
    """A release can be served from anywhere: no download has a host, and every one of them is there."""
    for name in ("catalog.ttl", "void.ttl"):
        content = (built.folder / name).read_bytes()
        assert b"location.invalid" not in content
        at = "https://elsewhere.example/data/"
        located = {
            quad.object.value.removeprefix(at)
            for quad in parse(content, format=RdfFormat.TURTLE, base_iri=at)
            if quad.predicate.value in {"http://www.w3.org/ns/dcat#downloadURL", "http://rdfs.org/ns/void#dataDump"}
        }
        assert located
        assert all((built.folder / path).is_file() for path in located)


def test_a_violation_stops_the_build(site: Path, tmp_path: Path) -> None:
    """No release is there where the check finds a violation, nor part of one; the findings come with the error."""
    (next((site / "data").glob("*/*/")) / "broken.ttl").write_text("this is not Turtle")
    with pytest.raises(GateClosedError, match="nothing was built") as caught:
        build_release(site, tmp_path / "out", DATE)
    assert any(one.path and one.path.name == "broken.ttl" for one in caught.value.findings)
    assert not Shelf(tmp_path / "out").names()
    assert not list((tmp_path / "out").glob(".unfinished-*"))


def test_a_release_is_not_older_than_what_it_says(tmp_path: Path) -> None:
    """A date before one in the data is refused; the message names the file and the option."""
    with pytest.raises(SiteError, match=r"\.ttl:\d+: a release of 1999-01-01 cannot hold .*--date"):
        build_release(MINIMAL, tmp_path, "1999-01-01")
    with pytest.raises(UsageError, match="not a day"):
        build_release(MINIMAL, tmp_path, "23.11.2026")


@pytest.mark.parametrize("step", range(0, 60, 4))
def test_an_interruption_at_any_step_leaves_the_last_release(built: Built, tmp_path: Path, step: int) -> None:
    """Ctrl-C at a step: the folder of releases is as it was, and the next build works."""
    shutil.copytree(built.folder, tmp_path / DATE)
    before = sorted(path.name for path in tmp_path.iterdir())
    left = [step]

    def interrupt(*_: object, **__: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt

    try:
        build_release(MINIMAL, tmp_path, DATE, interrupt)
    except KeyboardInterrupt:
        assert sorted(path.name for path in tmp_path.iterdir() if path.name != CACHE) == before
    else:  # it had fewer steps
        assert Shelf(tmp_path).current() == f"{DATE}.2"
    newest = newest_release(tmp_path)
    assert newest is not None
    assert _differing(newest.root, built.folder) <= FOLLOWS


@pytest.mark.parametrize("after", [0.3, 0.6, 0.9])
def test_kill_9_leaves_the_last_release(built: Built, tmp_path: Path, after: float) -> None:
    """A build that is killed outright harms nothing, and the next one clears what it left."""
    shutil.copytree(built.folder, tmp_path / DATE)
    command = [sys.executable, "-m", "mreze", "build", str(MINIMAL), "--out", str(tmp_path), "--date", DATE]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert _digests(tmp_path / DATE) == _digests(built.folder)
    again = build_release(MINIMAL, tmp_path, DATE)
    assert _differing(again.folder, built.folder) == FOLLOWS
    assert not list(tmp_path.glob(".unfinished-*"))


def test_serving_builds_only_what_changed(site: Path) -> None:
    """An unchanged site is not built again; a changed one is."""
    first = build_for_serving(site)
    assert build_for_serving(site) == first
    note = next((site / "queries" / "examples").glob("*.rq"))
    note.write_text(note.read_text("utf-8") + "\n# a remark\n", "utf-8")
    assert build_for_serving(site) != first


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "cannot be read"),
        (b"{", "cannot be read"),
        (b"[]", "not a manifest"),
        (b'{"version": 99}', "not a manifest of version"),
        (json.dumps({"version": 1}).encode(), "damaged"),
    ],
)
def test_a_damaged_manifest_is_named(tmp_path: Path, content: bytes, says: str) -> None:
    """A release that cannot be opened says which file and what to do."""
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(ReleaseError, match=says):
        open_release(tmp_path)
    with pytest.raises(ReleaseError, match="Build one"):
        open_release(tmp_path / "nowhere")
