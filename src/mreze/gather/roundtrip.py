"""The site beside Wikidata: what is asked for a comparison, and the comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mreze.errors import SiteError
from mreze.gather.comparison import compare_statements
from mreze.gather.items import Stated, read_theirs
from mreze.gather.model import Compared, Endpoint, Item, Ours
from mreze.gather.pairing import QUALIFIERS
from mreze.gather.statements import read_ours
from mreze.graph import SiteGraph

RUN: Final = "wikidata"
"""The name of the runs that compare: what one fetched, the next can read without a network."""


def compare_site(graph: SiteGraph, endpoint: Endpoint) -> tuple[tuple[Compared, ...], Stated]:
    """Compare all that a site states with what an endpoint says of the same items.

    Raises:
        SiteError: a file or a query of the site cannot be read.
        GatherError: the endpoint gives no answer that can be read.
    """
    demand_whole(graph)
    ours = read_ours(graph)
    stated = ask(ours, endpoint)
    return compare_statements(ours, stated), stated


def demand_whole(graph: SiteGraph) -> None:
    """Stop where part of the site would be passed over.

    Raises:
        SiteError: a file cannot be read to its end.
    """
    for document in graph.documents:
        if not document.complete:
            remedy = "Run `mreze check`, which tells where, and mend it."
            raise SiteError("cannot be read to its end.", path=graph.site.root / document.path, remedy=remedy)


def ask(ours: Sequence[Ours], endpoint: Endpoint) -> Stated:
    """What an endpoint says of the items of statements, with the properties and qualifiers that these have."""
    items = {one.item for one in ours if one.item}
    values = {one.value.iri for one in ours if isinstance(one.value, Item) and one.item}
    properties = sorted({one.property for one in ours}, key=lambda one: int(one[1:]))
    qualifiers = sorted({*QUALIFIERS, *(name for one in ours for name in one.qualifiers)})
    return read_theirs(endpoint, items, values, properties, qualifiers)
