"""`mreze diff` tells people and programs what is different, thing by thing, a changed value on one line."""

from __future__ import annotations

import json
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse
from tests.conftest import MINIMAL
from tests.servers import MREZE

from mreze.build.release import build_release
from mreze.changes import compare
from mreze.diff.wording import shown
from mreze.findings import Names
from mreze.namespaces import RDF_TYPE, term
from mreze.release import open_release

BASE = "https://minimal.example/data/"
TEXT = """\
Since 2026-11-23: new things: 1, changed: 2, retired: 1.
  crossings: new things: 1, changed: 1, retired: 1
  ontology: changed: 1

~ crossings: bridges/new-bridge “Newer <Bridge>”: changed
    ~ rdfs:label "New Bridge"@en → "Newer <Bridge>"@en
    ~ skos:prefLabel "New Bridge"@en → "Newer <Bridge>"@en
    ~ ex:opened "1998"^^xsd:gYear → "2002"^^xsd:gYear
"""


class _Page(HTMLParser):
    """Checks that elements nest, and notes what is struck and what is new."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: dict[str, list[str]] = {"del": [], "ins": [], "script": []}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.found.setdefault(self.open[-1] if self.open else "", []).append(data)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two releases: a bridge is renamed and opened later, one is new, one is retired, a term says more."""
    folder = tmp_path_factory.mktemp("diff")
    site = Path(shutil.copytree(MINIMAL, folder / "site", ignore=shutil.ignore_patterns("releases")))
    old = build_release(site, folder / "out", "2026-11-23").folder
    bridges = site / "data/crossings/bridges"
    written = (bridges / "new-bridge.ttl").read_text("utf-8")
    opened = next(line for line in written.splitlines() if "opened" in line)
    later = written.replace(opened, '    ex:opened "2002"^^xsd:gYear ;').replace("New Bridge", "Newer <Bridge>")
    (bridges / "new-bridge.ttl").write_text(later, "utf-8")
    (bridges / "newest.ttl").write_text(written.replace("/new-bridge>", "/newest>"), "utf-8")
    tomb = (bridges / "lost-bridge.ttl").read_text("utf-8")
    (bridges / "v1.0.ttl").write_text(tomb.replace("lost-bridge", "v1.0"), "utf-8")
    ontology = site / "ontology/bridges.ttl"
    ontology.write_text(ontology.read_text("utf-8").replace("A structure", "A built structure"), "utf-8")
    return old, build_release(site, folder / "out", "2026-11-24").folder


def _diff(releases: tuple[Path, Path], *options: str) -> str:
    command = [*MREZE, "diff", str(releases[0]), str(releases[1]), "--lang", "en", *options]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_text_counts_first_and_then_tells(releases: tuple[Path, Path]) -> None:
    """Counts, then each thing with its label and its lines; what is new has only plus signs."""
    said = _diff(releases)
    blocks = said.split("\n\n")
    assert "\n\n".join(blocks[:2]) + "\n" == TEXT
    newest = next(one for one in blocks if "bridges/newest" in one)
    assert newest.startswith("+ crossings: bridges/newest “New Bridge”: new\n")
    assert {line[:6] for line in newest.splitlines()[1:]} == {"    + "}
    assert any(one.startswith("† crossings: bridges/v1.0 “Lost Bridge”: retired\n") for one in blocks)


def test_words_are_in_the_language_asked_for(releases: tuple[Path, Path]) -> None:
    """Labels, counts and kinds."""
    said = _diff(releases, "--lang", "sr-latn")
    assert said.startswith("Od 2026-11-23: nove stvari: 1, izmenjene: 2, povučene: 1.\n")
    assert "+ crossings: bridges/newest “New Bridge”: novo\n" in said
    assert "+ crossings: bridges/newest “Neue Brücke”: new\n" in _diff(releases, "--lang", "de")


def test_equal_releases_are_said_to_be_equal(releases: tuple[Path, Path]) -> None:
    """One line, and no error."""
    assert _diff((releases[0], releases[0])) == "Nothing changed since 2026-11-23.\n"
    for form in ("html", "turtle", "json"):
        assert _diff((releases[0], releases[0]), "--format", form)


