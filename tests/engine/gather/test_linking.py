"""Accepted candidates become links of the right kind, in the right file, whole or not at all, and once."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from mreze.build.template import write_template
from mreze.cli import main
from mreze.errors import SiteError
from mreze.gather.applying import Applied, apply
from mreze.gather.linking import Link, usual_link
from mreze.gather.model import Candidate, Decision
from mreze.gather.table import PATH, Table
from mreze.gather.table_rows import read_table
from mreze.graph import read_site
from mreze.namespaces import PREFIXES, term
from mreze.site import open_site

BASE = "https://example.org/"
OLD, NEW, RIVER = f"{BASE}id/bridges/old-bridge", f"{BASE}id/bridges/new-bridge", f"{BASE}id/rivers/green-river"
OLD_FILE = Path("data/crossings/bridges/old-bridge.ttl")
Q1, Q2 = "http://www.wikidata.org/entity/Q1", "http://www.wikidata.org/entity/Q2"
GEO, EU = "https://sws.geonames.org/1/", "http://publications.europa.eu/resource/authority/country/SWE"
DAY = "2026-03-04"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The template's site, to be linked."""
    write_template(tmp_path / "site")
    return tmp_path / "site"


def accepted(thing: str, candidate: str, by: str = "Ana", link: str = "", on: str = "2026-01-02") -> Candidate:
    """A row that a person accepted."""
    return Candidate(thing, candidate, 90, "name", decision=Decision.ACCEPTED, by=by, on=on, link=link)


def applied(site: Path, *rows: Candidate, by: str = "") -> Applied:
    """What is to be written for these rows."""
    return apply(read_site(open_site(site)), Table().with_candidates(rows), by, DAY)


def add(site: Path, path: Path, more: str) -> None:
    """Say more in a file."""
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    with (site / path).open("a", encoding="utf-8") as file:
        file.write(more)


def same(thing: str, name: str, other: str) -> str:
    """A line of N-Triples."""
    return f"<{thing}> {term(name)} <{other}> .\n"


@pytest.mark.parametrize(
    ("classes", "candidate", "link"),
    [
        ("skos:Concept", Q1, "skos:exactMatch"), ("skos:Concept org:Role", EU, "skos:exactMatch"),
        ("geo:Feature schema:City", Q1, "owl:sameAs"), ("schema:Country geo:Feature", GEO, "owl:sameAs"),
        ("schema:Place", Q1, "owl:sameAs"), ("schema:Country geo:Feature", EU, "schema:sameAs"),
        ("org:Organization schema:Organization", Q1, "owl:sameAs"), ("org:Organization", GEO, "schema:sameAs"),
        ("org:Organization schema:GovernmentOrganization", Q1, "schema:sameAs"),
        ("schema:Event", Q1, "owl:sameAs"), ("", Q1, "owl:sameAs"), ("", "https://a.example/1", "schema:sameAs"),
    ],
)  # fmt: skip
def test_a_link_is_of_the_kind_of_the_thing(classes: str, candidate: str, link: str) -> None:
    """Concepts match, things of one kind are the same, the rest is the same elsewhere."""
    assert usual_link({term(one).value for one in classes.split()}, candidate) == link


@pytest.mark.parametrize(
    ("candidate", "part"),
    [
        (Q1, "link-Q1"), (GEO, "link-1"), (EU, "link-SWE"), ("https://a.example/x#y", "link-y"),
        ("https://a.example/a%20b/é", "link-other"), ("https://a.example/Њ1", "link-1"),
        ("https://a.example/?q=1", "link-q-1"),
    ],
)  # fmt: skip
def test_a_part_is_called_after_the_candidate(candidate: str, part: str) -> None:
    """Safely, and by a number where something else is called so."""
    link = Link(OLD, "owl:sameAs", candidate, "Ana", DAY)
    assert {str(one.subject) for one in link.triples()} == {f"<{OLD}>", f"<{OLD}#{part}>"}
    taken = {f"{OLD}#{part}", f"{OLD}#{part}-2", f"{OLD}#other"}
    assert {str(one.subject) for one in link.triples(taken)} == {f"<{OLD}>", f"<{OLD}#{part}-3>"}


