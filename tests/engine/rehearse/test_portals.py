"""What portals make of a catalogue: judged from what their reading code answered once, which `recorded/` keeps.

`bridges` is as portals want a dataset, `fords` has no identifier, `wells` does what portals stumble over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from mreze.errors import ReaderError
from mreze.namespaces import term
from mreze.rehearse.portals import READERS, names, verdicts
from mreze.rehearse.readers import Reading, Readings, from_json
from mreze.rehearse.verdict import Answer, Harvested, Verdict

RECORDED = Path(__file__).parent / "recorded"
BASE = "http://data.example/"
BRIDGES, FORDS, WELLS = (NamedNode(f"{BASE}dataset/{name}") for name in ("bridges", "fords", "wells"))


def _fetch(method: str, address: str, headers: Mapping[str, str]) -> Answer:
    raise AssertionError(f"{method} {address} {headers}")


@pytest.fixture(scope="module")
def catalogue() -> Harvested:
    """The catalogue that was read."""
    triples = tuple(one.triple for one in parse((RECORDED / "catalog.ttl").read_bytes(), RdfFormat.TURTLE))
    return Harvested(f"{BASE}catalog.ttl", triples, _fetch)


def _recorded(reader: str) -> Readings:
    return from_json((RECORDED / f"{reader}.json").read_text("utf-8"))


def _verdict(reader: str, catalogue: Harvested, thing: str, language: str = "sr") -> Verdict:
    found = verdicts(READERS[reader], catalogue, _recorded(reader), language)
    return next(one for one in found if one.dataset == thing)


def _lost(verdict: Verdict) -> dict[str, str]:
    return {one.what: one.why for one in verdict.lost}


def _with(catalogue: Harvested, *more: Triple, without: str = "") -> Harvested:
    kept = [one for one in catalogue.triples if not without or one.predicate != term(without)]
    return Harvested(catalogue.address, (*kept, *more), _fetch)


@pytest.mark.parametrize("reader", list(READERS))
def test_what_a_portal_takes_arrives(reader: str, catalogue: Harvested) -> None:
    """Of a dataset that is as the portal wants it nothing is lost, down to the checksum."""
    verdict = _verdict(reader, catalogue, BRIDGES.value)
    assert not verdict.lost
    few = {"dcat:Dataset", "dct:title", "dcat:keyword", "dcat:theme", "dct:publisher", "dct:temporal", "dct:spatial"}
    assert few <= set(verdict.survives)
    assert {f"{one} of #csv" for one in ("dcat:distribution", "spdx:checksum", "dct:rights")} <= set(verdict.survives)


def test_what_a_portal_has_no_field_for_is_no_loss(catalogue: Harvested) -> None:
    """What udata takes from no catalogue is told apart, with the reason."""
    assert {one.what: one.why for one in _verdict("udata", catalogue, BRIDGES.value).unread} == {
        "adms:versionNotes": "udata has no field for it",
        "dcat:version": "udata has no field for it",
        "dct:language": "udata has no field for it",
    }


@pytest.mark.parametrize("reader", list(READERS))
@pytest.mark.parametrize(
    "what", ["dct:title", "dct:description", "dct:identifier", "dct:issued", "dct:accessRights", "dcat:theme"]
)
def test_what_the_portal_did_not_store_is_lost(reader: str, what: str, catalogue: Harvested) -> None:
    """A value that is not among what was stored is told as lost: the judge looks, and does not believe."""
    other = Literal("other", language="sr") if what in {"dct:title", "dct:description"} else NamedNode(f"{BASE}other")
    changed = _with(catalogue, Triple(BRIDGES, term(what), other), without=what)
    changed = _with(changed, *([] if what != "dct:identifier" else [Triple(BRIDGES, term(what), Literal("bridges"))]))
    assert what in _lost(_verdict(reader, changed, BRIDGES.value))


def test_another_language_is_shown_by_chance(catalogue: Harvested) -> None:
    """Where no text is in the portal's language the reader is told to have guessed."""
    assert _lost(_verdict("ckan", catalogue, FORDS.value))["dct:title"].startswith("no text is tagged @sr")
    assert "dct:title" not in _lost(_verdict("ckan", catalogue, FORDS.value, "en"))


def test_a_dataset_without_identifier_is_skipped(catalogue: Harvested) -> None:
    """A dataset goes by its dct:identifier at udata: without one it is not there, and the catalogue is blamed."""
    assert list(_lost(_verdict("udata", catalogue, FORDS.value))) == ["dcat:Dataset"]
    assert _lost(_verdict("udata", catalogue, f"{BASE}catalog")) == {
        "dct:identifier": "udata skips what has no dct:identifier, and archives it later"
    }


