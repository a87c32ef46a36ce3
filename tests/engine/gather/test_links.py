"""The links of a site: their form, and whether what they lead to is there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

from mreze.build.template import write_template
from mreze.errors import GatherError, Unreachable
from mreze.findings import Finding
from mreze.gather.existence import look
from mreze.gather.links import read_links, wrong
from mreze.gather.mediawiki import Wikibase
from mreze.graph import read_site
from mreze.site import open_site

Read = TypeVar("Read")
BASE = "https://example.org/id/"
WD = "http://www.wikidata.org/entity/"
EU = "http://publications.europa.eu/resource/authority/place/"
GEO = "https://sws.geonames.org/"
FILE = "data/crossings/links.ttl"
PREFIXES = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix schema: <https://schema.org/> .\n"


def linked(folder: Path, *statements: str) -> Path:
    """A site with these statements, from the fourth line of a file on."""
    write_template(folder / "site")
    (folder / "site" / FILE).write_text(PREFIXES + "\n" + "".join(f"{one} .\n" for one in statements), "utf-8")
    return folder / "site"


def link(thing: str, target: str, name: str = "owl:sameAs") -> str:
    """A statement that links."""
    return f"<{BASE}{thing}> {name} <{target}>"


def told(finding: Finding) -> str:
    """A finding on a line: its place, its check, its English."""
    place = f"{finding.path}:{finding.line}".removeprefix(FILE)
    return f"{place} [{finding.check}] {finding.message['en']} {finding.remedy['en']}"


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([link("places/a", f"{WD}Q1"), link("places/b", f"{WD}Q2")], []),
        ([link("places/a", "https://example.net/anything")], []),
        (
            [link("places/a", "https://www.wikidata.org/wiki/Q1")],
            [
                r":4 \[link-shape\] .* Wikidata .* It is the address of a page: write <http://www\.wikidata\.org/entity/Q1>"
            ],
        ),
        ([link("places/a", f"{GEO}787657")], [r":4 \[link-shape\] .*lacks the slash at the end"]),
        ([link("places/a", f"{EU}fra_par")], [r":4 \[link-shape\] .*is in small letters"]),
        (
            [link("places/a", f"{WD}Q1"), link("places/b", f"{WD}Q1")],
            [r":5 \[link-shared\] https://example\.org/id/places/a is linked to the same\. .*take the other link away"],
        ),
        ([link("places/a", f"{WD}Q1"), link("agents/a", f"{WD}Q1", "schema:sameAs")], []),
        ([link("places/a", f"{WD}Q1"), link("places/a", f"{WD}Q1", "schema:sameAs")], []),
        (
            [link("places/a", f"{WD}Q1"), link("places/a", f"{WD}Q2", "schema:sameAs")],
            [r":5 \[link-several\] The thing is linked to http://www\.wikidata\.org/entity/Q1 too\."],
        ),
        ([link("places/a", f"{WD}Q1"), link("places/a", f"{GEO}1/"), link("places/a", f"{EU}FRA_PAR")], []),
        (
            [f"<{BASE}places/a>\n    owl:sameAs <{WD}Q1> ;\n    owl:sameAs <{WD}q2>"],
            [r":6 \[link-shape\]", r":6 \[link-several\]"],
        ),
    ],
)
def test_wrong(statements: list[str], expected: list[str], tmp_path: Path) -> None:
    """Each mistake is told with file and line, and what to do."""
    findings = wrong(read_links(read_site(open_site(linked(tmp_path, *statements)))))
    assert len(findings) == len(expected)
    for finding, pattern in zip(findings, expected, strict=True):
        assert re.match(pattern, told(finding)), told(finding)


def test_only_some_authorities(tmp_path: Path) -> None:
    """Links to others are not read."""
    graph = read_site(open_site(linked(tmp_path, link("places/a", f"{WD}Q1"), link("places/a", f"{GEO}1/"))))
    assert [one.target for one in read_links(graph, ["geonames"])] == [f"{GEO}1/"]


@dataclass
class Known:
    """A web in which some things are there."""

    there: Mapping[str, bool | None] = field(default_factory=dict)
    entities: Mapping[str, str] = field(default_factory=dict)
    """What the wiki answers for ids, by the first one."""
    asked: list[str] = field(default_factory=list)

    def get(self, address: str, parameters: Mapping[str, str], read: Callable[[bytes], Read], accept: str = "") -> Read:
        """The answer of the wiki."""
        assert (address, accept) == ("https://wiki.example/api.php", "application/json")
        self.asked.append(parameters["ids"])
        first = parameters["ids"].partition("|")[0]
        if first not in self.entities:
            raise Unreachable("the wiki does not answer")
        return read(self.entities[first].encode())

    def post(self, address: str, form: Mapping[str, str], read: Callable[[bytes], Read], accept: str = "") -> Read:
        """As `get`."""
        return self.get(address, form, read, accept)

    def exists(self, address: str, accept: str = "") -> bool | None:
        """Whether it is there."""
        assert "application/rdf+xml" in accept
        self.asked.append(address)
        if address not in self.there:
            raise GatherError(f"{address}: nobody may be asked")
        return self.there[address]


def test_look(tmp_path: Path) -> None:
    """What is gone or merged is told at each link to it; only well-formed links are followed."""
    targets = [f"{WD}Q1", f"{WD}Q2", f"{WD}Q3", f"{GEO}1/", f"{GEO}2/", f"{EU}FRA_PAR", f"{WD}q4"]
    site = linked(tmp_path, *(link(f"places/{place}", one) for place, one in enumerate(targets)))
    web = Known(
        {f"{GEO}1/about.rdf": True, f"{GEO}2/about.rdf": False, f"{EU}FRA_PAR": None},
        {
            "Q1": '{"entities": {"Q1": {"id": "Q1"}, "Q2": {"id": "Q2", "missing": ""},'
            ' "Q5": {"id": "Q5", "redirects": {"from": "Q3", "to": "Q5"}}}}'
        },
    )
    found = look(read_links(read_site(open_site(site))), web, Wikibase(web, "https://wiki.example/api.php", 5))
    assert sorted(map(told, found.findings)) == [
        ":5 [link-gone] There is no such thing there, or no more. Look for what took its place, or take the link away.",
        f":6 [link-merged] The item was merged into another. Write <{WD}Q5>.",
        ":8 [link-gone] There is no such thing there, or no more. Look for what took its place, or take the link away.",
    ]
    assert (found.checked, len(found.unchecked)) == (5, 1)
    assert (
        found.unchecked[0]
        == f"of 1 links to the EU's table of places, the first: {EU}FRA_PAR: nobody says whether it is there"
    )
    assert web.asked[0] == "Q1|Q2|Q3"


def test_look_without_a_network(tmp_path: Path) -> None:
    """Whoever does not answer is passed over, and asked once."""
    site = linked(tmp_path, *(link(f"places/{number}", f"{WD}Q{number}") for number in range(1, 120)))
    web = Known()
    found = look(read_links(read_site(open_site(site))), web, Wikibase(web, "https://wiki.example/api.php", 5))
    assert (found.findings, found.checked, found.unchecked) == ((), 0, ("the wiki does not answer",))
    assert len(web.asked) == 1


def test_many_are_asked_together(tmp_path: Path) -> None:
    """Fifty items a request, each once, however many links lead to it."""
    site = linked(tmp_path, *(link(f"{kind}/{one}", f"{WD}Q{one}") for kind in "ab" for one in range(100, 220)))
    web = Known()
    batches = [[f"Q{one}" for one in range(start, min(start + 50, 220))] for start in (100, 150, 200)]
    web.entities = {batch[0]: json.dumps({"entities": {one: {"id": one} for one in batch}}) for batch in batches}
    found = look(read_links(read_site(open_site(site))), web, Wikibase(web, "https://wiki.example/api.php", 5))
    assert (found.findings, found.checked, found.unchecked) == ((), 120, ())
    assert [one.split("|") for one in web.asked] == batches
