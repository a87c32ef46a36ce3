"""The things of a site, with what the site says of them in the terms of Wikidata."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.conftest import MINIMAL, ROOT

from mreze.errors import SiteError, UsageError
from mreze.gather.model import Point
from mreze.gather.things import Things
from mreze.graph import read_site
from mreze.matching.model import Kind, Label
from mreze.site import open_site

WD = "http://www.wikidata.org/entity/"
HERE = "https://minimal.example/data/id/"
PREFIXES = "PREFIX ex: <https://minimal.example/data/ontology#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
FURTHER = f"""
@prefix ex: <https://minimal.example/data/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix schema: <https://schema.org/> .
@prefix as: <https://www.w3.org/ns/activitystreams#> .
<{HERE}bridges/own> a ex:Bridge ; skos:prefLabel "Own"@en ; skos:altLabel "O."@en ; owl:sameAs <{WD}Q900000301> ;
    schema:sameAs <https://sws.geonames.org/900301/> ; skos:closeMatch <{WD}Q900000302> ; ex:land <{HERE}lands/own> .
<{HERE}lands/own> a ex:Land ; skos:prefLabel "Land"@en ; owl:sameAs <{WD}Q900000201> ; skos:notation "QX" .
<{HERE}bridges/retired> a ex:Bridge , as:Tombstone ; skos:prefLabel "Retired"@en .
<{HERE}bridges/nameless> a ex:Nothing .
"""
QUERIES = {
    "type": ("P31", f"?subject a ex:Bridge . BIND (<{WD}Q900000107> AS ?value)"),
    "country": ("P17", "?subject ex:land ?value ."),
    "coordinates": ("P625", '?subject ex:land ?land . BIND ("POINT(21.9 43.3)" AS ?value)'),
    "homepage": ("P856", "?subject ex:land ?land . BIND (<https://own.example/> AS ?value)"),
    "founding": ("P571", '?subject ex:land ?land . VALUES ?value { "1871" "1872-05-02" "soon" }'),
    "members": ("P463", "?subject ex:land ?value ."),
}


def _site(folder: Path, *names: str) -> Path:
    """A copy of the minimal site with things more, and these queries."""
    site = folder / "site"
    shutil.copytree(MINIMAL, site)
    (site / "data" / "crossings" / "further.ttl").write_text(FURTHER, "utf-8")
    (site / "queries" / "wikidata").mkdir()
    for name in names:
        wikidata, where = QUERIES[name]
        text = f"#+ summary: {name}\n#+ property: {wikidata}\n{PREFIXES}SELECT ?subject ?value WHERE {{ {where} }}\n"
        (site / "queries" / "wikidata" / f"{name}.rq").write_text(text, "utf-8")
    return site


def _things(site: Path) -> Things:
    return Things(read_site(open_site(site)))


def test_a_thing_has_what_the_queries_say(tmp_path: Path) -> None:
    """Names and links are read from the data; type, country, point, home page and years come from the queries."""
    (own,) = _things(_site(tmp_path, *QUERIES)).read(["bridges/own"])
    assert own.labels == (Label("Own", "en"), Label("O.", "en", Kind.ALTERNATIVE))
    assert own.links == (f"{WD}Q900000301", "https://sws.geonames.org/900301/")
    assert own.types == (f"{WD}Q900000107",)
    assert own.countries == (f"{HERE}lands/own", f"{WD}Q900000201", "QX")
    assert own.point == Point(43.3, 21.9)
    assert own.homepages == ("https://own.example/",)
    assert own.years == (1871, 1872)


def test_those_with_a_type_are_looked_for(tmp_path: Path) -> None:
    """Where the site gives types, things that have one are looked for; retired ones never are."""
    found = [one.iri.removeprefix(HERE) for one in _things(_site(tmp_path, "type")).read()]
    assert "bridges/own" in found
    assert "bridges/retired" not in found
    assert all(one.startswith(("bridges/", "footbridges/")) for one in found)


def test_without_queries_all_that_have_a_name_are(tmp_path: Path) -> None:
    """A site that says nothing in the terms of Wikidata is matched by names."""
    things = _things(_site(tmp_path))
    found = {one.iri.removeprefix(HERE): one for one in things.read()}
    assert {"bridges/own", "lands/own"} <= set(found)
    assert {"bridges/nameless", "bridges/retired"}.isdisjoint(found)
    assert (found["bridges/own"].types, found["bridges/own"].countries) == ((), ())
    assert found["lands/own"].codes == ("QX",)


@pytest.mark.parametrize(
    ("ids", "classes", "expected"),
    [
        (["lands/own"], [], ["lands/own"]),
        (["id/lands/own", f"{HERE}lands/own"], [], ["lands/own"]),
        ([], ["ex:Land"], ["lands/own"]),
        (["bridges/own", "lands/own"], ["https://minimal.example/data/ontology#Land"], ["lands/own"]),
    ],
)
def test_things_can_be_chosen(tmp_path: Path, ids: list[str], classes: list[str], expected: list[str]) -> None:
    """By path or IRI, by class, or by both, whether or not they have a type in the terms of Wikidata."""
    found = _things(_site(tmp_path, "type")).read(ids, classes)
    assert [one.iri.removeprefix(HERE) for one in found] == expected


@pytest.mark.parametrize(
    ("ids", "classes"),
    [
        (["bridges/none"], []),
        (["bridges/retired"], []),
        ([], ["ex:None"]),
        ([], ["ex:Bridge", "Bridge"]),
        (["bridges/own"], ["https://minimal.example/data/ontology#Land"]),
    ],
)
def test_what_is_not_there_cannot_be_chosen(tmp_path: Path, ids: list[str], classes: list[str]) -> None:
    """A thing or a class that there is not is an error that names it; so is a thing that is of another class."""
    with pytest.raises(UsageError, match=re.escape((ids or classes)[-1])):
        _things(_site(tmp_path)).read(ids, classes)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT ?subject ?value WHERE {", "is not SPARQL"),
        ("ASK {}", "is no SELECT"),
        ("SELECT ?subject ?other WHERE { ?subject ?p ?other }", r"selects \?other \?subject"),
    ],
)
def test_a_query_that_is_none_is_told(tmp_path: Path, text: str, told: str) -> None:
    """The error names the file and what to write."""
    site = _site(tmp_path)
    path = site / "queries" / "wikidata" / "type.rq"
    path.write_text(f"#+ summary: x\n#+ property: P31\n{text}", "utf-8")
    with pytest.raises(SiteError, match=rf"type\.rq: {told}.*"):
        _things(site).read()


def test_our_own_organizations_are_looked_for() -> None:
    """The eight networks have a type, a country and a home page each; governments have no type."""
    found = {one.iri.rpartition("/")[2]: one for one in _things(ROOT).read()}
    eight = {"ire", "b40", "avec", "ecad", "energy-cities", "lhc", "naled", "skgo"}
    assert eight <= set(found)
    assert all(found[one].types and found[one].countries and found[one].homepages for one in eight)
    assert "grad-nis" not in found
