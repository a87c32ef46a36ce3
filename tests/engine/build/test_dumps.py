"""Each dataset and the whole are dumped in every syntax; the same statements give the same bytes."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from pyoxigraph import Store

from mreze.build import workers as workers_module
from mreze.build.contents import Contents
from mreze.build.distributions import Dump
from mreze.build.dumps import query_csv, write_dumps
from mreze.build.groundwork import lay
from mreze.build.stage import Stage
from mreze.build.workers import workers
from mreze.build.writer import ReleaseWriter
from mreze.errors import SiteError
from mreze.formats import DUMPS
from mreze.graph import read_site
from mreze.progress import unwatched
from mreze.queries import read_query
from mreze.site import open_site

MINIMAL = Path(__file__).parents[2] / "sites" / "minimal"


def _write(folder: Path, jobs: int) -> tuple[Path, list[Dump]]:
    for name in ("release", "stage"):
        (folder / name).mkdir(parents=True)
    contents = Contents(read_site(open_site(MINIMAL)))
    writer = ReleaseWriter(folder / "release")
    stage = Stage(folder / "stage")
    with workers(jobs, 1 << 20) as hands:
        dumps = write_dumps(contents, lay(contents, stage, hands), writer, None, unwatched, hands)
    assert {one.path for one in writer.files} == {
        path.relative_to(writer.folder).as_posix() for path in writer.folder.rglob("*.*")
    }
    return writer.folder, dumps


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "dumps").iterdir()}


def test_dumps_are_what_is_said_of_them(tmp_path: Path) -> None:
    """Each dataset and the whole in every syntax; sizes and digests are those of the files, the packed ones unpack."""
    folder, dumps = _write(tmp_path, 1)
    names = {one.dataset.name if one.dataset else "all" for one in dumps}
    assert names == {"all", "bulk", "crossings"}
    assert {(one.dataset, one.format) for one in dumps} == {
        (dataset, form) for dataset in {one.dataset for one in dumps} for form in DUMPS
    }
    for one in dumps:
        content = (folder / one.file.path).read_bytes()
        assert (one.file.bytes, one.file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert one.sha512 == hashlib.sha512(content).hexdigest()
        packed = (folder / f"{one.file.path}.gz").read_bytes()
        assert gzip.decompress(packed) == content
        assert packed[4:8] == bytes(4), "there is no time in it"


def test_several_processes_write_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many write, the files are the same, byte for byte."""
    one, _ = _write(tmp_path / "one", 1)
    monkeypatch.setattr(workers_module, "_WORTH", 0)
    two, _ = _write(tmp_path / "two", 2)
    assert _bytes(one) == _bytes(two)


def test_a_csv_query_must_select(tmp_path: Path) -> None:
    """A query of another form is refused, by name."""
    path = tmp_path / "q.rq"
    path.write_text("#+ summary@en: ?\nASK { ?s ?p ?o }\n")
    query = read_query(path.parent, path.relative_to(path.parent))
    with pytest.raises(SiteError, match=r"q\.rq: a CSV dump needs a SELECT query"):
        query_csv(Store(), query, "https://example.org/")
