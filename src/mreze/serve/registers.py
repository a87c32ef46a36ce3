"""Links to other registers: where else a thing is described."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from pyoxigraph import NamedNode

from mreze.quality import LINKING
from mreze.serve.view import Node, Row, Value, Viewer

_REGISTERS: Final = {
    "http://www.wikidata.org/entity/": "Wikidata",
    "https://www.wikidata.org/wiki/": "Wikidata",
    "https://sws.geonames.org/": "GeoNames",
    "http://sws.geonames.org/": "GeoNames",
    "http://dbpedia.org/resource/": "DBpedia",
    "https://viaf.org/viaf/": "VIAF",
    "http://viaf.org/viaf/": "VIAF",
    "https://isni.org/isni/": "ISNI",
    "https://ror.org/": "ROR",
    "https://d-nb.info/gnd/": "GND",
    "http://id.loc.gov/authorities/names/": "Library of Congress",
    "https://www.openstreetmap.org/": "OpenStreetMap",
    "http://publications.europa.eu/resource/authority/": "EU",
    "http://data.europa.eu/": "EU",
}
"""Registers by what their IRIs begin with."""


def elsewhere(viewer: Viewer, thing: str) -> list[Row]:
    """Where else a thing is described, by property."""
    said: Mapping[NamedNode, list[Node]] = viewer.said(thing)
    found = []
    for predicate in LINKING:
        iris = sorted(one.value for one in said.get(predicate, []) if isinstance(one, NamedNode))
        if iris:
            found.append(Row(viewer.link(predicate.value), tuple(_entry(viewer.link(one)) for one in iris)))
    return found


def _entry(value: Value) -> Value:
    """A link to an entry of a register, by the register's name and the entry's."""
    iri = value.title or ""
    register = next((one for one in _REGISTERS if iri.startswith(one)), None)
    if register is None or value.text != iri:
        return value
    return replace(value, text=f"{_REGISTERS[register]}: {iri.removeprefix(register).strip('/')}")
