"""What the guides show can be copied: every sample of code on a page runs against the server that shows it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.http.test_openrefine import BROWSER, ENGINE, FOUNDED
from tests.node import NODE
from tests.servers import Served, serving

HTML = "text/html"
GUIDES = ("portals", "researchers", "reconcilers")
RUN = """
import contextlib, io, json, sys
said = []
for code in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(code, "sample.py", "exec"), {"__name__": "__main__"})
    said.append(out.getvalue())
json.dump(said, sys.stdout)
"""
"""Samples in Python run in one process, each with names of its own: what they import takes longest."""


@dataclass
class Samples(HTMLParser):
    """The samples of a page: language and code."""

    found: list[tuple[str, str]] = field(default_factory=list)
    inside: bool = False

    def __post_init__(self) -> None:
        """Begin without any."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A sample begins."""
        given = dict(attrs)
        if tag == "code" and "data-language" in given:
            self.inside = True
            self.found.append((str(given["data-language"]), ""))

    def handle_endtag(self, tag: str) -> None:
        """A sample ends."""
        self.inside = self.inside and tag != "code"

    def handle_data(self, data: str) -> None:
        """A piece of a sample."""
        if self.inside:
            language, code = self.found[-1]
            self.found[-1] = (language, code + data)


def _samples(served: Served, path: str) -> list[tuple[str, str]]:
    page = served.get(path, HTML)
    assert page.status_code == 200, page.text
    reader = Samples()
    reader.feed(page.text)
    return reader.found


def _run(samples: list[tuple[str, str]], folder: Path) -> list[str]:
    """What samples print, those that are only to look at themselves."""
    python = iter(_said([sys.executable, "-c", RUN], json.dumps([code for name, code in samples if name == "python"])))
    programs = {"sh": ["sh", "-e"], "javascript": [*NODE, "--input-type=module"]}
    told = iter(json.loads("".join(python)) or [])
    return [
        next(told) if name == "python" else _said(programs[name], code, folder) if name in programs else code
        for name, code in samples
    ]


