"""`mreze wikidata diff` compares the site with a real SPARQL server that holds data in Wikidata's form."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.wikidata import GARBAGE, HTML_PAGE, misbehaving, sparql_server

from mreze.cli import main

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "sites" / "wikidata" / "statements.ttl"
WD = "http://www.wikidata.org/entity/"
LINKED = ("ecad", "energy-cities", "ire", "b40", "avec", "lhc", "naled", "skgo")
"""The organizations that get the items from Q900000001 on."""
Row = dict[str, str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's site without the dataset of many members; the eight organizations are linked."""
    root = tmp_path_factory.mktemp("compared")
    for name in ("data/nis", "ontology", "queries"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "data" / "catalog.ttl", root / "data")
    (root / "data" / "members").mkdir()
    for number, slug in enumerate(LINKED, 1):
        with (root / "data" / "nis" / "organizations" / f"{slug}.ttl").open("a", encoding="utf-8") as file:
            thing = f"https://w3id.org/mreze-gradova/id/organizations/{slug}"
            file.write(f"<{thing}> <http://www.w3.org/2002/07/owl#sameAs> <{WD}Q90000000{number}> .\n")
    return root


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The server."""
    with sparql_server(DATA.read_text("utf-8")) as address:
        yield address


@pytest.fixture(scope="module")
def diff(site: Path, endpoint: str) -> Callable[..., str]:
    """Compares once over the network, and tells the comparison in any form from the snapshot."""
    common = ["wikidata", "diff", str(site), "--endpoint", endpoint, "--interval", "0"]
    first = site / "first.txt"
    assert main([*common, "--lang", "en", "--out", str(first)]) == 0

    def written(*options: str) -> str:
        out = site / "out.txt"
        assert main([*common, "--offline", "--out", str(out), "--lang", "en", *options]) == 0
        return out.read_text("utf-8")

    return written


@pytest.fixture(scope="module")
def rows(diff: Callable[..., str]) -> list[Row]:
    """The rows of the table."""
    return list(csv.DictReader(io.StringIO(diff("--format", "tsv")), dialect="excel-tab"))


def found(rows: list[Row], thing: str, name: str, about: str = "value") -> list[tuple[str, str, str]]:
    """What is told of a property of a thing: difference, our value, their value."""
    chosen = [row for row in rows if row["thing"].endswith(f"/{thing}") and row["about"] == about]
    return [
        (row["difference"], row["our value"], row["their value"])
        for row in chosen
        if row["property"].split()[0] == name
    ]


@pytest.mark.parametrize(
    ("thing", "name", "about", "expected"),
    [
        ("ecad", "P571", "value", [("contradictory", "1994-04 | 1994", "1995")]),
        ("lhc", "P571", "value", [("contradictory", "1994 | 1987", "1987")]),
        ("b40", "P159", "value", [("contradictory", "none", "Q406 (Istanbul)")]),
        ("energy-cities", "P159", "value", [("contradictory", "Q37776", "none")]),
        ("energy-cities", "P17", "value", [("missing there", "Q142", "unknown")]),
        ("ire", "P159", "reference", [("missing there", "Q34713", "Q34713 (Salzburg)")]),
        ("ire", "P159", "value", [("missing here", "", "Q3711 (Belgrade)")]),
        ("b40", "P856", "value", [("missing there", "https://b40network.org/", "")]),
        ("ecad", "P856", "value", []),
        ("skgo", "P571", "value", [("agrees", "1953-04 | 1953", "195x")]),
        ("naled", "P159", "value", [("unlinked", "Q3711", "")]),
        ("avec", "P571", "value", [("missing there", "1997", "")]),
        ("nis", "P463", "P580", [
            ("contradictory", "Q900000002", "Q900000002 (Energy Cities)"),
            ("missing there", "Q900000006", "Q900000006 (League of Historical Cities)"),
        ]),
        ("nis", "P463", "P582", [("missing here", "Q900000008", "Q900000008 (СКГО)")]),
    ],
)  # fmt: skip
def test_the_table_has_a_row_for_each_difference(
    rows: list[Row], thing: str, name: str, about: str, expected: list[tuple[str, str, str]]
) -> None:
    """Contradictory, missing there, missing here, without a link, or the same with a note."""
    assert found(rows, thing, name, about) == expected


def test_a_row_has_our_quote_beside_their_references(rows: list[Row]) -> None:
    """With the statement there, its rank, and the source of the quote."""
    (row,) = [one for one in rows if one["thing"].endswith("/ecad") and one["property"].startswith("P571")]
    assert row["item"] == f"{WD}Q900000001"
    assert row["statement"] == f"{WD}statement/Q900000001-founded"
    assert row["rank"] == "normal"
    assert row["their references"] == "imported from Russian Wikipedia | https://example.org/a-page (2020-01-02)"
    assert "Stockholm Resolution" in row["quote"]
    assert row["source url"] == "https://ecad.hemsida.eu/activ/M11Hallberg.html"


def test_the_same_snapshot_gives_the_same_bytes(site: Path, diff: Callable[..., str]) -> None:
    """The run that made it and those that read it, without a network."""
    assert diff() == (site / "first.txt").read_text("utf-8")


def test_the_text_begins_with_the_counts(diff: Callable[..., str], endpoint: str) -> None:
    """And with where and when it was asked, and links that need a hand."""
    lines = diff().splitlines()
    assert re.fullmatch(r"contradictory: 7, missing there: \d+, missing here: 3, .*", lines[0])
    assert lines[1].startswith(f"  Asked {endpoint} on ")
    assert lines[2] == "  Its data are of 2026-11-20T04:05:06Z."
    assert "Q900000005, was merged into Q900000015" in lines[3]


def test_the_text_is_there_in_serbian(diff: Callable[..., str]) -> None:
    """In both scripts, the names of things too."""
    cyrillic, latin = diff("--lang", "sr-cyrl"), diff("--lang", "sr-latn")
    assert cyrillic.startswith("противречно: 7, ")
    assert "! Лига историјских градова (Q900000006): време оснивања" in cyrillic
    assert "! Liga istorijskih gradova (Q900000006): vreme osnivanja" in latin


def test_what_comes_from_wikimedia_is_marked(diff: Callable[..., str], page: str) -> None:
    """So a person sees what is nothing to send back."""
    assert "<https://en.wikipedia.org/wiki/Energie-Cit%C3%A9s> [Wikimedia]" in diff()
    assert "English Wikipedia: Energie-Cités</a> (2026-11-23) · Wikimedia" in page


def test_the_json_has_everything(diff: Callable[..., str], rows: list[Row]) -> None:
    """What simply agrees as well, with all evidence and all references."""
    told = json.loads(diff("--format", "json"))
    assert told["counts"]["contradictory"] == 7
    assert told["missingItems"] == [f"{WD}Q900000007"]
    assert [one["into"] for one in told["mergedItems"]] == [f"{WD}Q900000015"]
    assert len(told["compared"]) > len(rows)
    (seat,) = [
        one
        for one in told["compared"]
        if one["property"] == "P159" and one["label"] == "Energy Cities" and one["difference"] == "contradictory"
    ]
    assert [one["derived"] for one in seat["ours"][0]["evidence"]] == [True, False]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def page(diff: Callable[..., str]) -> str:
    """The page."""
    return diff("--format", "html")


def test_the_page_stands_for_itself(page: str) -> None:
    """It fetches nothing, runs nothing, and a label from elsewhere is text."""
    parsed = _Page()
    parsed.feed(page)
    names = {tag for tag, _ in parsed.tags}
    assert not names & {"script", "img", "link", "iframe"}
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in page
    links = [attributes["href"] or "" for tag, attributes in parsed.tags if tag == "a"]
    assert {link.partition(":")[0] for link in links if not link.startswith("#")} == {"http", "https"}
    assert "javascript:alert(1)" in page


def test_the_page_has_three_lists_and_quotes_in_their_languages(page: str) -> None:
    """With links to both sides."""
    parsed = _Page()
    parsed.feed(page)
    sections = [attributes["id"] for tag, attributes in parsed.tags if tag == "section"]
    assert sections[:3] == ["contradictory", "missing-there", "missing-here"]
    quotes = [attributes.get("lang") for tag, attributes in parsed.tags if tag == "blockquote"]
    assert None not in quotes
    assert {"en", "ja", "sr-cyrl", "tr"} <= set(quotes)
    links = {attributes["href"] for tag, attributes in parsed.tags if tag == "a"}
    assert "https://www.wikidata.org/wiki/Q900000001#P571" in links
    assert "https://w3id.org/mreze-gradova/id/organizations/ecad" in links


def test_what_cannot_be_read_leaves_no_file(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], diff: Callable[..., str]
) -> None:
    """Status 1, and an error that names the address; a file that was there stays as it was."""
    out = tmp_path / "out.txt"
    out.write_text("before", "utf-8")
    for reply in (HTML_PAGE, GARBAGE):
        with misbehaving(reply) as server:
            options = ["--endpoint", server.address, "--retries", "0", "--snapshot", str(tmp_path / "kept")]
            assert main(["wikidata", "diff", str(site), *options, "--out", str(out)]) == 1
            assert server.address in capsys.readouterr().err
    assert out.read_text("utf-8") == "before"
    assert [path.name for path in tmp_path.glob("out*")] == ["out.txt"]
    assert diff()


def test_wrong_usage_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2: the folder is no site, or the file a folder."""
    assert main(["wikidata", "diff", str(tmp_path)]) == 2
    assert "not a site" in capsys.readouterr().err
    assert main(["wikidata", "diff", str(ROOT), "--out", str(tmp_path)]) == 2
    assert "is a folder" in capsys.readouterr().err


def test_a_file_of_the_site_that_is_broken_stops_it(
    site: Path, endpoint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 1: what a file says no more would be missing here."""
    root = shutil.copytree(site, tmp_path / "broken", ignore=shutil.ignore_patterns("snapshots"))
    with (root / "data" / "nis" / "organizations" / "ecad.ttl").open("a", encoding="utf-8") as file:
        file.write("<half")
    assert main(["wikidata", "diff", str(root), "--endpoint", endpoint]) == 1
    assert "organizations/ecad.ttl: cannot be read to its end. Run `mreze check`" in capsys.readouterr().err
