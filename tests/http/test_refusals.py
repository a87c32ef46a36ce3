"""An error is a page that helps: what happened, what is near, which forms there are, when to come again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.servers import Served, serving

HTML = "text/html"
NOT_FOUND = {"en": "Not Found", "sr-cyrl": "Није нађено", "sr-latn": "Nije nađeno"}


@pytest.fixture(scope="module")
def damaged(minimal_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose catalogue was taken away."""
    folder = tmp_path_factory.mktemp("damaged") / minimal_release.name
    shutil.copytree(minimal_release, folder)
    with serving(folder, "--workers", "1") as served:
        (folder / "catalog.ttl").unlink()
        yield served


def _near(served: Served, path: str) -> list[str]:
    answer = served.get(f"{path}{'&' if '?' in path else '?'}lang=en", HTML)
    assert answer.status_code == 404
    section = re.search(r'<section aria-labelledby="near">(.*?)</section>', answer.text, re.DOTALL)
    found = re.findall(r'href="([^"?]+)', section[1]) if section else []
    return [one.removeprefix("./").replace("../", "") for one in found]


NEAR = [
    ("querys", "queries/"),
    ("Queries.html", "queries/"),
    ("sparq", "sparql"),
    ("ontolgy.ttl", "ontology.html"),
    ("queries/membership", "queries/memberships"),
    ("querys/memberships.csv", "queries/memberships"),
    ("guides/portal", "guides/portals"),
    ("id/organizations/nled", "doc/organizations/naled"),
    ("organizations/energy-cities", "doc/organizations/energy-cities"),
]


@pytest.mark.parametrize(("path", "expected"), NEAR)
def test_a_mistyped_address_is_understood(own: Served, path: str, expected: str) -> None:
    """What is written or called nearly so is named, and is there."""
    found = _near(own, path)
    assert expected in found[:2]
    assert all(own.client.get(own.address + one, follow_redirects=True).status_code == 200 for one in found)


def test_nothing_is_near_to_nonsense(minimal: Served) -> None:
    """Then the page has the field to look with, and where else to go."""
    assert _near(minimal, "zzzz/qqqq") == []
    page = minimal.get("zzzz/qqqq?lang=en", HTML).text
    assert 'value="qqqq"' in page
    assert 'href="../guides/?lang=en"' in page


def test_a_form_that_is_not_there_names_those_that_are(own: Served) -> None:
    """406 links each form, and each link leads to it."""
    for path in ("linkset", "feed/catalog"):
        answer = own.get(path, HTML)
        assert answer.status_code == 406
        section = re.search(r'<section aria-labelledby="forms">(.*?)</section>', answer.text, re.DOTALL)
        assert section
        folder = path.rpartition("/")[0]
        links = re.findall(r'href="([^"]+)">[^<]+</a> <code>([^<]+)</code>', section[1])
        assert len(links) == 2
        for href, media_type in links:
            form = own.get(f"{folder}/{href}".removeprefix("/"))
            assert form.headers["content-type"].startswith(media_type)


def test_what_is_gone_tells_what_is_left(minimal: Served) -> None:
    """A page with 410: that it was here, since when it is not, and its name."""
    answer = minimal.get("id/bridges/lost-bridge?lang=en", HTML)
    assert answer.status_code == 410
    assert "This was published once and is retired." in answer.text
    assert "<h1>Lost Bridge</h1>" in answer.text


def test_trouble_tells_when_to_come_again(damaged: Served) -> None:
    """503 with the time, also in words, and a link to the same address; whatever else is broken."""
    answer = damaged.get("catalog?lang=en", HTML)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "60"
    assert "Time to wait: 1 minute." in answer.text
    assert "the earlier releases may be there meanwhile" in answer.text
    assert '<a class="again" href="catalog?lang=en">' in answer.text
    assert damaged.get("nowhere", HTML).status_code == 404


@pytest.mark.parametrize("language", NOT_FOUND)
def test_errors_speak_three_languages(own: Served, language: str) -> None:
    """The heading and the advice, with the language of each text."""
    answer = own.get(f"nowhere?lang={language}", HTML)
    assert NOT_FOUND[language] in answer.text
    assert answer.headers["content-language"].lower() == language


@pytest.mark.parametrize(
    "path",
    ["doc/bridges/old-bridge?page=1", "id/bridges/lost-bridge", "catalog", "search?q=old", "sparql?query=ASK%7B%7D"],
)
def test_programs_are_told_which_forms_there_are(minimal: Served, path: str) -> None:
    """406 as problem details names each form, with its address where it has one, and the same as links."""
    answer = minimal.get(path, "image/png")
    assert answer.status_code == 406
    available = answer.json()["available"]
    assert available
    for one in available:
        assert f'<{one["href"]}>; rel="alternate"; type="{one["type"]}"' in answer.headers["link"].replace("%2C", ",")
        form = minimal.client.get(one["href"])
        assert form.status_code in {200, 410}
        if "sparql" not in path:  # what the query gives decides which of them there are
            assert form.headers["content-type"].partition(";")[0] == one["type"]


def test_browsers_that_want_a_picture_are_no_browsers(minimal: Served) -> None:
    """What a browser sends for a page, and what it sends for an image that it takes anything in place of."""
    page = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
    assert minimal.get("doc/bridges/old-bridge", page).headers["content-type"].startswith(HTML)
    assert minimal.get("doc/bridges/old-bridge", "image/avif,image/webp,*/*;q=0.8").status_code == 200


def test_programs_get_problem_details(own: Served) -> None:
    """Whoever does not ask for a page gets RFC 9457."""
    for path, accept, status in (("querys", None, 404), ("linkset", "image/png", 406), ("nowhere", "*/*", 404)):
        answer = own.get(path, accept)
        assert answer.status_code == answer.json()["status"] == status
        assert answer.headers["content-type"] == "application/problem+json"
