"""The table of candidates: whoever wrote it, it is read whole or every mistake is told; what is written can be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mreze.errors import SiteError
from mreze.gather.cells import plain
from mreze.gather.model import Candidate, Decision
from mreze.gather.table import COLUMNS, PATH, Entry, Table, table, write_table
from mreze.gather.table_rows import parse_table, read_table

BASE = "https://example.org/"
ECAD = f"{BASE}id/organizations/ecad"
Q1, Q2 = "http://www.wikidata.org/entity/Q1", "http://www.wikidata.org/entity/Q2"
HEADER = "\t".join(COLUMNS)


def row(thing: str = ECAD, candidate: str = Q1, **cells: str) -> str:
    """A line of the table."""
    known = {"thing": thing, "candidate": candidate, "score": "90", "why": "name “E” (100)"} | cells
    return "\t".join(known.get(name, "") for name in COLUMNS)


def read(*lines: str, header: str = HEADER) -> Table:
    """The table of these lines."""
    return parse_table("".join(f"{line}\n" for line in (header, *lines)).encode(), BASE)


words = st.text(st.sampled_from("=+-@'\"\t\n\r\ufeff\u2028\x85\xa0\0 a,;Њ“😀"), max_size=6).map(plain)
days = st.sampled_from(["", "2026-03-04", "0001-12-31"])
links = st.sampled_from(["", "owl:sameAs", "schema:sameAs", "skos:exactMatch"])
decisions = st.sampled_from([Decision.OPEN, Decision.REJECTED])
KEYS = [(thing, other) for thing in (ECAD, f"{BASE}id/a/b") for other in (Q1, Q2, "https://a.example/a#b")]


rows = st.builds(
    Candidate, thing=st.just(ECAD), candidate=st.just(Q1), score=st.floats(0, 100), why=words, name=words,
    description=words, link=links, decision=decisions, by=words, on=days, note=words,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(rows, words), max_size=6))
def test_what_is_written_is_read(found: list[tuple[Candidate, str]]) -> None:
    """Whatever the cells hold, quotation marks and invisible characters included."""
    keyed = [
        Entry(replace(one, thing=thing, candidate=other), (own,))
        for (thing, other), (one, own) in zip(KEYS, found, strict=False)
    ]
    whole = table(keyed, ("mine",))
    assert parse_table(whole.text().encode(), BASE) == whole


def test_a_table_is_sorted() -> None:
    """By thing, authority, score from the best down, candidate."""
    geonames = "https://sws.geonames.org/1/"
    whole = read(
        row(candidate=Q2, score="80"), row(candidate=Q1, score="80"), row(candidate=f"{Q1}0", score="99.5"),
        row(candidate=geonames, score="1"), row(f"{BASE}id/a/b", score="5"),
    )  # fmt: skip
    assert [one.candidate for one in whole.candidates] == [Q1, geonames, f"{Q1}0", Q1, Q2]
    assert [line.split("\t")[2] for line in whole.text().splitlines()] == ["score", "5", "1", "99.5", "80", "80"]


@pytest.mark.parametrize(
    ("thing", "candidate", "whole"),
    [
        ("organizations/ecad", "Q1", Q1), ("id/organizations/ecad", "q1", Q1), (ECAD, "wd:Q1", Q1),
        (ECAD, "https://www.wikidata.org/wiki/Q1", Q1), (ECAD, "http://www.wikidata.org/entity/q1", Q1),
        (ECAD, "https://m.wikidata.org/wiki/Q1", Q1),
        (ECAD, "http://sws.geonames.org/787657", "https://sws.geonames.org/787657/"),
        (ECAD, "https://www.geonames.org/787657/nis.html", "https://sws.geonames.org/787657/"),
        (
            ECAD, "https://publications.europa.eu/resource/authority/country/SWE",
            "http://publications.europa.eu/resource/authority/country/SWE",
        ),
        (ECAD, "https://elsewhere.example/1", "https://elsewhere.example/1"),
    ],
)  # fmt: skip
def test_what_a_person_writes_becomes_whole(thing: str, candidate: str, whole: str) -> None:
    """Ids, Q-ids and the addresses that a browser shows are read, and written as IRIs."""
    only = read(row(thing, candidate)).entries[0]
    assert only.key == (ECAD, whole)
    assert f"{ECAD}\t{whole}\t90\t" in read(row(thing, candidate)).text()


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (f"{HEADER}\n{row(note='a')}\n", "a"),
        (f"{HEADER}\r\n{row(note='a')}\r\n\r\n", "a"),
        (f"\ufeff{HEADER}\n{row(note='a')}", "a"),
        (f"{HEADER}\t\t\n{row(note='a')}\t\t\t\n\t\t\n", "a"),
        (HEADER + "\n" + row(note='"a ""b"""'), 'a "b"'),
        (HEADER + "\n" + row(note='"two\nlines"') + "\n", "two lines"),
        (HEADER + "\n" + row(note='"a\tb"'), "a b"),
        (HEADER + "\n" + row(note='a 12" pipe'), 'a 12" pipe'),
        (HEADER + "\n" + row(note='"so" he said') + "\n" + row(candidate=Q2), '"so" he said'),
        (HEADER + "\n" + row(note='"not closed') + "\n" + row(candidate=Q2, note='x"'), '"not closed'),
        (f"{HEADER}\n{row().rstrip()}\n", ""),
    ],
    ids=["plain", "crlf", "bom", "trailing", "quoted", "lines", "tab", "inches", "half", "open", "cut"],
)  # fmt: skip
def test_what_spreadsheets_and_editors_do_is_read(content: str, note: str) -> None:
    """Line ends, marks of order, quotation marks, empty cells too many or cut off."""
    assert parse_table(content.encode(), BASE).entries[0].candidate.note == note


