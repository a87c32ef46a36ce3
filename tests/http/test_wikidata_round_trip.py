"""The round trip: matched, reviewed, linked, compared and sent; twice, with nothing offered again and nothing lost."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.eight import CITY, ITEMS, other_site, wikidata
from tests.relay import relaying
from tests.servers import serving
from tests.submitting import load, submitted, turtle
from tests.wikidata import GARBAGE, HTML_PAGE, NOTHING, Reply, misbehaving, sparql_server

from mreze.cli import main

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/mreze-gradova/"
WD = "http://www.wikidata.org/entity/"
TABLE = Path("data/links/candidates.tsv")
SENT = Path("data/links/sent.tsv")
QUIET = ("--interval", "0", "--retries", "0")
HALF = Reply(body='{"head": {"vars": ["item"]}, "results": {"bindings": []}}', manner="half")


@dataclass(frozen=True)
class Done:
    """What a command did."""

    status: int
    out: str
    err: str


def mreze(*arguments: object) -> Done:
    """Run a command."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(list(map(str, arguments)))
    return Done(status, out.getvalue(), err.getvalue())


def fine(*arguments: object) -> Done:
    """Run a command that succeeds."""
    done = mreze(*arguments)
    assert done.status == 0, done.err
    return done


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a table."""
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def files(site: Path) -> dict[str, bytes]:
    """All that a site's data say, byte for byte."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in (site / "data").rglob("*") if path.is_file()
    }


def matched(site: Path, endpoint: str, service: str) -> Done:
    """Look for the organizations."""
    return mreze(
        "links", "match", site, "--authority", "wikidata", "--endpoint", endpoint, "--service", service, *QUIET
    )


def sent(site: Path, endpoint: str, out: Path, *options: str) -> Done:
    """Write what is missing there."""
    return mreze("wikidata", "quickstatements", site, "--endpoint", endpoint, "--out", out, *QUIET, *options)


def compared(site: Path, endpoint: str) -> list[dict[str, str]]:
    """Where the site and Wikidata differ."""
    return rows(fine("wikidata", "diff", site, "--endpoint", endpoint, "--format", "tsv", *QUIET).out)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Wikidata's endpoint."""
    with sparql_server(wikidata()) as address:
        yield address


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A reconciliation service: ours, of another site."""
    with serving(other_site(tmp_path_factory.mktemp("other") / "site")) as served:
        yield served.address + "reconcile"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site, without the long dataset."""
    site = tmp_path_factory.mktemp("plain") / "site"
    for name in ("data", "ontology", "shapes", "queries"):
        shutil.copytree(ROOT / name, site / name)
    shutil.rmtree(site / "data/members")
    shutil.rmtree(site / "data/links", ignore_errors=True)
    catalog = site / "data/catalog.ttl"
    entry = f"    dcat:dataset <{BASE}dataset/members> ;\n"
    assert entry in catalog.read_text("utf-8")
    catalog.write_text(catalog.read_text("utf-8").replace(entry, ""), "utf-8")
    return site


