"""A page is in the language that its reader asks for, has an address in each, and says which language a text is in."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from tests.servers import Served

HTML = "text/html"
TAGS = {"en": "en", "sr-cyrl": "sr-Cyrl", "sr-latn": "sr-Latn"}
LOCALES = {"en": "en_GB", "sr-cyrl": "sr_RS", "sr-latn": "sr_RS"}
PATHS = [
    "",
    "catalog.html",
    "changes.html",
    "dataset/nis",
    "doc/memberships/nis-ecad",
    "doc/organizations/ecad",
    "dumps/",
    "ontology",
    "queries/",
    "queries/memberships",
    "releases/",
    "search",
    "sparql",
]


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("sr", "sr-Cyrl"),
        ("sr-RS", "sr-Cyrl"),
        ("sr-Latn-RS, en;q=0.5", "sr-Latn"),
        ("hr;q=0.9, sr-Latn;q=0.8", "sr-Latn"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("de, sr-cyrl;q=0.1", "sr-Cyrl"),
    ],
)
def test_the_browser_says_which_language(own: Served, wish: str, language: str) -> None:
    """By Accept-Language; the answer says that it depends on it."""
    answer = own.get("doc/organizations/ecad", HTML, accept_language=wish)
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}">' in answer.text
    assert "Accept-Language" in answer.headers["vary"]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_an_address_in_each_language(own: Served, path: str) -> None:
    """It links to all of them and to the one that depends on the browser; a visible switch says which it is."""
    page = own.get(path, HTML, accept_language="sr-Latn").text
    links = dict(re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', page))
    assert set(links) == {*TAGS.values(), "x-default"}
    assert links["x-default"] == own.address + path
    for tag, shown in TAGS.items():
        assert links[shown] == f"{own.address}{path}?lang={tag}"
    switch = page[page.index('class="languages"') :]
    switch = switch[: switch.index("</nav>")]
    assert re.findall(r'lang="([^"]*)" lang="([^"]*)"', switch) == [(one, one) for one in TAGS.values()]
    assert re.findall(r'lang="([^"]*)" aria-current="true"', switch) == ["sr-Latn"]


@pytest.mark.parametrize("tag", TAGS)
def test_the_address_goes_before_the_browser(own: Served, tag: str) -> None:
    """`?lang=` decides, whatever the browser likes best; and each address tells its own."""
    answer = own.get(f"queries/memberships?lang={tag}", HTML, accept_language="de, en, sr-Latn, sr-Cyrl")
    assert answer.headers["content-language"] == TAGS[tag]
    assert f'<meta property="og:locale" content="{"en_GB" if tag == "en" else "sr_RS"}">' in answer.text
    assert f'<meta property="og:url" content="{own.address}queries/memberships?lang={tag}">' in answer.text


@pytest.mark.parametrize("path", PATHS)
def test_tags_are_written_as_they_should_be(own: Served, path: str) -> None:
    """sr-Cyrl, not sr-cyrl (https://www.rfc-editor.org/rfc/rfc5646#section-2.1.1); none for what is not known."""
    page = own.get(f"{path}?lang=sr-latn", HTML).text
    tags = set(re.findall(r'\slang="([^"]*)"', page)) - {""}
    assert tags
    assert all(re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", one) for one in tags), tags


def test_a_name_in_another_language_is_shown_and_says_so(own: Served) -> None:
    """A city without a Serbian name is listed under the one that it has, with its tag."""
    page = own.get("doc/organizations/energy-cities?lang=sr-cyrl", HTML).text
    line = next(
        one for one in page[page.index('id="members"') :].split("<tr>") if "cities/vaxjo" in one and "<th" in one
    )
    assert re.search(r'<a [^>]*lang="en"[^>]*>Växjö</a> <small class="tag">en</small>', line)
    page = own.get("doc/cities/vaxjo?lang=sr-cyrl", HTML).text
    assert '<h1 lang="en">Växjö</h1>' in page
    assert '<small class="tag">en</small>' in page[page.index("<h1") : page.index('class="iri"')]


def test_an_unknown_language_is_none(own: Served) -> None:
    """The first of the site answers, with a page that is whole."""
    answer = own.get("doc/organizations/ecad?lang=xx", HTML)
    assert answer.status_code == 200
    assert answer.headers["content-language"] == "en"


def test_a_language_that_mreze_does_not_speak(minimal: Served) -> None:
    """The data are in it and say so; what mreze says itself is English, and so is the page as a whole."""
    answer = minimal.get("doc/bridges/new-bridge?lang=de", HTML)
    assert answer.headers["content-language"] == "de"
    assert '<html lang="en">' in answer.text
    assert '<h1 lang="de">Neue Brücke</h1>' in answer.text
    assert '<article class="prose" lang="de">' in minimal.get("pages/about?lang=de", HTML).text


def test_a_result_tells_its_languages(own: Served) -> None:
    """A thing has its name in the reader's language; a text without a tag that of the label which it is, else none."""
    page = own.get("queries/memberships?lang=sr-latn", HTML).text
    for one in (">Asocijacija evropskih gradova kulture</a>", ">izričito</a>"):
        assert one in page
    asked = """
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    SELECT ?o (STR(?en) AS ?english) ?sr ("explicit" AS ?word) {
      VALUES ?o { <https://w3id.org/mreze-gradova/id/organizations/energy-cities> }
      ?o rdfs:label ?en , ?sr
      FILTER (langMatches(lang(?en), "en") && langMatches(lang(?sr), "sr-cyrl"))
    }"""
    page = own.get("sparql?" + urlencode({"query": asked, "lang": "sr-latn"}), HTML).text
    for one in (
        '<span lang="sr-Cyrl">Асоцијација градова за енергетску ефикасност</span>',
        '<span lang="en">Energy Cities</span>',
        '<span lang="">explicit</span>',
    ):
        assert one in page