def test_a_link_says_who_accepted_it_and_when(site: Path) -> None:
    """In the house form, beside what the file says already, and the table says as what."""
    (site / OLD_FILE).write_text("# A bridge.\n" + (site / OLD_FILE).read_text("utf-8"), "utf-8")
    found = applied(site, accepted(OLD, Q1))
    assert list(found.files) == [OLD_FILE]
    text = found.files[OLD_FILE]
    assert text.startswith("# A bridge.\n@prefix dc:")
    assert f"    owl:sameAs <{Q1}> ;\n" in text
    assert (
        f"<{OLD}#link-Q1>\n    a rdf:Statement ;\n    dc:creator \"Ana\" ;\n"
        f"    dct:dateAccepted \"2026-01-02\"^^xsd:date ;\n    rdf:object <{Q1}> ;\n    rdf:predicate owl:sameAs ;\n"
        f"    rdf:subject <{OLD}> ;\n.\n"
    ) in text  # fmt: skip
    before = {quad.triple for quad in parse(path=site / OLD_FILE)}
    assert {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)} - before == set(found.links[0].triples())
    assert found.table.candidates == (accepted(OLD, Q1, link="owl:sameAs"),)


def test_a_hand_gives_who_and_when(site: Path) -> None:
    """What was accepted in the table without them gets the name of whoever applies, and the day."""
    found = applied(site, accepted(OLD, Q1, by="", on=""), by="Ivo")
    assert found.table.candidates == (accepted(OLD, Q1, by="Ivo", on=DAY, link="owl:sameAs"),)


def test_what_is_open_rejected_or_linked_is_left(site: Path) -> None:
    """By whichever property; nothing is to be written then."""
    add(site, OLD_FILE, same(OLD, "schema:sameAs", Q1))
    rejected = Candidate(NEW, Q1, 90, "", decision=Decision.REJECTED)
    found = applied(site, accepted(OLD, Q1), rejected, Candidate(RIVER, Q2, 90, ""))
    assert (found.links, dict(found.files), found.warnings) == ((), {}, ())


def test_a_rejected_link_is_told(site: Path) -> None:
    """With the place of both; nothing is taken away."""
    add(site, OLD_FILE, same(OLD, "owl:sameAs", Q1))
    (warning,) = applied(site, Candidate(OLD, Q1, 90, "", decision=Decision.REJECTED)).warnings
    assert f"{Q1} is rejected for {OLD}, and linked ({(site / OLD_FILE).as_posix()}:" in warning


def test_a_place_and_its_authority_are_linked_otherwise(site: Path) -> None:
    """What a place of the site is, an organization is elsewhere; so both may be accepted."""
    add(site, OLD_FILE, f"<{OLD}> a {term('schema:Place')} .\n{same(OLD, 'owl:sameAs', Q1)}")
    assert [one.name for one in applied(site, accepted(NEW, Q1)).links] == ["schema:sameAs"]


def test_a_place_is_linked_before_its_authority(site: Path) -> None:
    """Whichever stands first in the table, both being accepted at once."""
    add(site, OLD_FILE, f"<{OLD}> a {term('schema:Place')} .\n")
    found = applied(site, accepted(NEW, Q1), accepted(OLD, Q1))
    assert {one.thing: one.name for one in found.links} == {OLD: "owl:sameAs", NEW: "schema:sameAs"}


def test_a_retired_thing_passes_its_link_on(site: Path) -> None:
    """To what a tombstone leads to."""
    gone = f"{BASE}id/bridges/gone"
    add(
        site, Path("data/crossings/bridges/gone.ttl"),
        f"<{gone}> a {term('as:Tombstone')} ; {term('dct:isReplacedBy')} <{NEW}> .\n",
    )  # fmt: skip
    assert [one.thing for one in applied(site, accepted(gone, Q1)).links] == [NEW]