def test_a_portal_that_refuses_a_dataset_says_why(catalogue: Harvested) -> None:
    """CKAN refuses a package for one of its keywords: the whole dataset is lost, in CKAN's words."""
    assert _lost(_verdict("ckan", catalogue, WELLS.value))["dcat:Dataset"].startswith(
        'CKAN refuses it: tags.name: Tag "sq&'
    )


def test_the_traps_of_udata_are_told_by_name(catalogue: Harvested) -> None:
    """Each property that udata cannot use as it stands has its own reason."""
    verdict = _verdict("udata", catalogue, WELLS.value, "en")
    lost = _lost(verdict)
    assert lost == {
        "dcat:keyword": "udata makes no tag of a keyword that is too short or too long",
        "dcat:theme": "udata shows a theme by a skos:prefLabel in its own language; none is here",
        "dct:accrualPeriodicity": "udata knows no such frequency",
        "dct:modified": "udata refuses a date that is not over",
        "dct:publisher": lost["dct:publisher"],
    }
    assert "spdx:checksum of #csv" in {one.what for one in verdict.unread}
    assert "foaf:name" in lost["dct:publisher"]


def test_text_that_was_read_in_the_wrong_encoding_is_told(catalogue: Harvested) -> None:
    """Without a charset udata takes UTF-8 for ISO 8859-1; the reason says so."""
    garbled = (RECORDED / "udata.json").read_text("utf-8").replace("Мостови", "Мостови".encode().decode("latin-1"))
    found = verdicts(READERS["udata"], catalogue, from_json(garbled), "sr")
    verdict = next(one for one in found if one.dataset == BRIDGES.value)
    assert _lost(verdict)["dct:title"].startswith("the site does not send charset=utf-8")


@pytest.mark.parametrize("reader", list(READERS))
def test_a_second_harvest_changes_nothing(reader: str, catalogue: Harvested) -> None:
    """Both harvests were kept: but for the portal's clock they are one; a difference is a loss that names the field."""
    readings = _recorded(reader)
    whole = verdicts(READERS[reader], catalogue, readings, "sr")[0]
    assert not [one for one in whole.lost if one.what == "second harvest"]
    first, second = readings.harvests
    product = dict(second.datasets[0].product or {}) | {"title": "another"}
    changed = replace(second, datasets=(replace(second.datasets[0], product=product), *second.datasets[1:]))
    whole = verdicts(READERS[reader], catalogue, replace(readings, harvests=(first, changed)), "sr")[0]
    assert [one.why.endswith("is another the second time: title") for one in whole.lost if one.what == "second harvest"]


def test_what_is_no_dataset_of_ours_is_told(catalogue: Harvested) -> None:
    """A reader that takes something else for a dataset, or one thing twice, makes a portal show it so."""
    readings = _recorded("udata")
    first = readings.harvests[0]
    twice = replace(first, datasets=(*first.datasets, first.datasets[0], replace(first.datasets[0], key="series")))
    whole = verdicts(READERS["udata"], catalogue, replace(readings, harvests=(twice,)), "sr")[0]
    assert {"udata takes series for one more dataset"} <= {one.why for one in whole.lost}
    assert [one for one in whole.lost if "more than once" in one.why]


def test_a_harvest_that_stops_loses_everything(catalogue: Harvested) -> None:
    """What stops a reader is the catalogue's loss, and no dataset is there."""
    stopped = Readings({}, (Reading(("Unexpected redirect",), ()), Reading(("Unexpected redirect",), ())), {})
    found = verdicts(READERS["udata"], catalogue, stopped, "sr")
    assert [one.why for one in found[0].lost] == ["udata stops: Unexpected redirect"]
    assert all(_lost(one) for one in found)


def test_services_are_read_by_udata(catalogue: Harvested) -> None:
    """A data service arrives with the dataset that it serves; CKAN reads none."""
    service = f"{BASE}catalog#sparql"
    verdict = _verdict("udata", catalogue, service)
    assert not verdict.lost
    assert "dcat:servesDataset" in verdict.survives
    other = _with(catalogue, Triple(NamedNode(service), term("dcat:servesDataset"), WELLS))
    assert "dcat:servesDataset" in _lost(_verdict("udata", other, service))
    assert not [one for one in verdicts(READERS["ckan"], catalogue, _recorded("ckan"), "sr") if one.dataset == service]


def test_the_words_that_become_tags_are_sent(catalogue: Harvested) -> None:
    """The portal is asked what it makes of every keyword and of every label of a theme."""
    assert {"мостови", "bridges", "Саобраћај", "sq&are"} <= set(names(catalogue))
    assert _recorded("udata").names["мостови"] == "mostovi"
    assert not _recorded("udata").names["of"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"versions": {}, "harvests": [{}]}', "Traceback"])
def test_an_answer_that_is_none_is_an_error(text: str) -> None:
    """A reader's program that answers something else is not taken for one that lost nothing."""
    with pytest.raises(ReaderError, match="something else than asked"):
        from_json(text)