def test_json_has_every_edit(releases: tuple[Path, Path]) -> None:
    """Values before and after, as SPARQL results write them."""
    said = json.loads(_diff(releases, "--format", "json"))
    assert said["counts"] == {"crossings": {"created": 1, "updated": 1, "retired": 1}, "ontology": {"updated": 1}}
    thing = next(one for one in said["things"] if one["thing"].endswith("/new-bridge"))
    assert (thing["label"], thing["kind"], thing["dataset"]) == ("Newer <Bridge>", "updated", "crossings")
    names = [one for one in thing["edits"] if one["predicate"] == term("rdfs:label").value]
    assert names == [
        {
            "subject": f"{BASE}id/bridges/new-bridge",
            "predicate": term("rdfs:label").value,
            "before": {"type": "literal", "value": "New Bridge", "xml:lang": "en"},
            "after": {"type": "literal", "value": "Newer <Bridge>", "xml:lang": "en"},
        }
    ]


def test_turtle_has_activities_with_their_statements(releases: tuple[Path, Path]) -> None:
    """Each has an IRI, and the statements that it made and unmade are all that changed."""
    written = _diff(releases, "--format", "turtle").encode()
    said = {one.triple for one in parse(written, format=RdfFormat.TURTLE)}
    activities = {one.subject for one in said if one.predicate == term("as:object")}
    assert len(activities) == 4
    assert all(isinstance(one, NamedNode) for one in activities)
    changes = list(compare(*(open_release(one) for one in releases)))
    for relation, expected in (
        ("prov:generated", {triple for one in changes for triple in one.added}),
        ("prov:invalidated", {triple for one in changes for triple in one.removed}),
    ):
        statements = {one.object for one in said if one.predicate == term(relation)}
        parts: dict[object, dict[str, object]] = {}
        for one in said:
            if one.subject in statements and one.predicate != RDF_TYPE:
                parts.setdefault(one.subject, {})[one.predicate.value] = one.object
        names = [term(f"rdf:{name}").value for name in ("subject", "predicate", "object")]
        assert {tuple(one[name] for name in names) for one in parts.values()} == {
            (one.subject, one.predicate, one.object) for one in expected
        }


def test_html_is_a_whole_page(releases: tuple[Path, Path]) -> None:
    """It nests, has no script, escapes what data say, and strikes what is no more."""
    content = _diff(releases, "--format", "html")
    page = _Page()
    page.feed(content)
    assert page.open == []
    assert page.found["script"] == []
    assert '"New Bridge"@en' in page.found["del"]
    assert '"Newer <Bridge>"@en' in page.found["ins"]
    assert "<Bridge>" not in content
    assert content.startswith('<!DOCTYPE html>\n<html lang="en">')


@pytest.mark.parametrize(("arguments", "status", "says"), [(["x"], 2, "usage"), (["x", "y"], 1, "x: not a release")])
def test_what_cannot_be_compared_is_an_error(arguments: list[str], status: int, says: str) -> None:
    """Two for a wrong call, one for a release that cannot be read; a difference is none."""
    done = subprocess.run([*MREZE, "diff", *arguments], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (status, "")
    assert says in done.stderr


@pytest.mark.parametrize(
    ("node", "says"),
    [
        (Literal("a\x1b[31mb\u00a0\n"), r'"a\x1b[31mb\xa0\n"'),
        (Literal("5", datatype=term("xsd:integer")), '"5"^^xsd:integer'),
        (NamedNode(f"{BASE}id/rivers/green"), "rivers/green"),
        (NamedNode("https://elsewhere.example/a/b"), "<https://elsewhere.example/a/b>"),
        (BlankNode("b1"), "_:b1"),
    ],
)
def test_values_stand_on_one_line(node: NamedNode | BlankNode | Literal, says: str) -> None:
    """What cannot be seen is escaped: a terminal does what it is told."""
    assert shown(Names(BASE), node) == says
