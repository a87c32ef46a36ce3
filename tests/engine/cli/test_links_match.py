"""`mreze links match`: what a person sees of it, over real services on loopback."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import MINIMAL, ROOT
from tests.relay import relaying
from tests.wikidata import HTML_PAGE, Misbehaving, Reply, misbehaving, sparql_server

from mreze.cli import EXIT_USAGE, EXIT_VIOLATIONS, main

ITEMS = ROOT / "tests" / "sites" / "wikidata" / "organizations.ttl"
TABLE = Path("data/links/candidates.tsv")
WD = "http://www.wikidata.org/entity/"
HERE = "https://minimal.example/data/id/"
QUICK = ("--interval", "0", "--retries", "0", "--timeout", "30")
NETWORKS = f"""
@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<{HERE}networks/ecad> a org:Organization ; skos:prefLabel "European Cities Against Drugs"@en ; skos:altLabel "ECAD"@en .
<{HERE}networks/energy> a org:Organization ; skos:prefLabel "Energy Cities"@en ;
    foaf:homepage <https://energy-cities.eu> .
<{HERE}networks/nobody> a org:Organization ; skos:prefLabel "Nobody has heard of it"@en .
"""
TYPE = f"""#+ summary: What sort of thing is it?
#+ property: P31
SELECT ?subject ?value WHERE {{ ?subject a <http://www.w3.org/ns/org#Organization> . BIND (<{WD}Q43229> AS ?value) }}
"""
HOMEPAGE = """#+ summary: What is its home page?
#+ property: P856
SELECT ?subject ?value WHERE { ?subject <http://xmlns.com/foaf/0.1/homepage> ?value }
"""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A real server with something of Wikidata's shape."""
    with sparql_server(ITEMS.read_text("utf-8")) as address:
        yield address


@pytest.fixture(scope="module")
def service() -> Iterator[Misbehaving]:
    """A service that does what a test tells it."""
    with misbehaving() as one:
        yield one


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site with three networks."""
    root = tmp_path / "site"
    shutil.copytree(MINIMAL, root)
    (root / "data" / "crossings" / "networks.ttl").write_text(NETWORKS, "utf-8")
    (root / "queries" / "wikidata").mkdir()
    (root / "queries" / "wikidata" / "type.rq").write_text(TYPE, "utf-8")
    (root / "queries" / "wikidata" / "homepage.rq").write_text(HOMEPAGE, "utf-8")
    return root


def _rows(site: Path) -> list[tuple[str, str, str]]:
    header, *lines = (site / TABLE).read_text("utf-8").splitlines()
    rows = [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]
    return [(one["thing"].removeprefix(HERE), one["candidate"].removeprefix(WD), one["score"]) for one in rows]


def test_candidates_are_put_into_the_table(site: Path, endpoint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The summary tells what was found and for whom nothing was; a second run adds nothing and says so."""
    command = ["wikidata", "match", str(site), "--no-service", "--endpoint", endpoint, *QUICK]
    assert main(command) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "looked for 3 things at Wikidata",
        "candidates: 4 new, 0 known already, 0 held back since a person has decided",
        "left out, being categories: 1",
        "nothing found for: networks/nobody",
        f"{site / TABLE}: review what is new, then mreze links accept, mreze links reject",
    ]
    assert "mreze: looking by label 1 of 1 …" in err.splitlines()
    assert _rows(site) == [
        ("networks/ecad", "Q900000004", "80"),
        ("networks/ecad", "Q900000011", "47.2"),
        ("networks/energy", "Q900000005", "100"),
        ("networks/energy", "Q900000013", "50"),
    ]
    first = (site / TABLE).read_bytes()
    assert main([*command, "--offline"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "candidates: 0 new, 4 known already, 0 held back since a person has decided",
        "left out, being categories: 1",
        "nothing found for: networks/nobody",
        "nothing new; the table is as it was",
    ]
    assert (site / TABLE).read_bytes() == first


def test_what_is_decided_stays_and_is_not_offered(
    site: Path, endpoint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has an accepted candidate is not looked for; what was rejected is held back; both rows stay."""
    command = ["links", "match", str(site), "--authority", "wikidata", "--no-service", "--endpoint", endpoint, *QUICK]
    assert main(command) == 0
    lines = (site / TABLE).read_text("utf-8").splitlines()
    column = lines[0].split("\t").index("decision")
    for number, word in ((1, "accepted"), (4, "rejected")):
        cells = lines[number].split("\t")
        cells[column] = word
        lines[number] = "\t".join(cells)
    decided = "\n".join(lines) + "\n"
    (site / TABLE).write_text(decided, "utf-8")
    capsys.readouterr()
    assert main(command) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "looked for 2 things at Wikidata; not for 1 with an accepted candidate",
        "candidates: 0 new, 1 known already, 1 held back since a person has decided",
    ]
    assert (site / TABLE).read_text("utf-8") == decided


def test_what_a_person_decides_meanwhile_stays(site: Path, endpoint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With a command, or by hand in an editor, while services are asked, which takes minutes."""

    def by_hand() -> None:
        text = (site / TABLE).read_text("utf-8")
        row = next(line for line in text.splitlines() if "Q900000005" in line)
        by_row = "\t".join(cell or ("accepted" if number == 7 else "") for number, cell in enumerate(row.split("\t")))
        (site / TABLE).write_text(text.replace(row, by_row), "utf-8")

    def by_command() -> None:
        assert main(["links", "reject", str(site), "networks/ecad", "Q900000011", "--by", "Ana"]) == 0

    command = ["wikidata", "match", str(site), "--no-service", "--fresh", *QUICK]
    assert main([*command, "--endpoint", endpoint]) == 0
    with relaying(endpoint) as relay:
        relay.meanwhile = {1: by_command, 2: by_hand}
        assert main([*command, "--endpoint", relay.address]) == 0
        assert not relay.meanwhile
    header, *lines = (site / TABLE).read_text("utf-8").splitlines()
    rows = [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]
    decided = {one["candidate"].removeprefix(WD): (one["decision"], one["by"]) for one in rows if one["decision"]}
    assert decided == {"Q900000011": ("rejected", "Ana"), "Q900000005": ("accepted", "")}
    assert "candidates: 0 new, 1 known already, 3 held back since a person has decided" in capsys.readouterr().out


def test_what_the_limit_leaves_out_is_told(site: Path, endpoint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With the number for each thing and what to do; what was rejected does not count."""
    command = ["wikidata", "match", str(site), "--no-service", "--endpoint", endpoint, "--limit", "1", *QUICK]
    told = "left out by the limit: networks/ecad (1), networks/energy (1); raise it to see them: --limit N"
    assert main(command) == 0
    assert told in capsys.readouterr().out.splitlines()
    assert main(["links", "reject", str(site), "networks/ecad", "Q900000004", "--by", "Ana"]) == 0
    assert main(command) == 0
    out = capsys.readouterr().out.splitlines()
    assert "candidates: 1 new, 1 known already, 1 held back since a person has decided" in out
    assert "left out by the limit: networks/energy (1); raise it to see them: --limit N" in out


def test_a_run_that_was_stopped_goes_on(
    site: Path, endpoint: str, service: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    """A service that breaks down is an error and leaves no table; then nothing is asked twice."""
    manifest = Reply(body=json.dumps({"identifierSpace": WD, "schemaSpace": f"{WD}x"}))
    proposal = {"id": "Q900000004", "name": "ECAD", "score": 77}
    results = Reply(
        body=json.dumps({f"q{number}": {"result": [proposal] if number == 0 else []} for number in range(4)})
    )
    command = ["wikidata", "match", str(site), "--service", service.address, "--endpoint", endpoint, *QUICK]
    service.script(manifest, HTML_PAGE)
    assert main(command) == EXIT_VIOLATIONS
    assert f"mreze: {service.address}" in capsys.readouterr().err
    assert not (site / TABLE).exists()
    service.script(results)
    assert main(command) == 0
    assert [one.method for one in service.asked] == ["POST"]
    assert "the service's own score: 77; found by: service, label" in (site / TABLE).read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            ["--authority", "geonames"],
            "there is nobody to ask about GeoNames. GeoNames has no public one. Name a SPARQL",
        ),
        (["--authority", "wikidata", "--no-service", "--no-endpoint"], "there is nobody to ask about Wikidata. Name"),
        (["--authority", "wikidata", "--no-service", "--service", "http://x.example/"], "give one of them"),
        (["--authority", "wikidata", "--thing", "networks/none"], "the site has no such thing"),
    ],
)
def test_what_cannot_be_done_is_said(
    site: Path, options: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anybody is asked, with the option that helps."""
    assert main(["links", "match", str(site), *options, *QUICK]) == EXIT_USAGE
    assert told in capsys.readouterr().err
    assert not (site / "snapshots").exists()


@pytest.mark.parametrize(
    "options", [["--authority", "viaf"], ["--least", "101"], ["--least", "nan"], ["--limit", "0"], ["--limit", "x"], []]
)
def test_options_are_checked(site: Path, options: list[str]) -> None:
    """An unknown authority, points or a number out of range are wrong usage."""
    given = options if not options or options[0] == "--authority" else ["--authority", "wikidata", *options]
    with pytest.raises(SystemExit) as stopped:
        main(["links", "match", str(site), *given])
    assert stopped.value.code == EXIT_USAGE


def test_a_damaged_table_is_not_touched(site: Path, endpoint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Its mistakes are told with their lines, before anybody is asked."""
    path = site / TABLE
    path.parent.mkdir()
    path.write_text("thing\tcandidate\tlink\tby\ton\tdecision\nnetworks/ecad\tQ1\t\t\t\tmaybe\n", "utf-8")
    assert main(["wikidata", "match", str(site), "--endpoint", endpoint, *QUICK]) == EXIT_VIOLATIONS
    assert f"mreze: {path}:2: decision 'maybe'" in capsys.readouterr().err
    assert path.read_text("utf-8").endswith("maybe\n")
    assert not (site / "snapshots").exists()
