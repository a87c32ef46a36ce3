"""The world is indexed once."""

from __future__ import annotations

import pytest
from tests.engine.matching.world import built

from mreze.matching.reader import TantivyIndex


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    """The index of the made-up world."""
    return built(tmp_path_factory.mktemp("world") / "index")