def test_columns_stand_in_any_order() -> None:
    """Missing ones are empty, people's own are kept, and stand last when the table is written."""
    header = "candidate\tMine\tthing\tDecision\tscore\tby\ton\tlink"
    whole = read("Q1\tcheck\torganizations/ecad\tACCEPTED\t87,5", header=header)
    assert whole.entries == (Entry(Candidate(ECAD, Q1, 87.5, "", decision=Decision.ACCEPTED), ("check",)),)
    assert whole.text().splitlines()[0] == f"{HEADER}\tMine"
    assert parse_table(whole.text().encode(), BASE) == whole


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"{ECAD}\t{Q1}", "the row has 2 cells, the first line names 11 columns. Put one tab"),
        (row(note="x") + "\ty", "the row has 12 cells, the first line names 11 columns"),
        (row(thing="ecad"), "thing 'ecad' is neither an IRI nor an id. Write it as KIND/SLUG"),
        (row(thing="<x y>"), "thing '<x y>' is neither an IRI nor an id"),
        (row(candidate="Q"), "candidate 'Q' is no IRI of something elsewhere. Write it whole"),
        (row(candidate="http://www.wikidata.org/ent"), "is no IRI of something elsewhere"),
        (row(candidate="https://sws.geonames.org/x/"), "is no IRI of something elsewhere"),
        (row(candidate="http://a b/"), "is no IRI of something elsewhere"),
        (row(candidate=""), "candidate '' is no IRI of something elsewhere"),
        (row(score="nan"), "score 'nan' is no number from 0 to 100"),
        (row(score="100.1"), "score '100.1' is no number from 0 to 100"),
        (row(score="-1"), "score '-1' is no number from 0 to 100"),
        (row(score="1_0"), "score '1_0' is no number from 0 to 100"),
        (row(decision="yes"), "decision 'yes' is none. Write accepted or rejected, or leave it empty."),
        (row(link="owl:same"), "link 'owl:same' is none. Write owl:sameAs, schema:sameAs, skos:exactMatch"),
        (row(on="27.11.2026"), "on '27.11.2026' is no date. Write it as YYYY-MM-DD."),
        (row(on="2026-02-30"), "on '2026-02-30' is no date"),
        (row(on="20261127"), "on '20261127' is no date"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(line: str, told: str) -> None:
    """File, line, what stands there and what to do."""
    with pytest.raises(SiteError) as caught:
        read(row(candidate=f"{Q1}9"), "", line)
    assert str(caught.value).startswith(f"data/links/candidates.tsv:4: {told}" if told[0] != "i" else "data/links/")
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([row(), row()], ":3: the same thing and candidate as in line 2. Keep one"),
        ([row(decision="accepted"), row("organizations/ecad", "Q1", decision="rejected")],
         ":3: the same thing and candidate as in line 2. They are decided otherwise (accepted, rejected)"),
        ([row(decision="accepted", by="Ana"), row(candidate=Q2, decision="accepted")],
         f":3: a second candidate of wikidata is accepted for {ECAD}: line 2 (Ana) accepts {Q1}, this one {Q2}. Rej"),
        ([row(decision="accepted"), row("a/b", decision="accepted")],
         f":3: {Q1} is accepted for two things: {ECAD} in line 2, and {BASE}id/a/b here. Reject it for one of them"),
    ],
)  # fmt: skip
def test_a_contradiction_names_both_lines(lines: list[str], told: str) -> None:
    """What stands twice, and what is accepted twice."""
    with pytest.raises(SiteError) as caught:
        read(*lines)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "lines",
    [
        [row(decision="accepted"), row(candidate="https://sws.geonames.org/1/", decision="accepted")],
        [row(decision="accepted"), row(candidate=Q2, decision="rejected"), row("a/b", Q1, decision="rejected")],
        [row(decision="accepted", link="schema:sameAs"), row("a/b", decision="accepted", link="owl:sameAs")],
    ],
)
def test_what_does_not_contradict_may_stand(lines: list[str]) -> None:
    """Two authorities; one accepted and others rejected; a city's authority beside the city as a place."""
    assert len(read(*lines).entries) == len(lines)


