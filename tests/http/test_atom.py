"""The feed for people is Atom as RFC 4287 has it, in the site's languages, and pages lead to it."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from tests.servers import Served

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
LANGUAGES = {"feed/all.atom": "en", "feed/all.sr-cyrl.atom": "sr-cyrl", "feed/all.sr-latn.atom": "sr-latn"}


def _feed(served: Served, path: str) -> ElementTree.Element:
    answer = served.get(path)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)  # noqa: S314 - what mreze wrote itself


def _text(element: ElementTree.Element, name: str) -> str:
    """The text of a child that must be there once."""
    (found,) = element.findall(ATOM + name)
    assert found.text
    return found.text


def _links(element: ElementTree.Element, relation: str) -> list[str]:
    return [one.attrib["href"] for one in element.findall(ATOM + "link") if one.attrib["rel"] == relation]


@pytest.mark.parametrize("path", LANGUAGES)
def test_the_feed_keeps_to_the_standard(own: Served, path: str) -> None:
    """Once each what must be there once (section 4.1); IRIs for names, times with a zone, no name twice."""
    feed = _feed(own, path)
    assert feed.tag == ATOM + "feed"
    assert feed.attrib[XML_LANG] == LANGUAGES[path]
    entries = feed.findall(ATOM + "entry")
    assert entries
    for one in (feed, *entries):
        assert urlsplit(_text(one, "id")).scheme in {"http", "https"}
        assert _text(one, "title")
        assert TIME.fullmatch(_text(one, "updated"))
        datetime.fromisoformat(_text(one, "updated"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    names = [_text(one, "id") for one in entries]
    assert len(set(names)) == len(names)
    updated = [_text(one, "updated") for one in entries]
    assert updated == sorted(updated, reverse=True)
    assert _text(feed, "updated") == updated[0]
    for one in entries:
        (content,) = one.findall(ATOM + "content")
        assert content.attrib["type"] == "html"
        assert content.text


@pytest.mark.parametrize("path", LANGUAGES)
def test_the_feed_names_itself_and_where_more_is(own: Served, path: str) -> None:
    """Its own address, relative, is right wherever it is; the page of a release is there."""
    feed = _feed(own, path)
    (itself,) = _links(feed, "self")
    assert urljoin(own.address + path, itself) == own.address + path
    assert _links(feed, "alternate") == [own.base]
    assert _links(feed, "license")
    for entry in feed.findall(ATOM + "entry"):
        (more,) = _links(entry, "alternate")
        assert own.get(more.removeprefix(own.base), "text/html").status_code == 200


def test_things_are_called_as_in_the_language(own: Served) -> None:
    """Each feed tells of the same things, by the labels of its language."""
    contents = [str(_feed(own, path).findtext(f"{ATOM}entry/{ATOM}content")) for path in LANGUAGES]
    linked = [set(re.findall(r'href="([^"]+)"', one)) for one in contents]
    assert linked[0] == linked[1] == linked[2] != set()
    assert len(set(contents)) == len(contents)


def test_what_a_label_holds_is_text(minimal: Served) -> None:
    """A label that looks like a script is none, in a reader that shows HTML."""
    content = str(_feed(minimal, "feed/all.atom").findtext(f"{ATOM}entry/{ATOM}content"))
    assert "&lt;script&gt;" in content
    assert "<script" not in content


@pytest.mark.parametrize("path", ["", "feed", "catalog", "queries/", "doc/bridges/old-bridge"])
@pytest.mark.parametrize(("language", "name"), [("en", "all.atom"), ("de", "all.de.atom")])
def test_a_page_leads_to_the_feed_of_its_language(minimal: Served, path: str, language: str, name: str) -> None:
    """As feed readers look for it, in the head of every page."""
    page = minimal.get(f"{path}?lang={language}", "text/html").text
    (found,) = re.findall(r'<link rel="alternate" type="application/atom\+xml" href="([^"]+)"', page)
    address = urljoin(minimal.address + path, found)
    assert address == f"{minimal.address}feed/{name}"
    assert minimal.get(address.removeprefix(minimal.address)).status_code == 200
