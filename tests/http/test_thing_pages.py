"""The page of a thing tells what it is, who says so and who says otherwise, how to cite it and where the data are."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from pyoxigraph import RdfFormat, parse
from tests.servers import Served

HTML = "text/html"


def _page(served: Served, path: str, language: str = "en") -> str:
    answer = served.get(f"doc/{path}?lang={language}", HTML)
    assert answer.status_code == 200
    return answer.text


def _row(page: str, name: str) -> str:
    """The lines of a fact: from its heading to the next one's."""
    table = page[page.index('<table class="facts">') :]
    rows = re.split(r'(?=<th scope="row")', table[: table.index("</table>")])
    return next(one for one in rows if re.search(rf">{name}</a></th>", one))


def test_since_when_and_who_says_otherwise(own: Served) -> None:
    """The year that the data follow stands with its sources, another one below with its own."""
    row = _row(_page(own, "memberships/nis-energy-cities"), "beginning")
    followed, rival = row.split('<tr class="rival">')
    assert "<p><span" in followed
    assert ">2003</span>" in followed
    assert "Joined Energy Cities in 2003" in followed
    assert "preferred" in followed
    assert ">2005</span>" in rival
    assert "others say" in rival
    assert "The City became a member of Energy Cities back in 2005" in rival


def test_preferred_claims_stand_first(own: Served) -> None:
    """The month that the best source gives before the year of another, as the shape of claims says."""
    row = _row(_page(own, "organizations/ecad"), "founded")
    assert row.index("April 1994") < row.index(">preferred<") < row.index(">normal<")


def test_a_quote_has_its_language_and_its_source(own: Served) -> None:
    """What is quoted in Serbian says so on an English page; the source is a link."""
    row = _row(_page(own, "memberships/nis-energy-cities"), "beginning")
    assert 'lang="en"><p>Joined Energy Cities in 2003</p>' in row
    assert 'lang="sr-Cyrl"><p>Град Ниш је члан' in row
    assert 'href="../../doc/sources/energy-cities-nis?lang=en"' in row


def test_an_organization_lists_its_members_and_since_when(own: Served) -> None:
    """A table, not a heap of links; the city lists what it is a member of."""
    page = _page(own, "organizations/energy-cities")
    table = page[page.index('id="members"') :]
    line = next(one for one in table.split("<tr>") if ">City of Niš</a>" in one)
    assert ">2003</span>" in line
    assert "memberships/nis-energy-cities" in line
    page = _page(own, "organizations/grad-nis", "sr-cyrl")
    assert '<time datetime="2007-05">мај 2007.</time>' in page[page.index('id="memberships"') :]


def test_a_table_of_memberships_tells_of_doubt(own: Served) -> None:
    """What other sources say of the beginning stands beside it; where only a bound is known, the bound."""
    page = _page(own, "organizations/grad-nis")
    table = page[page.index('id="memberships"') :]
    names = ("energy-cities", "avec", "ecad")
    lines = {name: one for one in table.split("<tr>") for name in names if f"/{name}?" in one}
    assert re.search(r">2003</span> <small>others say: <span[^>]*>2005</span></small></td>", lines["energy-cities"])
    assert ">before 5 October 2016</span></td>" in lines["avec"]
    assert "others say" not in lines["ecad"]


def test_a_claim_has_a_section_that_its_iri_leads_to(own: Served) -> None:
    """Its statement in words, its standing, words and source, when that was read, the rivals, and how to cite it."""
    page = html.unescape(_page(own, "memberships/nis-energy-cities"))
    assert page.count('id="claim-begin-2005"') == 1
    assert '<a href="#claim-begin-2005">' in page
    claim = page[page.index('id="claim-begin-2005"') :]
    claim = claim[: claim.index("</article>")]
    for one in (
        "City of Niš in Energy Cities",
        "beginning:",
        ">2005</span>",
        "the data do not follow it",
        "The City became a member of Energy Cities back in 2005",
        '<time datetime="2026-11-23">',
        "Joined Energy Cities in 2003",
        'href="#claim-begin-2003"',
        f">{own.base}id/memberships/nis-energy-cities#claim-begin-2005</code>",
        f"url = {{{own.base}id/memberships/nis-energy-cities#claim-begin-2005}}",
    ):
        assert one in claim
    query = re.search(r"Query: (\S+)</bdi>", claim)
    assert query is not None
    assert "#claim-begin-2005>" in own.client.get(query[1], headers={"accept": "application/n-triples"}).text


def test_each_part_has_an_anchor(own: Served) -> None:
    """Also of what is folded into the facts: whoever follows its IRI comes to where it is told of, once."""
    page = _page(own, "memberships/nis-energy-cities")
    for part in ("begin", "period", "quote-1", "quote-1-selector", "claim-role"):
        assert page.count(f'id="{part}"') == 1


def test_a_source_shows_what_was_read_in_it(own: Served) -> None:
    """Each passage once for each thing that rests on it."""
    page = _page(own, "sources/energy-cities-nis")
    passages = page[page.index('class="passages"') :]
    assert passages.count("Joined Energy Cities in 2003") == 1
    assert "memberships/nis-energy-cities" in passages
    assert re.search(
        r'href="[^"]*/memberships/nis-energy-cities\?lang=en#claim-begin-2003"[^>]*>beginning: 2003<', passages
    )


