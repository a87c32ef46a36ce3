"""Things are found by name: on a page, as JSON, by a browser's own search field; and never by what is no search."""

from __future__ import annotations

import re
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator
from tests.servers import Served

HTML, JSON = "text/html", "application/json"
ORGANIZATION = "http://www.w3.org/ns/org#Organization"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def _found(served: Served, **parameters: str) -> dict[str, object]:
    answer = served.client.get(served.address + "search.json", params=parameters)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def _ids(served: Served, **parameters: str) -> list[str]:
    results = _found(served, **parameters)["results"]
    assert isinstance(results, list)
    return [one["id"] for one in results]


@pytest.mark.parametrize(
    "text",
    [
        "Европски градови против дрога",
        "evropski gradovi protiv droga",
        "EUROPEAN CITIES AGAINST DRUGS",
        "European Cities Against Drgus",
        "against drugs european cities",
        "ECAD",
        "organizations/ecad",
        "https://w3id.org/mreze-gradova/id/organizations/ecad",
    ],
)
def test_a_thing_is_found_however_it_is_written(own: Served, text: str) -> None:
    """In either script, in any case, misspelt, in another order, by its acronym, its id, its IRI: it comes first."""
    assert _ids(own, q=text)[0] == "organizations/ecad"


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("nish energi", "memberships/nis-energy-cities"),
        ("енерџи ситиз", "organizations/energy-cities"),
        ("Niš ECAD", "memberships/nis-ecad"),
        ("nish europian cities", "memberships/nis-ecad"),
    ],
)
def test_words_are_looked_for_anywhere(own: Served, text: str, id: str) -> None:  # noqa: A002 - what it is called here
    """A city and a network, as they sound, in the wrong script: what has them all is among the first."""
    results = _found(own, q=text)["results"]
    assert isinstance(results, list)
    assert id in [one["id"] for one in results[:2]]
    assert not any(one["match"] for one in results if one["score"] < 90)


def test_suggestions_are_of_the_kind_that_was_chosen(own: Served) -> None:
    """And those of words that stand anywhere come where no name begins so."""
    _, _, kinds, addresses = own.get("search/suggest?q=ni&type=schema:City&lang=en").json()
    assert addresses
    assert all("city" in one for one in kinds)
    assert "City of Niš in Energy Cities" in own.get("search/suggest?q=nish%20ener&lang=en").json()[1]
    assert own.get("search/suggest?q=ni&type=schema:Cyti").status_code == 400


def test_an_identifier_of_another_register_finds_its_thing(own: Served) -> None:
    """And only that one, which is certain."""
    found = _found(own, q="Q129259")
    results = found["results"]
    assert isinstance(results, list)
    assert [(one["id"], one["match"], one["score"]) for one in results] == [("places/nis", True, 100.0)]


def test_the_answer_is_as_described(own: Served, minimal: Served) -> None:
    """By the schema in /openapi.json, with and without a query, where nothing fits, and of a class."""
    components = own.get("openapi.json").json()["components"]
    schema = {"$ref": "#/components/schemas/SearchResults", "components": components}
    for served, kind in ((own, "skos:Concept"), (minimal, "ex:Bridge")):
        for asked in ({"q": "Niš"}, {}, {"q": "Nxxxiš"}, {"type": kind}, {"q": "bridge", "limit": "1"}):
            Draft202012Validator(schema).validate(_found(served, **asked))


def test_names_are_in_the_language_of_the_reader(own: Served) -> None:
    """By the address or by the header; what fits is told as it is."""
    named = {"en": "European Cities Against Drugs", "sr-cyrl": "Европски градови против дрога"}
    for language, name in named.items():
        for parameters, headers in (({"lang": language}, {}), ({}, {"accept-language": language})):
            answer = own.client.get(own.address + "search.json", params={"q": "ECAD", **parameters}, headers=headers)
            first = answer.json()["results"][0]
            assert (first["name"], first["lang"]) == (name, language)
            assert first["fits"] == {"name": "ECAD", "lang": "en", "kind": "alternative"}
            assert answer.headers["content-language"].lower() == language


