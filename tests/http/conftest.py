"""Copies of sites that several tests look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.copies import nginx, plain
from tests.servers import Served


@pytest.fixture(scope="session")
def minimal_copy(minimal_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A copy of the minimal site, served by nginx."""
    with nginx(minimal_release, tmp_path_factory.mktemp("nginx")) as served:
        yield served


@pytest.fixture(scope="session")
def own_copy(own_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A copy of this repository's own site, served by a server that knows nothing but files."""
    with plain(own_release, tmp_path_factory.mktemp("plain")) as served:
        yield served