def test_names_in_all_languages_stand_above(own: Served) -> None:
    """The others below the heading, each with its language."""
    page = _page(own, "organizations/ecad", "sr-latn")
    above = page[page.index("<h1") : page.index('class="iri"')]
    assert '<span lang="sr-Cyrl">Европски градови против дрога</span>' in above
    assert '<span lang="en">European Cities Against Drugs</span>' in above


def test_other_registers_are_called_by_name(own: Served) -> None:
    """A link to Wikidata says so."""
    page = _page(own, "places/besancon")
    assert 'href="http://www.wikidata.org/entity/Q37776"' in page
    assert ">Wikidata: Q37776</a>" in page
    assert "47.2488° N, 6.01815° E" in page


def test_a_page_can_be_cited(own: Served) -> None:
    """In words and in BibTeX, with the release, and with an address of the page as it is in this release."""
    page = html.unescape(_page(own, "memberships/nis-ecad"))
    iri = f"{own.base}id/memberships/nis-ecad"
    release = own.get("healthz").headers["mreze-release"]
    cited = page[page.index('id="cite"') :]
    words = re.search(r'<p class="cited">(.*?)</p>', cited)
    assert words is not None
    said = re.sub(r"</?bdi[^>]*>", "", words[1])
    for one in ("Mreže gradova project", release, iri, "Creative Commons Attribution 4.0 International"):
        assert one in said
    assert f"url = {{{iri}}}" in cited
    query = re.search(rf"Query: {re.escape(own.address)}(sparql\?query=\S*&release={release})$", said)
    assert query is not None
    assert f"Query: {own.address}{query[1]}".replace("%", r"\%").replace("&", r"\&").replace("_", r"\_") in cited
    found = own.get(query[1], "application/n-triples")
    assert (found.status_code, iri in found.text) == (200, True)
    pinned = re.search(rf'href="(nis-ecad\?[^"]*release={release})"', cited)
    assert pinned is not None
    again = own.get(f"doc/memberships/{pinned[1]}", HTML)
    assert again.status_code == 200
    assert "not the current one" not in again.text


@pytest.mark.parametrize("path", ["memberships/nis-ecad", "organizations/ire", "places/nis", "sources/mreze-gradova"])
def test_the_query_finds_what_the_page_tells(own: Served, path: str) -> None:
    """The link into the editor gives the statements of the document, but for labels of others and what is of itself."""
    page = _page(own, path)
    found = re.search(r'href="([^"]*sparql\?query=[^"]*)"', page)
    assert found is not None
    query = parse_qs(urlsplit(urljoin(own.address, html.unescape(found[1]))).query)["query"][0]
    answer = own.query(query, "application/n-triples")
    assert answer.status_code == 200
    asked = {quad.triple for quad in parse(answer.content, format=RdfFormat.N_TRIPLES)}
    whole = own.get(f"doc/{path}.nt").content
    told = {quad.triple for quad in parse(whole, format=RdfFormat.N_TRIPLES)}
    thing = f"{own.base}id/{path}"
    about = {one for one in told if str(getattr(one.subject, "value", "")).partition("#")[0] == thing}
    assert asked <= told
    assert about <= asked


def test_a_page_without_claims_has_facts_alone(minimal: Served) -> None:
    """A site without memberships or quotes has no column and no heading for them."""
    page = _page(minimal, "bridges/new-bridge")
    assert ">Facts</h2>" in page
    assert "who says so" not in page
    assert 'id="members"' not in page
    assert '<span lang="de">Neue Brücke</span>' in page


def test_what_is_retired_says_what_is_left(minimal: Served) -> None:
    """410 with the reason, and a way to what there is."""
    answer = minimal.get("doc/bridges/lost-bridge?lang=en", HTML)
    assert answer.status_code == 410
    assert "The flood of 1965 took it." in answer.text
    assert "This was published once and is retired." in answer.text


def test_a_result_can_be_cited_with_its_values(own: Served) -> None:
    """The address names the query and what was asked, the text the release."""
    page = html.unescape(own.get("queries/member-of-in-year?year=2015&lang=en", HTML).text)
    cited = page[page.index('id="cite"') :]
    assert f"{own.base}queries/member-of-in-year?year=2015" in cited
    assert own.get("healthz").headers["mreze-release"] in cited


def test_a_dataset_tells_of_its_files_and_how_to_cite_it(own: Served) -> None:
    """Its own dumps and no others, its facts, how many things there are of which class."""
    page = own.get("dataset/nis?lang=sr-latn", HTML).text
    files = page[page.index('id="files"') : page.index('id="facts"')]
    assert re.findall(r">(\w+)\.ttl</a>", files) == ["nis"]
    assert f"{own.base}dataset/nis" in page[page.index('id="cite"') :]
    assert '<span lang="sr-Cyrl">Чланства Града Ниша у мрежама градова</span>' in page