@pytest.mark.parametrize(
    ("rows", "more", "told"),
    [
        ([accepted(OLD, Q1, by="")], "", "nobody says who accepted it. Write a name into the column by, or say: mreze"),
        ([accepted(OLD, Q1, on="2026-03-05")], "", "it was accepted on 2026-03-05, which is to come. Write the day"),
        ([accepted(OLD, Q1, link="skos:exactMatch")], "", "skos:exactMatch is for concepts, and .*old-bridge is none"),
        ([accepted(f"{BASE}id/bridges/lost", Q1)], "",
         "lost: the site has no such thing. Say which it is now: mreze links rename .*lost NEW"),
        ([accepted(OLD, Q1)], same(OLD, "owl:sameAs", Q2),
         r"old-bridge is linked to .*Q2 already \(.*/data/crossings/.*/old-bridge.ttl:\d+\), and .*Q1 is accepted"),
        ([accepted(NEW, Q1)], same(OLD, "owl:sameAs", Q1),
         r"Q1 is the same as .*old-bridge already \(.*old-bridge.ttl:\d+\), so not as .*new-bridge. Reject it"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_a_link_is_told(site: Path, rows: list[Candidate], more: str, told: str) -> None:
    """With the remedy."""
    add(site, OLD_FILE, more)
    with pytest.raises(SiteError, match=told):
        applied(site, *rows)


def test_all_or_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One row in trouble keeps all from being written, and all trouble is told."""
    table = Table().with_candidates([accepted(OLD, Q1), accepted(NEW, Q2, by=""), accepted(f"{BASE}id/a/b", GEO)])
    (site / PATH).parent.mkdir()
    (site / PATH).write_text(table.text(), "utf-8")
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert main(["links", "apply", str(site)]) == 1
    told = capsys.readouterr().err
    assert told.startswith("mreze: nothing was written.\n")
    assert [line.split(": ")[0].rpartition(":")[2] for line in told.splitlines()[1:]] == ["2", "3"]
    assert before == {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_broken_file_is_left_alone(site: Path) -> None:
    """Nothing is written into what cannot be read whole."""
    add(site, OLD_FILE, "<broken")
    with pytest.raises(SiteError, match=r"old-bridge\.ttl: cannot be read whole\. Mend it first: mreze check"):
        applied(site, accepted(OLD, Q1))


@pytest.mark.parametrize(
    ("name", "lines", "result"),
    [
        ("fords.nt", "<{t}> <{l}> \"b\" .\n<{u}> <{l}> \"c\" .\n", "sorted"),
        ("fords.nt", "<{u}> <{l}> \"c\" .\n<{t}> <{l}> \"b\" .\n", "at the end"),
        ("fords.nq", "<{t}> <{l}> \"b\" <{g}> .\n<{u}> <{l}> \"c\" <{g}> .\n", "sorted"),
        ("fords.nq", "<{t}> <{l}> \"b\" .\n", "sorted"),
    ],
)  # fmt: skip
def test_a_list_stays_one(site: Path, name: str, lines: str, result: str) -> None:
    """Sorted if it was; in N-Quads the link is in the graph of its thing."""
    thing, path = f"{BASE}id/fords/a", Path("data/crossings") / name
    content = lines.format(t=thing, u=f"{BASE}id/fords/c", l=PREFIXES["rdfs"] + "label", g=f"{BASE}graph")
    add(site, path, content)
    text = applied(site, accepted(thing, Q1)).files[path]
    found = text.splitlines()
    assert set(content.splitlines()) < set(found)
    assert len(found) == len(content.splitlines()) + 7
    assert (found == sorted(found)) == (result == "sorted")
    assert text.startswith(content) == (result == "at the end")
    graphs = {str(quad.graph_name) for quad in parse(text, format=RdfFormat.N_QUADS)}
    assert graphs == ({f"<{BASE}graph>"} if "<{g}>" in lines else {"DEFAULT"})


def test_trig_is_written_by_hand(site: Path) -> None:
    """The error has the lines."""
    thing = f"{BASE}id/fords/a"
    add(site, Path("data/crossings/fords.trig"), f'<{BASE}g> {{ <{thing}> <{PREFIXES["rdfs"]}label> "a" }}\n')
    with pytest.raises(SiteError, match=r"fords.trig: TriG.*Write the link by hand.*<.*fords/a> <.*sameAs> <.*Q1> \."):
        applied(site, accepted(thing, Q1))


def test_the_whole_way(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Accept, reject, rename, apply, each twice: the second time nothing changes, and the site has no finding."""

    def run(*words: str) -> tuple[int, str]:
        status = main(["links", words[0], str(site), *words[1:]])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    (site / PATH).parent.mkdir()
    former = f"{BASE}id/bridges/former"
    (site / PATH).write_text(f"thing\tcandidate\tlink\tdecision\tby\ton\nbridges/former\tQ2\n{OLD}\tQ1\n", "utf-8")
    assert run("accept", "bridges/old-bridge", "Q1", "--by", "Ana", "--on", DAY) == (
        0, f"{Q1} is accepted for {OLD} by Ana on {DAY}.\n"
    )  # fmt: skip
    assert run("accept", "bridges/old-bridge", "Q1", "--by", "Ivo") == (
        0, f"{Q1} is already accepted for {OLD} by Ana on {DAY}.\n"
    )  # fmt: skip
    assert run("reject", "bridges/former", "wd:Q2", "--by", "Ana", "--on", DAY)[0] == 0
    assert run("rename", "bridges/former", "bridges/nowhere")[0] == 2
    assert run("rename", "bridges/old-bridge", "bridges/new-bridge")[0] == 2
    assert run("rename", "bridges/former", "bridges/new-bridge") == (
        0, f"Candidates of {former} that are those of {NEW} now: 1.\n"
    )  # fmt: skip
    assert run("rename", "bridges/former", "bridges/new-bridge")[0] == 2
    assert run("apply") == (0, f"{OLD} owl:sameAs {Q1} (Ana, {DAY})\nLinks: 1, files: 1.\n")
    assert run("apply") == (0, "Links: 0, files: 0.\n")
    rows = {one.candidate: one for one in read_table(site, BASE).candidates}
    assert (rows[Q1].link, rows[Q2].thing, rows[Q2].decision) == ("owl:sameAs", NEW, Decision.REJECTED)
    assert main(["check", str(site), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "Nothing found: all is well.\n"


def test_the_table_is_not_published(site: Path, tmp_path: Path) -> None:
    """A site with a table of candidates is built as if it were not there; its links are in the dump."""
    (site / PATH).parent.mkdir()
    (site / PATH).write_text(
        f"thing\tcandidate\tdecision\tby\ton\tlink\nbridges/old-bridge\tQ1\taccepted\tAna\n{NEW}\tQ2\n", "utf-8"
    )
    assert main(["links", "apply", str(site)]) == 0
    assert main(["build", str(site), "--out", str(tmp_path / "out"), "--date", "2999-01-01"]) == 0
    (release,) = (path for path in (tmp_path / "out").iterdir() if path.name == "2999-01-01")
    assert Q1 in (release / "dumps/all.nq").read_text("utf-8")
    published = [path for path in release.rglob("*") if path.is_file() and "store" not in path.parts]
    assert not [path for path in published if Q2.encode() in path.read_bytes() or "candidates" in path.name]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["Q", "Q1", "--by", "A"], "Q: no thing is called so. Name it as kind/slug, or by its IRI."),
        (["bridges/old-bridge", "x", "--by", "A"], "x: no candidate is called so. Name it by its IRI, or as Q42."),
        (["bridges/old-bridge", "Q1", "--by", " "], "nobody decided this"),
        (["bridges/old-bridge", "Q1", "--by", "A"], "data/links/candidates.tsv has no row of"),
    ],
)
def test_a_wrong_word_is_told(site: Path, words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2, and no table is made."""
    assert main(["links", "accept", str(site), *words]) == 2
    assert told in capsys.readouterr().err
    assert not (site / PATH).exists()


@pytest.mark.parametrize("day", ["2999-01-01", "4.3.2026", "20260304"])
def test_a_day_is_a_day(site: Path, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Not to come, and written as one."""
    with pytest.raises(SystemExit):
        main(["links", "accept", str(site), "bridges/old-bridge", "Q1", "--by", "A", "--on", day])
    assert f"{day} is no day until today, as YYYY-MM-DD" in capsys.readouterr().err