def test_a_type_is_chosen(own: Served) -> None:
    """By its IRI or a prefixed name, a class above finds what is below; the classes are counted without the choice."""
    whole = _found(own, q="Niš", limit="100")
    counted = {one["id"]: one["count"] for one in whole["types"]}  # type: ignore[attr-defined]  # JSON
    for name in (ORGANIZATION, "org:Organization", f"<{ORGANIZATION}>"):
        chosen = _found(own, q="Niš", type=name, limit="100")
        assert chosen["total"] == counted[ORGANIZATION] > 0
        assert chosen["total"] < whole["total"]  # type: ignore[operator]  # JSON
        assert chosen["types"] == whole["types"]


def test_without_a_query_classes_are_browsed(own: Served) -> None:
    """They are listed with their counts; a class lists its things, page by page, each once."""
    counted = {one["id"]: one["count"] for one in _found(own)["types"]}  # type: ignore[attr-defined]  # JSON
    seen: list[str] = []
    address = own.address + "search.json?limit=50&type=" + quote(ORGANIZATION, safe="")
    while address:
        content = own.client.get(address).json()
        seen += [one["id"] for one in content["results"]]
        assert content["total"] == counted[ORGANIZATION]
        address = content.get("next", "")
    assert len(seen) == len(set(seen)) == counted[ORGANIZATION]
    assert "organizations/ecad" in seen
    assert seen == sorted(seen)


def test_pages_divide_the_results(own: Served) -> None:
    """Together they are what one large page is, in the same order; the one after the last is not there."""
    whole = _ids(own, q="Niš", limit="100")
    parts = [one for page in range(1, 3) for one in _ids(own, q="Niš", limit="3", page=str(page))]
    assert parts == whole[:6]
    assert own.get("search.json?q=Ni%C5%A1&page=99").status_code == 404


def test_what_one_types_is_completed(own: Served) -> None:
    """Suggestions have the form that browsers read, and lead to the things."""
    answer = own.get("search/suggest?q=europ&lang=en&limit=3")
    assert answer.headers["content-type"] == "application/x-suggestions+json"
    text, names, kinds, addresses = answer.json()
    assert text == "europ"
    assert "European Cities Against Drugs" in names
    assert len(names) == len(kinds) == len(addresses) <= 3
    assert own.get(addresses[0].removeprefix(own.address), HTML).status_code == 200
    assert own.get("search/suggest?q=beogr&lang=sr-cyrl&limit=1").json()[1] == ["Београд"]
    assert own.get("search/suggest?q=").json() == ["", [], [], []]
    assert own.get("search/suggest?q=energi%20citis&lang=en").json()[1][0] == "Energy Cities"  # misspelt, and whole


def test_what_is_completed_is_in_the_same_language_and_release(own: Served) -> None:
    """The address of a suggestion carries on what the reader chose, and nothing that was not chosen."""
    release = own.get("healthz").headers["mreze-release"]
    address = f"{own.address}doc/places/belgrade"
    for chosen in ("", "lang=sr-cyrl", f"release={release}", f"lang=sr-latn&release={release}"):
        addresses = own.get(f"search/suggest?q=beograd&limit=2&{chosen}").json()[3]
        assert f"{address}{'?' if chosen else ''}{chosen}" in addresses


def test_near_spellings_are_offered(own: Served) -> None:
    """Where nothing is called so, that is said, and what is near; where nothing is near, how to go on."""
    page = own.get("search?q=Nzzzs&lang=en", HTML)
    assert page.status_code == 200
    assert "Nothing here is called “Nzzzs”" in page.text
    assert "Try another spelling" in own.get("search?q=qqqqqqqqqqqqqqq&lang=en", HTML).text
    assert _found(own, q="qqqqqqqqqqqqqqq")["total"] == 0


def test_the_page_shows_and_leads_on(own: Served) -> None:
    """The name in the reader's language, the name that fits, the kind, the id; links carry the language on."""
    page = own.get("search?q=ECAD&lang=sr-latn", HTML).text
    assert '<a href="./doc/organizations/ecad?lang=sr-latn"' in page
    assert "Evropski gradovi protiv droga" in page
    assert "<code>organizations/ecad</code>" in page
    assert 'value="ECAD"' in page
    assert '<input type="hidden" name="lang" value="sr-latn">' in page
    assert 'href="search.json?q=ECAD&amp;lang=sr-latn"' in page


