"""What is no search is explained, and a release that cannot be searched says so: never an empty answer."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.exchange import send
from tests.servers import Served, serving

HTML, JSON = "text/html", "application/json"


def _ids(served: Served, **parameters: str) -> list[str]:
    answer = served.client.get(served.address + "search.json", params=parameters)
    return [one["id"] for one in answer.json()["results"]]


BAD = {
    "long": ("q=" + "a" * 1_001, "1,000"),
    "twice": ("q=a&q=b", "comes twice"),
    "types": ("q=a&type=org:Organization&type=skos:Concept", "comes twice"),
    "no class": ("q=a&type=org:Organisation", "there is no type 'org:Organisation'"),
    "hostile class": ("type=%3Cx%3E%20%7D%20DROP%20ALL", "there is no type"),
    "limit in words": ("q=a&limit=ten", "from 1 to 100"),
    "no limit": ("q=a&limit=0", "from 1 to 100"),
    "large limit": ("q=a&limit=101", "from 1 to 100"),
    "huge limit": ("q=a&limit=" + "9" * 5_000, "from 1 to 100"),
    "limit of elsewhere": ("q=a&limit=%D9%A1", "from 1 to 100"),
    "prefix": ("q=a&prefix=maybe", "prefix='maybe'"),
    "surrogate": ("q=%ED%A0%80", "cannot be read"),
    "octet": ("q=%FF", "cannot be read"),
    "many": ("&".join(f"x{one}=1" for one in range(200)), "cannot be read"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_search_is_explained(own: Served, name: str) -> None:
    """400, with what is wrong and the limit; for programs and for people."""
    query, told = BAD[name]
    answer = own.get(f"search?{query}", JSON)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert told in answer.json()["detail"]
    assert len(answer.content) < 1_500
    assert own.get(f"search?{query}", HTML).status_code == 400


@pytest.mark.parametrize("page", ["x", "0", "-1", "1.5", "9" * 30])
def test_a_page_that_is_none_is_not_there(own: Served, page: str) -> None:
    """As everywhere."""
    assert own.get(f"search?q=a&page={page}", JSON).status_code == 404


def test_an_endless_name_is_refused(own: Served) -> None:
    """100,000 characters are no address at all, and that is said."""
    answer = send(own, "GET", "search?q=" + "a" * 100_000, Accept=JSON)
    assert answer.status in {414, 431}
    assert "bytes" in json.loads(answer.content)["detail"]


@pytest.mark.parametrize(
    "text", ["\x00\x01Niš\x7f", "Ni\u00ad\u200bš", "  Niš \t\n", "<b>Niš</b>", '"Niš" OR *', "Niš~2^9"]
)
def test_what_nobody_sees_or_means_does_no_harm(own: Served, text: str) -> None:
    """Control characters, soft hyphens, blanks, markup and operators of query languages find what the letters do."""
    assert "places/nis" in _ids(own, q=text)


UNINDEXED, DAMAGED = "2020-01-01", "2020-01-02"


@pytest.fixture(scope="module")
def aged(minimal_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of three releases: one of before there were indexes, one whose index is damaged, one that is whole."""
    folder = tmp_path_factory.mktemp("aged")
    for name in (UNINDEXED, DAMAGED, minimal_release.name):
        shutil.copytree(minimal_release, folder / name)
        manifest = folder / name / "manifest.json"
        content = json.loads(manifest.read_text("utf-8")) | {"indexed": name != UNINDEXED}
        manifest.write_text(json.dumps(content), "utf-8")
    shutil.rmtree(folder / UNINDEXED / "index")
    (folder / DAMAGED / "index" / "index.json").write_text("{", "utf-8")
    with serving(folder, "--workers", "2") as served:
        yield served


def test_a_release_without_an_index_says_so(aged: Served) -> None:
    """404 for programs and people, never an empty answer; its pages offer no search, and those of others do."""
    for path in ("search", "search.json", "search/suggest"):
        answer = aged.get(f"{path}?q=bridge&release={UNINDEXED}", JSON)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
        assert f"The release {UNINDEXED} was built before there were indexes" in answer.json()["detail"]
    page = aged.get(f"search?q=bridge&release={UNINDEXED}", HTML)
    assert page.status_code == 404
    assert "it cannot be searched" in page.text
    assert 'role="search"' not in page.text
    assert 'rel="latest-version"' in page.text
    for path, offers in ((f"?release={UNINDEXED}", 0), (f"?release={DAMAGED}", 1), ("", 1)):
        assert aged.get(path, HTML).text.count('role="search"') == offers


def test_a_damaged_index_is_the_servers_trouble(aged: Served) -> None:
    """503, which may pass; not that there is nothing."""
    answer = aged.get(f"search?q=bridge&release={DAMAGED}", JSON)
    assert answer.status_code == 503
    assert _ids(aged, q="bridge")


def test_an_old_release_is_searched_by_its_own_names(aged: Served) -> None:
    """What is found leads to the things as they were then; so do the field and the browser's own."""
    release = aged.get("search.json").json()["release"]
    found = aged.get(f"search.json?q=new+bridge&release={release}").json()["results"]
    assert found[0]["url"] == f"{aged.address}doc/bridges/new-bridge?release={release}"
    page = aged.get(f"?release={DAMAGED}", HTML).text
    assert f'<input type="hidden" name="release" value="{DAMAGED}">' in page
    assert f"release={DAMAGED}" in aged.get(f"opensearch.xml?release={DAMAGED}").text
