"""What reading a file gave is kept for the next time, and never taken for that of another file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mreze import readings, staging
from mreze.build.cache import Cache
from mreze.findings import Finding
from mreze.graph import read_site
from mreze.keeping import findings_as_json, findings_of_json, key_of
from mreze.reading import Document
from mreze.site import open_site
from mreze.staging import Staging


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of which every file is large enough to be kept."""
    monkeypatch.setattr(staging, "_MOST_SPOOLED", 0)
    monkeypatch.setattr(readings, "_LEAST", 1)
    minimal = Path(__file__).parents[1] / "sites" / "minimal"
    return Path(shutil.copytree(minimal, tmp_path / "site", ignore=shutil.ignore_patterns("releases")))


def _read(site: Path, cache: Cache) -> tuple[list[Document], int]:
    """The documents, and how many bytes had to be read."""
    sizes = [0]

    def watch(step: str, done: int = 0, total: int | None = None) -> None:  # noqa: ARG001 - as Progress is
        sizes.append(total or 0)

    return list(read_site(open_site(site), watch, staging=Staging(cache.folder, cache)).documents), max(sizes)


def _said(documents: list[Document]) -> list[object]:
    return [
        (one.path, list(one.span.lines()), one.count, one.findings, one.prefixes, one.bulk, one.digest)
        for one in documents
    ]


def test_an_unchanged_file_is_not_read_again(site: Path, tmp_path: Path) -> None:
    """Its lines, how many there are, what was found and its prefixes are the same; a changed one alone is read."""
    folder = tmp_path / "cache"
    folder.mkdir()
    (site / "data/crossings/bridges/broken.ttl").write_text("<https://example.org/a> <https://example.org/b> 1 ;.\n")
    first, size = _read(site, Cache(folder))
    again, none = _read(site, Cache(folder))
    assert size > none == 0
    assert _said(first) == _said(again)
    changed = site / "data/crossings/bridges/lost-bridge.ttl"
    changed.write_text(changed.read_text("utf-8") + "\n", "utf-8")
    third, least = _read(site, Cache(folder))
    assert least == changed.stat().st_size
    assert [one.path for one, other in zip(again, third, strict=True) if one.digest != other.digest] == [
        changed.relative_to(site)
    ]


def test_bytes_of_one_file_are_not_those_of_another(site: Path, tmp_path: Path) -> None:
    """The same bytes at another place are read: blank nodes, and what is told, go by the path."""
    folder = tmp_path / "cache"
    folder.mkdir()
    place = site / "data/crossings/bridges"
    (place / "a.ttl").write_text("<https://example.org/a> <https://example.org/b> _:c .\n")
    _read(site, Cache(folder))
    (place / "a.ttl").rename(place / "b.ttl")
    documents, size = _read(site, Cache(folder))
    assert size == (place / "b.ttl").stat().st_size
    said = _said([one for one in documents if one.file.role == "data"])  # [] of shapes is called anew each time
    other, _ = _read(site, Cache(folder, fresh=True))
    assert said == _said([one for one in other if one.file.role == "data"])


def test_findings_are_kept_as_they_are() -> None:
    """Every field comes back."""
    findings = [
        Finding("violation", "a", {"en": "x", "sr-cyrl": "у"}, {}, Path("data/a.ttl"), 3, "urn:a", "urn:b", "c"),
        Finding("info", "b", {}),
    ]
    assert findings_of_json(findings_as_json(findings)) == findings


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its digest may be that of other bytes: there is none."""
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setattr(readings.Known, "is_unchanged", lambda *_: False)
    documents, _ = _read(site, Cache(folder))
    assert {one.digest for one in documents} == {""}
    assert not list(folder.glob("read/*"))
    assert key_of() not in {one.digest for one in documents}
