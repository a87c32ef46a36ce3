"""Pages and templates that a site's author wrote are looked at before they go into a release."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conftest import MINIMAL

from mreze.build.authors import authored_files, check_authors, read_authored
from mreze.errors import SiteError
from mreze.graph import read_site
from mreze.site import open_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the minimal site without its own pages."""
    copy = tmp_path / "site"
    shutil.copytree(MINIMAL, copy)
    shutil.rmtree(copy / "pages")
    return copy


def test_the_files_go_into_the_release_as_they_are() -> None:
    """Byte for byte, by the paths that they have in the site."""
    site = open_site(MINIMAL)
    assert sorted(read_authored(site)) == ["pages/about.de.md", "pages/about.en.md"]
    assert read_authored(site)["pages/about.de.md"] == (MINIMAL / "pages" / "about.de.md").read_bytes()


def test_a_site_needs_none(site: Path) -> None:
    """Without the folders there is nothing to look at."""
    assert authored_files(open_site(site)) == []


@pytest.mark.parametrize(
    ("path", "content", "expected", "line"),
    [
        ("pages/about.md", b"# About\n", "NAME.LANGUAGE.md", None),
        ("pages/about.fr.md", b"# A propos\n", "NAME.LANGUAGE.md", None),
        ("pages/About us.en.md", b"# About\n", "NAME.LANGUAGE.md", None),
        ("pages/about.en.md", b"About\n", "begins with its heading", 1),
        ("pages/about.en.md", b"# \xff\n", "not UTF-8", None),
        ("pages/about.en.md", b"# About\n\nText ![x](/static/icon.svg)\n\n![y](https://a.example/x.png)\n", "image", 5),
        ("pages/about.en.md", b"# About\n\n![y](//a.example/x.png)\n", "another server", 3),
        ("pages/share.png", b"GIF89a", "no PNG picture", None),
        ("pages/share.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x10", "32 × 16 pixels", None),
        ("templates/thing.html", b"x\n{% block %}\n", "not a Jinja template", 2),
    ],
)
def test_what_cannot_be_shown_is_found(site: Path, path: str, content: bytes, expected: str, line: int | None) -> None:
    """With its file, its line and what to do; a build that does not ask refuses it too."""
    (site / path).parent.mkdir(exist_ok=True)
    (site / path).write_bytes(content)
    (found,) = check_authors(read_site(open_site(site)))
    assert (found.severity, found.path, found.line) == ("violation", Path(path), line)
    assert expected in found.message["en"]
    assert found.remedy["en"]
    with pytest.raises(SiteError, match=path):
        read_authored(open_site(site))
