"""A site is read in a stream: large files and packed ones, in one process or several, say what small ones say."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from mreze import staging
from mreze.build.template import write_template
from mreze.graph import SiteGraph, read_site
from mreze.site import open_site

B = "https://example.org/"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
LINES = [f'<{B}id/rivers/r{number:04}> {LABEL} "r{number}"@en .\n' for number in range(300)]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The template's site with a list of rivers, not sorted, one of them twice."""
    write_template(tmp_path / "site")
    lines = [*LINES[150:], *LINES[:150], LINES[7]]
    (tmp_path / "site/data/crossings/rivers.nt").write_text("".join(lines), "utf-8")
    return tmp_path / "site"


def _read(site: Path, jobs: int = 1) -> SiteGraph:
    return read_site(open_site(site), jobs=jobs)


def _said(graph: SiteGraph) -> set[Quad]:
    return set(graph.quads("catalog", "ontology", "data"))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_is_read_in_portions_says_the_same(site: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    """However it is cut, in however many processes."""
    whole = _read(site)
    monkeypatch.setattr(staging, "_PORTION", 999)
    monkeypatch.setattr(staging, "_MOST_SPOOLED", 500)
    cut = _read(site, jobs)
    assert _said(cut) == _said(whole)
    (document,) = (one for one in cut.documents if one.path.name == "rivers.nt")
    assert list(document.span.lines()) == [line.encode() for line in LINES]


def test_a_mistake_in_a_portion_has_its_line(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is that of the file; what stands after it is not read, though others may have read it by then."""
    lines = [*LINES[:200], "not a triple\n", *LINES[200:]]
    (site / "data/crossings/rivers.nt").write_text("".join(lines), "utf-8")
    monkeypatch.setattr(staging, "_PORTION", 999)
    monkeypatch.setattr(staging, "_MOST_SPOOLED", 0)
    graph = _read(site)
    (document,) = (one for one in graph.documents if one.path.name == "rivers.nt")
    assert [(one.check, one.line) for one in document.findings] == [("syntax", 201)]
    assert list(document.span.lines()) == [line.encode() for line in LINES[:200]]
    (site / "data/crossings/rivers.nt").write_bytes("".join(LINES[:200]).encode() + b"\xff\n")
    (document,) = (one for one in _read(site).documents if one.path.name == "rivers.nt")
    assert [(one.check, one.line) for one in document.findings] == [("encoding", 201)]


def test_packed_files_are_read(site: Path) -> None:
    """Of each syntax; the name of the kind is the same, and so is what is said."""
    plain = _read(site)
    for path in (*site.rglob("rivers.nt"), *site.rglob("*-bridge.ttl"), *site.rglob("elsewhere.trig")):
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    packed = _read(site)
    assert _said(packed) == _said(plain)
    assert {one.file.place: one.findings for one in packed.documents} == {one.file.place: [] for one in plain.documents}


@pytest.mark.parametrize("content", [gzip.compress("".join(LINES).encode())[:-9], b"plain", b""])
def test_what_is_not_packed_whole_is_told(site: Path, content: bytes) -> None:
    """A cut file, one that is none, an empty one."""
    (site / "data/crossings/rivers.nt").unlink()
    (site / "data/crossings/rivers.nt.gz").write_bytes(content)
    (document,) = (one for one in _read(site).documents if one.path.name == "rivers.nt.gz")
    assert [one.check for one in document.findings] == ["reading"]
    assert "not packed as its name says" in document.findings[0].message["en"]


def test_a_dataset_is_staged_sorted(site: Path) -> None:
    """As its dump is: N-Quads in order, each once, those of TriG in their own graphs."""
    graph = _read(site)
    lines = list(graph.staged("crossings").lines())
    assert lines == sorted(set(lines))
    assert set(parse(b"".join(lines), format=RdfFormat.N_QUADS)) == set(graph.quads("data"))


def test_the_store_holds_the_merge_once(site: Path) -> None:
    """Data and ontology, without catalogue and shapes; a triple that is in two graphs counts once."""
    graph = _read(site)
    triples = {one.triple for one in graph.quads("data", "ontology")}
    assert {one.triple for one in graph.store} == triples
    assert {line for block in graph.lines("data", "ontology") for line in block} == {
        line for path in graph.triples("data", "ontology") for line in path.read_bytes().splitlines(keepends=True)
    }
    assert len(graph.whole_store) == len(triples) + len({*_said(graph), *graph.quads("shapes")})
    assert graph.whole_store is graph.store


def test_blank_nodes_have_the_same_names_everywhere(site: Path) -> None:
    """In the store, in the lines, and read again: those of two files are not the same."""
    for slug in ("a", "b"):
        (site / f"data/crossings/rivers/{slug}.ttl").write_text(f"_:x {LABEL} [] .\n", "utf-8")
    graph = _read(site)
    stored = {str(one.subject) for one in graph.store if str(one.subject).startswith("_:")}
    own = [one for document in graph.of("data") for one in document.quads if str(one.subject).startswith("_:")]
    assert stored == {str(one.subject) for one in own}
    assert len(stored) == len(own) == 2


def test_a_large_document_is_found_by_what_it_describes(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a small one is, by a thing or a part of it; the first of two is the one."""
    small = _read(site)
    monkeypatch.setattr("mreze.graph.LARGE", 0)
    large = _read(site)
    bridge = f"{B}id/bridges/old-bridge"
    for iri in (f"{B}id/rivers/r0007", f"{B}id/rivers/r0007#part", bridge, bridge + "#quote", f"{B}catalog"):
        first, second = small.document_of(iri), large.document_of(iri)
        assert first is not None
        assert second is not None
        assert first.path == second.path
    assert [one.document_of(f"{B}id/rivers/r000") for one in (small, large)] == [None, None]


def test_nothing_is_left_behind(site: Path) -> None:
    """The folder goes when the graph does."""
    graph = _read(site)
    folder = graph.staging.folder
    assert isinstance(graph.store, Store)
    assert folder.is_dir()
    del graph
    assert not folder.exists()


def test_a_store_that_was_let_go_of_is_closed(site: Path) -> None:
    """Whoever asked it for named graphs too: nothing in its folder changes from then on, another may open it."""
    graph = read_site(open_site(site), lasting=True)
    assert graph.whole_store.contains_named_graph(NamedNode(f"{graph.site.base}ontology"))
    with pytest.raises(OSError, match="lock"):
        Store(graph.store_folder)
    graph.close()
    assert len(Store(graph.store_folder)) > len(LINES)
