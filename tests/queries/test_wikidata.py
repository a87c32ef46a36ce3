"""What the site states in Wikidata's terms is what is expected, and the same in both engines."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Final

import pytest
import rdflib
from pyoxigraph import QuerySolutions, Store

from mreze.queries import SavedQuery, read_query
from mreze.transliteration import to_latin

ROOT: Final = Path(__file__).parents[2]
EXPECTED: Final = Path(__file__).parent / "wikidata"
PROPERTIES: Final = {
    "country": "P17", "founding": "P571", "homepage": "P856", "memberships": "P463", "seat": "P159",
}  # fmt: skip
LANGUAGES: Final = ["en", "sr-cyrl", "sr-latn"]
Table = list[list[str]]


def files(*datasets: str) -> list[Path]:
    """The files of some datasets, and of the ontology."""
    data = [path for name in datasets for path in (ROOT / "data" / name).rglob("*") if path.suffix in {".nt", ".ttl"}]
    return sorted([*data, *(ROOT / "ontology").glob("*.ttl")])


@cache
def store(*datasets: str) -> Store:
    """Their merge."""
    found = Store()
    for path in files(*datasets):
        found.load(path=path)
    return found


@cache
def graph() -> rdflib.Graph:
    """That of the dataset nis, in rdflib, which is slow."""
    found = rdflib.Graph()
    for path in files("nis"):
        found.parse(path)
    return found


def query(slug: str) -> SavedQuery:
    """A query, as the engine reads it."""
    return read_query(ROOT, Path("queries", "wikidata", f"{slug}.rq"))


def rows(slug: str, *datasets: str) -> Table:
    """Header and rows; a cell without a value is an empty text."""
    solutions = store(*datasets).query(query(slug).bare)
    assert isinstance(solutions, QuerySolutions)
    names = [one.value for one in solutions.variables]
    return [names, *([getattr(node, "value", "") for node in row] for row in solutions)]


@pytest.mark.parametrize("slug", PROPERTIES)
def test_states_what_is_expected(slug: str) -> None:
    """The rows, in their order, over all datasets."""
    with (EXPECTED / f"{slug}.csv").open(encoding="utf-8", newline="") as file:
        assert rows(slug, "nis", "members") == list(csv.reader(file))


@pytest.mark.parametrize("slug", PROPERTIES)
def test_states_the_same_in_both_engines(slug: str) -> None:
    """What rdflib finds are the rows that Oxigraph finds, in their order."""
    result = graph().query(query(slug).bare)
    names = [str(name) for name in result.vars or ()]
    found = [{str(name): str(node) for name, node in row.items()} for row in result.bindings]
    assert [names, *([row.get(name, "") for name in names] for row in found)] == rows(slug, "nis")


@pytest.mark.parametrize(("slug", "name"), PROPERTIES.items())
def test_says_what_it_is_about(slug: str, name: str) -> None:
    """The header has the property, and a question in three languages of which the Latin is that of the Cyrillic."""
    found = query(slug)
    assert found.wikidata == name
    for said in (found.summary, found.description):
        assert sorted(said) == LANGUAGES
        assert said["sr-latn"] == to_latin(said["sr-cyrl"])


def test_no_statement_comes_twice() -> None:
    """Each row has other evidence."""
    for slug in PROPERTIES:
        _, *found = rows(slug, "nis", "members")
        assert len({tuple(row) for row in found}) == len(found), slug


def test_a_membership_is_stated_of_the_city_that_has_an_item() -> None:
    """The agent of Niš has none: its memberships, all eight, are those of the place."""
    header, *found = rows("memberships", "nis", "members")
    subject, value = header.index("subject"), header.index("value")
    base = "https://w3id.org/mreze-gradova/id/"
    assert len({row[value] for row in found if row[subject] == f"{base}places/nis"}) == 8
    assert not [row for row in found if "organizations/" in row[subject] or "cities/" in row[subject]]


def test_a_bound_is_no_beginning() -> None:
    """AVEC's page only lets it be known that Niš was a member by then."""
    header, *found = rows("memberships", "nis", "members")
    nis = [row for row in found if row[0].endswith("places/nis") and row[1].endswith("organizations/avec")]
    assert [row[header.index("P580")] for row in nis] == [""]


def test_none_is_said_explicitly() -> None:
    """B40 has a claim of no seat; its secretariat does not stand for one."""
    _, *found = rows("seat", "nis")
    b40 = [row[1] for row in found if row[0].endswith("organizations/b40")]
    assert b40 == ["http://www.wikidata.org/prop/novalue/P159"]
