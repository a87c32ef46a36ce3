"""Virtuoso's bulk loader."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph
from tests.backends import DBA, Backend

from mreze.errors import BackendAway, BackendDenied, BackendError, BackendRefused, UsageError
from mreze.push.bulk import Bulk, by_bulk_loader, statements
from mreze.push.pieces import Graph
from mreze.push.push import push
from mreze.release import open_release
from mreze.remote.client import connect
from mreze.remote.endpoint import Credentials
from mreze.remote.pointer import read_state


def test_statements_are_one_a_line() -> None:
    """An apostrophe ends no string."""
    told = statements(Path("/x'y"), [Graph(DefaultGraph(), "urn:o'clock", 1)]).splitlines()
    assert told[:2] == ["ld_dir('/x''y', '0.nt', 'urn:o''clock');", "rdf_loader_run();"]


def test_a_release_is_loaded(virtuoso: Backend, own_release: Path) -> None:
    """Its counts are right, and no file is left; then it is served."""
    release = open_release(own_release)
    with closing(connect(virtuoso.given)) as client:
        done = push(release, client, loader=by_bulk_loader(Bulk(virtuoso.folder, virtuoso.sql), DBA))
        assert done.loaded
        assert read_state(client, release.base).served == release.name
    assert not list(virtuoso.folder.glob("mreze-*"))


@pytest.mark.parametrize(
    ("folder", "sql", "who", "error"),
    [
        (None, None, Credentials("dba", "wrong"), BackendDenied),
        (None, "127.0.0.1:9", DBA, BackendAway),
        (Path("/var/tmp"), None, DBA, BackendRefused),  # noqa: S108 - a folder that is there, and not allowed
    ],
)
def test_what_goes_wrong_is_told(
    virtuoso: Backend, minimal_release: Path, tmp_path: Path, folder: Path | None, sql: str | None, who: Credentials,
    error: type[BackendError],
) -> None:  # fmt: skip
    """Nothing of it is served."""
    release = open_release(shutil.copytree(minimal_release, tmp_path / "2026-01-01"))  # that nobody has put there
    with closing(connect(virtuoso.given)) as client:
        before = read_state(client, release.base).served
        bulk = Bulk(folder or virtuoso.folder, sql or virtuoso.sql)
        with pytest.raises(error, match="bulk loader says"):
            push(release, client, loader=by_bulk_loader(bulk, who))
        assert read_state(client, release.base).served == before


def test_without_isql_or_user_it_is_refused(tmp_path: Path) -> None:
    """Before anything is sent."""
    with pytest.raises(UsageError, match="is not installed"):
        by_bulk_loader(Bulk(tmp_path, "", program="no-such-isql"), DBA)
    with pytest.raises(UsageError, match="needs a user"):
        by_bulk_loader(Bulk(tmp_path, "", program="sh"), None)