def test_every_page_has_a_field(own: Served) -> None:
    """With a label, and a link by which browsers learn to search here; the page of results has one too, no second."""
    for path in ("", "doc/organizations/ecad", "queries/", "sparql", "search", "nowhere"):
        page = own.get(f"{path}?lang=en", HTML).text
        forms = re.findall(r'<form class="(?:find|search)" role="search" action="([^"]*)">', page)
        assert len(forms) == 1, path
        assert '<link rel="search" type="application/opensearchdescription+xml"' in page
        field = re.search(r'<input id="([\w-]+)" type="search" name="q"', page)
        assert field is not None
        assert re.search(f'<label (?:class="unseen" )?for="{field[1]}">Name or identifier</label>', page)


def test_browsers_can_be_told(own: Served, minimal: Served) -> None:
    """The description is whole: names within their limits, and addresses that answer when they are filled in."""
    for served in (own, minimal):
        answer = served.get("opensearch.xml?lang=en")
        assert answer.headers["content-type"] == "application/opensearchdescription+xml; charset=utf-8"
        root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
        assert 0 < len(root.findtext(f"{OPENSEARCH}ShortName", "")) <= 16
        assert 0 < len(root.findtext(f"{OPENSEARCH}LongName", "")) <= 48
        urls = {one.get("type"): one.get("template", "") for one in root.iter(f"{OPENSEARCH}Url")}
        assert set(urls) == {
            HTML, JSON, "application/x-suggestions+json", "application/opensearchdescription+xml",
        }  # fmt: skip
        for kind, template in urls.items():
            address = re.sub(r"\{\w+\?\}", "", template.replace("{searchTerms}", "a"))
            assert served.client.get(address).headers["content-type"].partition(";")[0] == kind


def test_hostile_text_is_text(own: Served) -> None:
    """Markup is escaped wherever a search is shown again, and the page's policy forbids what is inline."""
    text = "<script>alert(1)</script>\"'><img src=x>"
    q = quote(text, safe="")
    for path in (f"search?q={q}", f"search?type=skos:Concept&lang={q}", f"search?type={q}", f"id/x/{q}"):
        answer = own.get(path, HTML)
        assert "<script>alert" not in answer.text
        assert "<img" not in answer.text
        assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "<script>" not in own.get(f"opensearch.xml?lang={q}").text


def test_it_is_an_answer_like_others(own: Served) -> None:
    """HEAD, entity tags, Vary, links, fixed forms; robots stay away from what nobody has numbered."""
    for accept, form in ((HTML, "html"), (JSON, "json")):
        answer = own.get("search?q=ECAD", accept)
        head = own.ask("HEAD", "search?q=ECAD", accept)
        assert dict(head.headers).items() - {("date", head.headers["date"])} <= dict(answer.headers).items()
        assert head.content == b""
        assert answer.headers["vary"] == "Accept, Accept-Language, Accept-Encoding"
        assert answer.headers["content-location"] == f"{own.address}search.{form}?q=ECAD"
        assert f'<{own.address}opensearch.xml>; rel="search"' in answer.headers["link"]
        again = own.get("search?q=ECAD", accept, if_none_match=answer.headers["etag"])
        assert again.status_code == 304
        assert own.get(f"search.{form}?q=ECAD").headers["content-type"] == answer.headers["content-type"]
    assert own.get("search", "text/turtle").status_code == 406
    assert own.ask("POST", "search").status_code == 405
    assert "Disallow: /search\n" in own.get("robots.txt").text


def test_where_nothing_is_one_can_search(own: Served) -> None:
    """The page of a missing thing offers to look for its words, and names what is called nearly so."""
    page = own.get("id/organizations/energy-citys?lang=en", HTML)
    assert page.status_code == 404
    assert 'action="../../search"' in page.text
    assert 'name="q" value="energy citys"' in page.text
    assert '<a href="../../doc/organizations/energy-cities?lang=en">Energy Cities</a>' in page.text
    assert _ids(own, q="energy citys")[0] == "organizations/energy-cities"


def test_a_site_with_another_tongue_is_searched(minimal: Served) -> None:
    """Names with dots, in Cyrillic, on a site that knows nothing of ours."""
    assert _ids(minimal, q="Most")[0] == "bridges/мост"
    found = _found(minimal, q="new bridge", lang="de")["results"]
    assert isinstance(found, list)
    assert found[0]["id"] == "bridges/new-bridge"
    assert minimal.client.get(found[0]["url"]).status_code == 200
