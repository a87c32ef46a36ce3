"""data.europa.eu gives our datasets all of its points, and takes them from one that has less."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode, Triple
from tests.foreign import foreign
from tests.harvesting import catalogue, harvested
from tests.servers import Served

from mreze.namespaces import term
from mreze.rehearse.mqa import INDICATORS, judge
from mreze.rehearse.shapes import read_shapes


@pytest.fixture
def shapes(tmp_path: Path) -> rdflib.Graph:
    """The full shapes of DCAT-AP."""
    for name in ("dcat-ap-SHACL.ttl", "ranges.ttl"):
        shutil.copy(foreign("dcat-ap") / name, tmp_path)
    return read_shapes(tmp_path)


def test_there_are_405_points() -> None:
    """As many as the portal gives, each indicator once."""
    assert sum(one.points for one in INDICATORS) == 405
    assert len({one.what for one in INDICATORS}) == len(INDICATORS)


def test_our_own_datasets_have_them_all(own: Served, shapes: rdflib.Graph) -> None:
    """Nothing is lost of any dataset, downloads asked for."""
    verdicts = judge(shapes)(harvested(own))
    assert sorted(one.dataset for one in verdicts) == [own.base + "dataset/members", own.base + "dataset/nis"]
    assert {(one.lost, one.score) for one in verdicts} == {((), (405, 405))}


def test_without_shapes_conformance_is_not_counted(own: Served) -> None:
    """Its thirty points are neither given nor taken."""
    assert {one.score for one in judge()(harvested(own))} == {(375, 375)}


@pytest.mark.parametrize("name", [one.what for one in INDICATORS])
def test_each_indicator_can_be_lost(own: Served, shapes: rdflib.Graph, name: str) -> None:
    """Without what it looks at its points are gone, and it says so."""
    spoilt = _spoil(catalogue(own), name)
    for verdict in judge(shapes)(harvested(own, spoilt)):
        assert name in {one.what for one in verdict.lost}
        assert verdict.score == (405 - sum(one.points for one in INDICATORS if one.what not in verdict.survives), 405)


def _spoil(triples: set[Triple], name: str) -> set[Triple]:
    property_, _, rest = name.partition(" ")
    if name in {"open format", "machine-readable"}:
        property_, rest = "dct:format", "in a list"
    if name == "DCAT-AP":
        property_ = "dcat:byteSize"
    predicate = term(property_)
    if not rest and name != "DCAT-AP":
        return {one for one in triples if one.predicate != predicate}
    other = NamedNode("http://127.0.0.1:9/nothing")  # nobody listens there
    return {Triple(one.subject, predicate, other) if one.predicate == predicate else one for one in triples}
