"""A machine that has only a dataset's identifier finds, gets, understands and may reuse it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pytest
from tests.harvesting import harvested
from tests.servers import Served

from mreze.rehearse.fair import METRICS, judge
from mreze.rehearse.verdict import Answer, Harvested


def _spoilt(read: Harvested, old: bytes, new: bytes) -> Harvested:
    """The same site where one text stands for another in all that it answers."""

    def fetch(method: str, address: str, headers: Mapping[str, str]) -> Answer:
        answer = read.fetch(method, address, headers)
        return dataclasses.replace(answer, body=answer.body.replace(old, new))

    return dataclasses.replace(read, fetch=fetch)


def test_there_are_26_points() -> None:
    """As many as F-UJI's metrics have, each test once."""
    assert sum(one.points for one in METRICS) == 26
    assert len({one.what for one in METRICS}) == len(METRICS)


def test_our_own_dataset_has_them_all(own: Served) -> None:
    """Nothing is lost of what can be told from the site alone."""
    assert [(one.lost, one.score) for one in judge()(harvested(own))] == [((), (26, 26))] * 2


def test_a_new_site_has_nearly_all(minimal: Served) -> None:
    """A small one lacks a lasting identifier, a creator, a source and who has access, which only its author knows."""
    for one in judge()(harvested(minimal)):
        lost = {loss.what for loss in one.lost}
        assert lost <= {"F1-02 persistent", "F2-01 citation", "F2-01 description", "I3-01 related", "A1-01 access"}
        assert "F1-02 persistent" in lost


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        (b"application/ld+json", b"application/none", {"F2-01 citation", "F2-01 description", "F4-01 searchable"}),
        (b'"keywords"', b'"words"', {"F2-01 description"}),
        (b"dct:accessRights", b"dct:subject", {"A1-01 access"}),
        (b"dct:license", b"dct:subject", {"R1.1-01 licence"}),
        (b"prov:wasDerivedFrom", b"dct:subject", {"I3-01 related"}),
        (b"dcat:byteSize", b"dct:extent", {"R1-01 files"}),
        (b"dcat:downloadURL", b"dct:subject", {"F3-01 data named", "A1-02 data", "A1.1-01 data", "A1.2-01 data"}),
        (b"/dumps/", b"/nowhere/", {"A1-02 data"}),
        (b"media-types/", b"media-types/image#", {"R1.3-02 format"}),
    ],
)
def test_what_is_missing_costs_its_points(own: Served, old: bytes, new: bytes, lost: set[str]) -> None:
    """Each loss is told by its metric, and costs what the metric is worth."""
    for verdict in judge()(_spoilt(harvested(own), old, new)):
        assert {one.what for one in verdict.lost} == lost
        assert verdict.score == (26 - sum(one.points for one in METRICS if one.what not in verdict.survives), 26)


def test_a_site_that_does_not_answer_has_little(own: Served) -> None:
    """What needs an answer is lost; what the identifier alone tells is not."""
    silent = dataclasses.replace(harvested(own), fetch=lambda _, address, __: Answer(address, 503, {}))
    for verdict in judge()(silent):
        assert set(verdict.survives) == {"F1-01 identifier", "F1-02 persistent", "A1.1-01 metadata", "A1.2-01 metadata"}