def test_all_mistakes_are_told_at_once() -> None:
    """Those of a line, those of all lines, and those between lines, sorted."""
    with pytest.raises(SiteError) as caught:
        read(row(), row(score="x", decision="maybe"), row(), "half")
    told = str(caught.value).splitlines()
    assert told[0] == "data/links/candidates.tsv: 4 mistakes; nothing was changed."
    assert [line.split(":")[1] for line in told[1:]] == ["3", "3", "4", "5"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", ":1: the first line names no column thing, candidate, link, decision, by, on. Let the first line name"),
        (row().encode(), ":1: the first line names no column thing, candidate, link"),
        (HEADER.replace("\t", ";").encode(), ":1: the first line names no column thing"),
        (b"thing\tscore\n", ":1: the first line names no column candidate, link,"),
        (f"{HEADER}\tThing\n".encode(), ":1: the first line has the column 'thing' twice. Rename"),
        (HEADER.replace("\tdecision\tby\ton\tnote", "").encode(),
         ":1: the first line names no column decision, by, on. Without it nobody knows what was decided: take the "
         "table back from git"),
        (HEADER.replace("\tlink", "").encode(), ":1: the first line names no column link. Without it nobody knows"),
        (b"\xff\xfet\0h\0", ":1: byte 0xFF is not UTF-8. Save the table as UTF-8"),
        (HEADER.encode() + b"\n" + row(note="Ni").encode() + b"\x9a\n", ":2: byte 0x9A is not UTF-8"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_told(content: bytes, told: str) -> None:
    """No header, another separator, other letters."""
    with pytest.raises(SiteError) as caught:
        parse_table(content, BASE)
    assert told in str(caught.value)


def test_no_table_is_an_empty_one(tmp_path: Path) -> None:
    """Where nothing was matched yet nothing is wrong; what is no file is told."""
    assert read_table(tmp_path, BASE) == Table()
    (tmp_path / PATH).mkdir(parents=True)
    with pytest.raises(SiteError, match="cannot be read"):
        read_table(tmp_path, BASE)


def test_a_table_is_written_whole_and_only_when_it_changed(tmp_path: Path) -> None:
    """No temporary file is left; the same again leaves the file as a person wrote it."""
    path = tmp_path / PATH
    before = Table()
    after = before.with_candidates([Candidate(ECAD, Q1, 90, "a\tb\nc")])
    assert write_table(tmp_path, after, before)
    assert path.read_text("utf-8") == f"{HEADER}\n{ECAD}\t{Q1}\t90\ta b c" + "\t" * 7 + "\n"
    path.write_text("candidate\tthing\tlink\tby\ton\tdecision\nQ1\torganizations/ecad\n", "utf-8")
    again = read_table(tmp_path, BASE)
    assert not write_table(tmp_path, again.with_candidates(again.candidates), again)
    assert path.read_text("utf-8").startswith("candidate\t")
    assert [one.name for one in path.parent.iterdir()] == ["candidates.tsv"]


def test_a_table_that_cannot_be_written_is_as_it_was(tmp_path: Path) -> None:
    """The error names the file; there is no half of a new one."""
    (tmp_path / "data").write_text("", "utf-8")
    with pytest.raises(SiteError, match=r"candidates\.tsv: cannot be written: .* Make the file"):
        write_table(tmp_path, Table().with_candidates([Candidate(ECAD, Q1, 90, "")]), Table())
    assert [one.name for one in tmp_path.iterdir()] == ["data"]


def test_a_search_adds_and_decides_nothing() -> None:
    """New rows are added, open ones are brought up to date with the person's own kept, decided ones stay."""
    known = read(
        row(candidate=Q1, note="look at it", link="owl:sameAs"), row(candidate=Q2, decision="rejected", by="Ana"),
        header=HEADER,
    )  # fmt: skip
    found = [Candidate(ECAD, one, 50, "new", link="schema:sameAs") for one in (Q1, Q2, f"{Q2}3")]
    after = {one.candidate: one for one in known.with_found(found).candidates}
    assert (after[Q1].score, after[Q1].why, after[Q1].note, after[Q1].link) == (50, "new", "look at it", "owl:sameAs")
    assert after[Q2] == known.by_key[ECAD, Q2].candidate
    assert after[f"{Q2}3"].link == "schema:sameAs"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ('=HYPERLINK("http://a.example","x")', '\'=HYPERLINK("http://a.example","x")'), ("+cmd|calc", "'+cmd|calc"),
        ("-0044", "'-0044"), ("@SUM(1)", "'@SUM(1)"), ("\t=1", "'=1"), ("＝1", "'＝1"), ("'=1", "''=1"),
        ("'quoted'", "'quoted'"), ("a=1", "a=1"), ('"=1', '"""=1"'),
    ],
)  # fmt: skip
def test_a_formula_is_text_to_a_spreadsheet(said: str, written: str) -> None:
    """An apostrophe goes before it, and is taken away again; numbers are numbers, also in columns of people's own."""
    whole = table([Entry(Candidate(ECAD, Q1, 87.5, "", note=plain(said)), (plain(said),))], ("own",))
    assert whole.text().splitlines()[1].split("\t")[2:] == ["87.5", *[""] * 7, written, written]
    assert parse_table(whole.text().encode(), BASE) == whole


def test_a_formula_of_a_person_is_read_as_it_stands() -> None:
    """Whoever writes without an apostrophe says the same."""
    assert read(row(note="=1")) == read(row(note="'=1"))


def test_a_place_is_told_as_the_person_named_the_site(tmp_path: Path) -> None:
    """So that it can be opened from where they are."""
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_text(f"{HEADER}\n{row()}\n", "utf-8")
    assert read_table(tmp_path, BASE).entries[0].place == f"{tmp_path / PATH}:2"
    (tmp_path / PATH).write_text(f"{HEADER}\n{row(score='x')}\n", "utf-8")
    with pytest.raises(SiteError) as caught:
        read_table(tmp_path, BASE)
    assert str(caught.value).startswith(f"{tmp_path / PATH}:2: score 'x'")
