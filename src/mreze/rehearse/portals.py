"""Judge a catalogue by what the real reading code of portals makes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pyoxigraph import NamedNode

from mreze.rehearse.ckan import CKAN
from mreze.rehearse.expectations import Case, Reader, judge, judge_service, worded
from mreze.rehearse.readers import Reading, Readings, Told
from mreze.rehearse.udata import UDATA, words
from mreze.rehearse.verdict import Harvested, Loss, Verdict

READERS: Final[Mapping[str, Reader]] = {one.name: one for one in (CKAN, UDATA)}
"""The portals, by the names of their programs."""
DATASET: Final = "dcat:Dataset"
SERVICE: Final = "dcat:DataService"
CATALOG: Final = "dcat:Catalog"
SECOND: Final = "second harvest"
_CLOCKS: Final = frozenset({"last_update"})
"""Fields that tell when the portal looked, and change without anything having changed."""


def names(catalogue: Harvested) -> list[str]:
    """The words of a catalogue that portals may make tags of."""
    return words(catalogue)


def verdicts(reader: Reader, catalogue: Harvested, readings: Readings, language: str) -> list[Verdict]:
    """What a reader makes of each dataset, each data service, and of the catalogue as a whole."""
    first, *more = readings.harvests
    found = [_of_dataset(reader, catalogue, one, readings, language) for one in catalogue.datasets]
    if reader.services:
        services = [one for one in catalogue.instances(SERVICE) if isinstance(one, NamedNode)]
        found += [_of_service(reader, catalogue, one, readings, language) for one in services]
    losses = [*_stopped(reader, first), *_foreign(reader, catalogue, first)]
    losses += [one for other in more for one in _changes(first, other)]
    survives = () if losses else (CATALOG, SECOND)
    return [Verdict(reader.name, catalogue.catalogue, survives, tuple(losses)), *found]


def _of_dataset(reader: Reader, catalogue: Harvested, dataset: NamedNode, readings: Readings, language: str) -> Verdict:
    told = _told(catalogue, dataset, readings.harvests[0].datasets)
    refused = _refusal(reader, told)
    if refused or told is None or told.product is None:
        return Verdict(reader.name, dataset.value, lost=(Loss(DATASET, refused),))
    at = Told(told.key, reader.fields(told.product))
    verdict = judge(reader, Case(catalogue, (), {}, language, readings.names), dataset, at)
    return Verdict(reader.name, dataset.value, (DATASET, *verdict.survives), verdict.lost, unread=verdict.unread)


def _of_service(reader: Reader, catalogue: Harvested, service: NamedNode, readings: Readings, language: str) -> Verdict:
    told = _told(catalogue, service, [*readings.harvests[0].services, *readings.harvests[0].datasets])
    refused = _refusal(reader, told)
    if refused or told is None or told.product is None:
        return Verdict(reader.name, service.value, lost=(Loss(SERVICE, refused),))
    verdict = judge_service(reader, Case(catalogue, (), told.product, language, readings.names), service)
    return Verdict(reader.name, service.value, (SERVICE, *verdict.survives), verdict.lost, unread=verdict.unread)


def _told(catalogue: Harvested, thing: NamedNode, told: Sequence[Told]) -> Told | None:
    own = _keys(catalogue, thing)
    return next((one for one in told if one.key in own), None)


def _refusal(reader: Reader, told: Told | None) -> str:
    if told is None:
        return f"{reader.title} finds nothing by its IRI or its dct:identifier"
    if told.errors:
        return f"{reader.title} refuses it: {'; '.join(told.errors)}"
    return f"{reader.title} stores nothing of it" if told.product is None else ""


def _keys(catalogue: Harvested, thing: NamedNode) -> set[str]:
    return {thing.value, *(worded(one) for one in catalogue.objects(thing, "dct:identifier"))}


def _stopped(reader: Reader, reading: Reading) -> Iterator[Loss]:
    for one in reading.errors:
        yield Loss(CATALOG, f"{reader.title} stops: {one}")


def _foreign(reader: Reader, catalogue: Harvested, reading: Reading) -> Iterator[Loss]:
    """What a reader takes for a dataset of the catalogue's though it is none, or takes twice."""
    ours = [*catalogue.datasets, *(one for one in catalogue.instances(SERVICE) if isinstance(one, NamedNode))]
    known = {key for one in ours for key in _keys(catalogue, one)}
    keys = [one.key for one in (*reading.datasets, *reading.services)]
    for key in sorted(set(keys)):
        if not key:
            yield Loss("dct:identifier", f"{reader.title} skips what has no dct:identifier, and archives it later")
        elif key not in known:
            yield Loss(DATASET, f"{reader.title} takes {key} for one more dataset")
        elif keys.count(key) > 1:
            yield Loss("dct:identifier", f"{reader.title} finds {key} more than once: an identifier is one thing's")


def _changes(first: Reading, second: Reading) -> Iterator[Loss]:
    before, after = _settled(first), _settled(second)
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield Loss(SECOND, f"{key} is another the second time: {', '.join(_differing(before, after, key))}")


def _settled(reading: Reading) -> dict[str, Any]:
    return {one.key: _without_clocks(one.product) for one in (*reading.datasets, *reading.services)}


def _differing(before: Mapping[str, Any], after: Mapping[str, Any], key: str) -> list[str]:
    one, other = before.get(key) or {}, after.get(key) or {}
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name)) or ["it is gone"]


def _without_clocks(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_clocks(inner) for name, inner in value.items() if name not in _CLOCKS}
    if isinstance(value, list):
        return sorted((_without_clocks(inner) for inner in value), key=lambda one: json.dumps(one, sort_keys=True))
    return value