@pytest.fixture(scope="module")
def reviewed(plain: Path, endpoint: str, service: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site after somebody looked at what was found: the eight accepted, all else rejected."""
    site = tmp_path_factory.mktemp("reviewed") / "site"
    shutil.copytree(plain, site)
    assert matched(site, endpoint, service).status == 0
    accepted = {f"{WD}{item}" for item, _, _ in ITEMS.values()}
    for row in rows((site / TABLE).read_text("utf-8")):
        verdict = "accept" if row["candidate"] in accepted else "reject"
        fine("links", verdict, site, row["thing"], row["candidate"], "--by", "Ана")
    fine("links", "apply", site)
    return site


@pytest.fixture
def site(reviewed: Path, tmp_path: Path) -> Path:
    """A copy of the reviewed site."""
    return Path(shutil.copytree(reviewed, tmp_path / "site"))


def test_all_eight_are_found_and_linked(reviewed: Path) -> None:
    """Each has its item as a candidate, what is something else is rejected, and the links say who made them."""
    table = rows((reviewed / TABLE).read_text("utf-8"))
    decided = {(row["thing"].rpartition("/")[2], row["candidate"].removeprefix(WD)): row["decision"] for row in table}
    assert {slug for (slug, item), told in decided.items() if told == "accepted" and ITEMS[slug][0] == item} == set(
        ITEMS
    )
    assert {item for (_, item), told in decided.items() if told == "rejected"} == {"Q990000101", "Q990000102"}
    assert all(row["by"] == "Ана" and row["on"] for row in table)
    for slug, (item, _, _) in ITEMS.items():
        written = (reviewed / f"data/nis/organizations/{slug}.ttl").read_text("utf-8")
        assert f"owl:sameAs <{WD}{item}>" in written
        assert "Ана" in written


def test_the_links_are_in_order(reviewed: Path) -> None:
    """Its links are well-formed, no thing has two, and what they lead to is there."""
    with misbehaving() as wiki:
        items = [*(item for item, _, _ in ITEMS.values()), *_linked_before(reviewed)]
        everything = {"entities": {item: {"id": item} for item in items}}
        wiki.script(Reply(body=json.dumps(everything)))
        api = ("--api", wiki.address + "api.php", "--authority", "wikidata", "--lang", "en")
        done = mreze("links", "check", reviewed, *api, *QUIET)
    assert (done.status, done.out) == (0, "Nothing found: all is well.\nLinks looked at: 22.\n"), done.err
    assert f"looked whether {len(set(items))} things elsewhere are there" in done.err


def _linked_before(site: Path) -> set[str]:
    texts = [path.read_text("utf-8") for path in (site / "data").rglob("*.ttl")]
    return {part.partition(">")[0] for text in texts for part in text.split(f"sameAs <{WD}")[1:]}


def test_every_difference_is_told_with_our_words(site: Path, endpoint: str) -> None:
    """Missing there, missing here, contradictory: each row has both sides, and of ours the quote and its source."""
    found = compared(site, endpoint)
    told = {(row["difference"], row["item"].removeprefix(WD), row["property"], row["about"]) for row in found}
    kinds = {one for one, *_ in told}
    assert {"missing there", "missing here", "contradictory"} <= kinds
    contradictory = [row for row in found if row["difference"] == "contradictory"]
    assert {row["item"].removeprefix(WD) for row in contradictory} == {CITY, "Q990000002", "Q990000003"}
    assert all(row["quote"] and row["source url"] for row in contradictory)


def test_what_is_sent(site: Path, endpoint: str, tmp_path: Path) -> None:
    """Memberships with their beginning, address, day and words; nothing contradictory, nothing from Wikimedia."""
    done = sent(site, endpoint, tmp_path / "qs.txt")
    assert done.status == 0, done.err
    commands = (tmp_path / "qs.txt").read_text("utf-8")
    statements = {(one.item, one.property, one.value): one for one in submitted(commands)}
    assert statements[CITY, "P463", "Q990000003"].qualifiers == [("P580", "+2007-05-00T00:00:00Z/10")]
    assert statements[CITY, "P463", "Q990000006"].qualifiers == [("P580", "+2009-00-00T00:00:00Z/9")]
    assert {
        key for key in statements if key[1] in {"P463", "P159"} and key[2] in {"Q990000004", "Q1754", "novalue"}
    } == set()
    assert all(one.references for one in statements.values())
    assert "wikipedia.org" not in commands
    assert 'S1683\tsr-ec:"' in commands
    assert 'S1683\tsr-el:"' in commands
    assert "Q990000003 P159 Q1754: Wikidata says something else." in done.err


def test_the_second_round(site: Path, endpoint: str, service: str, tmp_path: Path) -> None:
    """Nothing is offered again, nothing is lost, and no byte changes."""
    assert sent(site, endpoint, tmp_path / "qs.txt").status == 0
    before, differences = files(site), compared(site, endpoint)
    done = matched(site, endpoint, service)
    assert "candidates: 0 new" in done.out
    for row in rows((site / TABLE).read_text("utf-8")):
        verdict = row["decision"].removesuffix("ed")
        assert "already" in fine("links", verdict, site, row["thing"], row["candidate"], "--by", "Ана").out
    assert "Links: 0, files: 0." in fine("links", "apply", site).out
    assert compared(site, endpoint) == differences
    again = sent(site, endpoint, tmp_path / "again.txt")
    assert again.err.endswith("mreze: nothing new to send\n")
    assert not (tmp_path / "again.txt").exists()
    assert files(site) == before


def test_what_was_rejected_stays_so_after_a_rename(site: Path, endpoint: str, service: str) -> None:
    """The thing has another IRI: its rows follow, and neither item is offered again."""
    old, new = f"{BASE}id/organizations/ecad", f"{BASE}id/organizations/cities-against-drugs"
    for path in (site / "data").rglob("*.ttl"):
        path.write_text(path.read_text("utf-8").replace(f"<{old}", f"<{new}"), "utf-8")
    (site / "data/nis/organizations/ecad.ttl").rename(site / "data/nis/organizations/cities-against-drugs.ttl")
    fine("links", "rename", site, "organizations/ecad", "organizations/cities-against-drugs")
    before = files(site)
    done = matched(site, endpoint, service)
    assert "candidates: 0 new" in done.out, done.out
    assert files(site) == before
    rejected = [
        row["thing"] for row in rows((site / TABLE).read_text("utf-8")) if row["candidate"] == f"{WD}Q990000101"
    ]
    assert rejected == [new]


def _search(site: Path, endpoint: str, _: Path) -> Done:
    where = ("--authority", "wikidata", "--no-service", "--endpoint", endpoint)
    return mreze("links", "match", site, *where, *QUIET)


@pytest.mark.parametrize(
    ("run", "made", "trouble"),
    [
        (_search, "site/data/links/candidates.tsv", Reply(429)),
        (_search, "site/data/links/candidates.tsv", HTML_PAGE),
        (_search, "site/data/links/candidates.tsv", HALF),
        (sent, "qs.txt", Reply(500)),
        (sent, "qs.txt", GARBAGE),
        (sent, "qs.txt", NOTHING),
    ],
    ids=["429", "HTML", "half", "500", "garbage", "nothing"],
)
def test_trouble_in_the_middle(
    run: Callable[[Path, str, Path], Done], made: str, trouble: Reply, site: Path, endpoint: str, tmp_path: Path
) -> None:
    """A clear error, no file; the next run goes on where it stopped, and asks nothing twice."""
    if run is _search:
        shutil.rmtree(site / "data/links")
        for path in (site / "data/nis/organizations").glob("*.ttl"):
            path.write_text(path.read_text("utf-8").replace("owl:sameAs", "owl:differentFrom"), "utf-8")
    with relaying(endpoint) as relay:
        relay.troubles[2] = trouble
        done = run(site, relay.address, tmp_path / "qs.txt")
        assert (done.status, done.err.count(relay.address)) == (1, 1), done.err
        assert not (tmp_path / made).exists()
        assert not (site / SENT).exists()
        done = run(site, relay.address, tmp_path / "qs.txt")
        assert done.status == 0, done.err
        assert "going on with " in done.err
        assert (tmp_path / made).exists()
        assert len(set(relay.bodies)) == len(relay.bodies) - 1, "only what failed was asked again"


def test_what_a_person_submitted_agrees(site: Path, tmp_path: Path) -> None:
    """When the statements are there, neither the comparison nor the commands have anything to say of them."""
    with sparql_server(wikidata()) as address:
        assert sent(site, address, tmp_path / "qs.txt").status == 0
        load(address, turtle(submitted((tmp_path / "qs.txt").read_text("utf-8"))))
        missing = [row for row in compared(site, address) if row["difference"] == "missing there"]
        # To a year that stands there nothing is added: whether it is stored as its first day, nobody says.
        years = [row for row in missing if (row["property"], row["about"]) == ("P571 inception", "reference")]
        rest = [row for row in missing if row not in years]
        assert [row["thing"].rpartition("/")[2] for row in years] == ["lhc"]
        assert all(not row["quote"] and row["property"].startswith("P17") for row in rest), rest
        (site / SENT).unlink()
        assert sent(site, address, tmp_path / "more.txt").err.endswith("mreze: nothing new to send\n")
