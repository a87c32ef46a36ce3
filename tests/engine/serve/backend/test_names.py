"""What the graphs of a release are called on another server."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from mreze.release import open_release
from mreze.serve.backend.names import NOTHING, read_names


def test_every_graph_of_the_store_has_a_name_and_a_count_there(minimal_release: Path) -> None:
    """The description of a release tells all of its graphs, and how much is in each."""
    release = open_release(minimal_release)
    names = read_names(release)
    store = ox.Store.read_only(str(release.store))
    sizes = {
        names.of(one.value): sum(1 for _ in store.quads_for_pattern(None, None, None, one))
        for one in store.named_graphs()
        if isinstance(one, ox.NamedNode)
    }
    default = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    assert names.counts == {names.default: default, **sizes}
    assert NOTHING not in sizes
    assert names.of("urn:of:nobody") == NOTHING