def _said(command: list[str], code: str, folder: Path | None = None) -> str:
    done = subprocess.run(command, input=code, cwd=folder, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"{code}\n{done.stderr}"
    return done.stdout


def _expect(said: list[str], *patterns: str) -> None:
    assert len(said) == len(patterns)
    for one, pattern in zip(said, patterns, strict=True):
        assert re.search(pattern, one, re.DOTALL), f"{pattern}\n{one}"


def test_a_portal_reads_the_catalogue(own: Served, tmp_path: Path) -> None:
    """By HEAD, in a syntax that it likes, whole, only if it is new; and what the feed and the changes tell."""
    said = _run(_samples(own, "guides/portals?lang=en"), tmp_path)
    _expect(
        said,
        rf"^{own.address}catalog\.ttl$",
        r"^HTTP/1\.1 200 .*etag: \"",
        r'^\{\s*"@context"',
        r"^members \S+ \d+\nnis \S+ \d+\n$",
        r"^304\n$",
        r"Create https://w3id\.org/mreze-gradova/dataset/nis\n",
        r"^@prefix",
    )
    assert "dcat:Catalog" in (tmp_path / "catalogue.ttl").read_text("utf-8")


def test_a_long_catalogue_is_read_whole(minimal_release: Path) -> None:
    """With the same sample, where a page has one dataset."""
    with serving(minimal_release, "--workers", "1", "--catalog-page", "1") as served:
        read = [one for one in _samples(served, "guides/portals") if "HYDRA" in one[1]]
        lines = _run(read, Path())[0].splitlines()
    assert len({one.split()[0] for one in lines}) == len(lines) > 1


def test_a_researcher_asks(own: Served, tmp_path: Path) -> None:
    """A saved query, a query of one's own, a dump at home, and the same of a release: in three languages."""
    said = _run(_samples(own, "guides/researchers?lang=en"), tmp_path)
    rows = r"^membership,organization,.*nis-avec"
    classes = r"^class,things\n\S+,\d+\n"
    _expect(
        said,
        rows,
        r"^\(8, 1\d\)\n.*membership",
        r"^membership, organization, .*\n8\n$",
        rf"^{own.address}sparql$",
        classes,
        r"^(\d+ http\S+\n){5}$",
        r"^(\d+ http\S+\n){5}$",
        r"^$",
        r"^\d+\n(\d+ http\S+\n){5}$",
        rows,
    )
    assert said[5] == said[6]
    assert (tmp_path / "nis.ttl").stat().st_size > 10_000


@pytest.mark.parametrize("language", ["en", "sr-cyrl"])
def test_a_table_is_matched(own: Served, tmp_path: Path, language: str) -> None:
    """Names in the language of the page are found, and columns added."""
    said = _run(_samples(own, f"guides/reconcilers?lang={language}"), tmp_path)
    _expect(
        said,
        rf"^{own.address}reconcile\?lang={language}$",
        r'"q0": ?\{"result": ?\[\{"id": ?"organizations/grad-nis".*"q2"',
        r"organizations/grad-nis +True +100",
        r"organizations/grad-nis 100 true\n(.+ organizations/\S+ \S+ \w+\n){2}$",
        r'"id": ?"organizations/grad-nis"',
        r"^organizations/grad-nis\t.+\t\[",
    )


def test_openrefine_takes_the_address(own: Served) -> None:
    """The one that the guide gives for it: the service is added, and a column of names matched."""
    address = next(code for name, code in _samples(own, "guides/reconcilers?lang=sr-latn") if name == "text")
    manifest = own.client.get(address, headers=BROWSER).json()
    assert "0.2" in manifest["versions"]
    assert manifest["view"]["url"].endswith("lang=sr-latn")
    queries = json.dumps({"q0": {"query": "Energy Cities", "limit": 3}})
    answer = own.client.post(address, content=urlencode({"queries": queries}), headers=ENGINE)
    best = answer.json()["q0"]["result"][0]
    assert (best["id"], best["match"]) == ("organizations/energy-cities", True)
    extend = json.dumps({"ids": [best["id"]], "properties": [{"id": FOUNDED}]})
    answer = own.client.post(address, content=urlencode({"extend": extend}), headers=ENGINE)
    assert answer.json()["rows"][best["id"]][FOUNDED]


def test_every_site_has_guides(minimal: Served, tmp_path: Path) -> None:
    """With its own names, in its own languages; the shell and the program take them as they are."""
    for name in GUIDES:
        assert "Mreze" not in minimal.get(f"guides/{name}?lang=de", HTML).text
    samples = [one for one in _samples(minimal, "guides/reconcilers?lang=en") if one[0] in {"sh", "javascript"}]
    said = _run(samples, tmp_path)
    assert "bridges/new-bridge" in said[0]
    assert "New Bridge bridges/new-bridge 100 true" in said[1]


@pytest.mark.parametrize("language", ["en", "sr-cyrl", "sr-latn"])
def test_guides_are_found(own: Served, language: str) -> None:
    """From the home page, from every footer and by robots; in the language of the reader."""
    home = own.get(f"?lang={language}", HTML).text
    assert all(f'href="./guides/{name}?lang={language}"' in home for name in GUIDES)
    assert f'<a href="../guides/?lang={language}">' in own.get(f"queries/?lang={language}", HTML).text
    index = own.get(f"guides/?lang={language}", HTML).text
    assert all(f'href="../guides/{name}?lang={language}"' in index for name in GUIDES)
    sitemap = own.get("sitemap.xml").text
    assert all(f"{own.address}guides/{name}</loc>" in sitemap for name in ("", *GUIDES))
    headings = {
        re.findall("<h1>(.*?)</h1>", own.get(f"guides/{name}?lang={language}", HTML).text)[0] for name in GUIDES
    }
    assert len(headings) == 3
    assert any("researchers" in one for one in headings) == (language == "en")


def test_what_is_no_guide_is_not_there(minimal: Served) -> None:
    """An unknown name tells the known ones; there is a page and nothing else."""
    answer = minimal.get("guides/none", "application/json")
    assert answer.status_code == 404
    assert "portals, researchers, reconcilers" in answer.json()["detail"]
    assert minimal.get("guides/portals", "text/turtle").status_code == 406
    assert minimal.get("guides/portals.html").headers["vary"].startswith("Accept-Language")


def test_a_copy_tells_what_it_cannot(own_copy: Served, tmp_path: Path) -> None:
    """Without a server nobody answers queries and nothing matches; what is shown works with files alone."""
    researchers = _samples(own_copy, "guides/researchers.html")
    said = _run(researchers, tmp_path)
    _expect(said, "^membership,", "membership", "^membership, ", r"^$", r"^\d+\n(\d+ http\S+\n){5}$")
    portals = [one for one in _samples(own_copy, "guides/portals.html") if one[0] == "python"]
    _expect(_run(portals, tmp_path), r"^members \S+ \d+\nnis ", r"Create https://\S+/dataset/nis\n")
    assert _samples(own_copy, "guides/reconcilers.html") == []
    for name in GUIDES:
        assert not re.search(r'href="[^"]*(sparql|reconcile/)', own_copy.get(f"guides/{name}.html").text)
