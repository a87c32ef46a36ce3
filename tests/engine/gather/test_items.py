"""What an endpoint with data in Wikidata's form says of items is read whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, RdfFormat, Store
from tests.wikidata import PREFIXES

from mreze.errors import GatherError
from mreze.gather import items
from mreze.gather.items import Stated, read_theirs
from mreze.gather.model import Address, Item, Moment, NoValue, Rank, Reference, Row, SomeValue, Theirs, Variables

DATA = Path(__file__).parents[2] / "sites" / "wikidata" / "statements.ttl"
WD = "http://www.wikidata.org/entity/"
WDS = f"{WD}statement/"
PROPERTIES = ("P17", "P159", "P463", "P571", "P856")


class Asked:
    """An endpoint in this process, which counts what it is asked."""

    def __init__(self, turtle: str) -> None:
        self.store = Store()
        self.store.load(PREFIXES + turtle, format=RdfFormat.TURTLE)
        self.queries: list[str] = []

    def select(self, query: str, variables: Variables | None = None) -> list[Row]:
        """The solutions, see Endpoint."""
        self.queries.append(query)
        solutions = self.store.query(query)
        assert isinstance(solutions, QuerySolutions)
        names = [one.value for one in solutions.variables]
        assert variables is not None
        assert set(names) == {*variables.things, *variables.terms, *variables.others}
        return [{name: node for name, node in zip(names, row, strict=True) if node is not None} for row in solutions]


@pytest.fixture(scope="module")
def endpoint() -> Asked:
    """With the statements that stand for Wikidata's."""
    return Asked(DATA.read_text("utf-8"))


@pytest.fixture(scope="module")
def stated(endpoint: Asked) -> Stated:
    """What is said of the networks and of Niš."""
    wanted = [f"{WD}Q90000000{number}" for number in range(1, 9)]
    return read_theirs(endpoint, [*wanted, f"{WD}Q129259"], [f"{WD}Q1754"], PROPERTIES, ("P580", "P582"))


@pytest.fixture(scope="module")
def by_name(stated: Stated) -> dict[str, Theirs]:
    """The statements, by the last step of their IRIs."""
    return {one.iri.removeprefix(WDS): one for one in stated.statements}


def test_statements_have_item_property_value_and_rank(by_name: dict[str, Theirs]) -> None:
    """And the English name of a value that is an item, else the Serbian one."""
    one = by_name["Q129259-other"]
    assert (one.item, one.property, one.value) == (f"{WD}Q129259", "P463", Item(f"{WD}Q900000099"))
    assert (one.rank, by_name["Q129259-ire"].rank) == (Rank.PREFERRED, Rank.DEPRECATED)
    assert by_name["Q129259-ecad"].name == "European Cities Against Drugs"
    assert by_name["Q129259-skgo"].name == "СКГО"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Q900000001-founded", Moment("1995")),
        ("Q900000003-founded", Moment("2004-12-21")),
        ("Q900000008-founded", Moment("195")),
        ("Q900000002-seat", NoValue()),
        ("Q900000002-country", SomeValue()),
        ("Q900000001-page", Address("http://www.ECAD.net")),
        ("Q900000001-seat", Item(f"{WD}Q1754")),
    ],
)
def test_values_are_items_times_addresses_none_or_unknown(
    by_name: dict[str, Theirs], name: str, expected: object
) -> None:
    """A time as precise as it is said to be."""
    assert by_name[name].value == expected


def test_qualifiers_are_as_precise_as_they_are_said_to_be(by_name: dict[str, Theirs]) -> None:
    """An unknown one is there too."""
    assert by_name["Q129259-ecad"].qualifiers == {"P580": (Moment("2007-05"),)}
    assert by_name["Q900000003-former"].qualifiers == {"P582": (SomeValue(),)}
    assert by_name["Q129259-league"].qualifiers == {}


def test_references_tell_where_a_statement_comes_from(by_name: dict[str, Theirs]) -> None:
    """An address with the day it was read, a Wikimedia project, or a book."""
    assert by_name["Q900000001-founded"].references == (
        Reference(imported_from=f"{WD}Q206855"),
        Reference(url="https://example.org/a-page", retrieved="2020-01-02"),
    )
    assert by_name["Q900000001-seat"].references == (Reference(stated_in=f"{WD}Q900000050"),)
    assert by_name["Q900000003-seat"].references == ()


def test_items_that_were_merged_and_items_that_do_not_exist_are_told(stated: Stated) -> None:
    """Each by its IRI."""
    assert stated.merged == {f"{WD}Q900000005": f"{WD}Q900000015"}
    assert stated.missing == {f"{WD}Q900000007"}
    assert stated.modified == "2026-11-20T04:05:06Z"


def test_few_queries_are_asked_however_many_items_there_are(
    endpoint: Asked, stated: Stated, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One for each hundred items and aspect: what exists, statements, qualifiers, references, names, the age."""
    monkeypatch.setattr(items, "BATCH", 4)
    before = len(endpoint.queries)
    wanted = [f"{WD}Q90000000{number}" for number in range(1, 9)]
    again = read_theirs(endpoint, [*wanted, f"{WD}Q129259"], [f"{WD}Q1754"], PROPERTIES, ("P580", "P582"))
    assert again == stated
    assert before == 6
    assert len(endpoint.queries) - before > before


def test_nothing_is_asked_of_nothing() -> None:
    """A site without links still learns how old the data are."""
    endpoint = Asked("")
    assert read_theirs(endpoint, [], [], PROPERTIES, ()) == Stated()
    assert len(endpoint.queries) == 1


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        ('ps:P571 "1994-01-01T00:00:00Z"^^xsd:dateTime', Moment("1994")),
        ('ps:P571 "nonsense"^^xsd:dateTime', SomeValue()),
        ("ps:P571 <http://www.wikidata.org/.well-known/genid/ab>", SomeValue()),
        ("a wdno:P571", NoValue()),
        ("a wdno:P580 ; ps:P571 wd:Q1", Item(f"{WD}Q1")),
    ],
)
def test_odd_values_are_read_as_what_is_sure_of_them(turtle: str, expected: object) -> None:
    """What cannot be read counts as unknown; a time that nobody says the precision of is a year."""
    endpoint = Asked(f"wd:Q2 p:P571 wds:a . wds:a {turtle} .")
    found = read_theirs(endpoint, [f"{WD}Q2"], [], ["P571"], ["P580"])
    assert [one.value for one in found.statements] == [expected]


@pytest.mark.parametrize(
    ("calendar", "julian", "certain"),
    [("wd:Q1985786", True, False), ("wd:Q1985727", False, True), ("wd:Q1", False, False), ("", False, False)],
)
def test_the_calendar_of_a_time_is_known(calendar: str, julian: bool, certain: bool) -> None:
    """Of a value and of a qualifier; where nobody says it, what is stored is not known either."""
    model = f"; wikibase:timeCalendarModel {calendar}" if calendar else ""
    day = '"1953-04-11T00:00:00Z"^^xsd:dateTime'
    endpoint = Asked(
        f"wd:Q2 p:P571 wds:a . wds:a ps:P571 {day} ; psv:P571 wdv:d ; pq:P580 {day} ; pqv:P580 wdv:d . "
        f"wdv:d wikibase:timeValue {day} ; wikibase:timePrecision 11 {model} ."
    )
    (one,) = read_theirs(endpoint, [f"{WD}Q2"], [], ["P571"], ["P580"]).statements
    (qualifier,) = one.qualifiers["P580"]
    for moment in (one.value, qualifier):
        assert isinstance(moment, Moment)
        assert (moment.text, moment.julian, moment.certain) == ("1953-04-11", julian, certain)


def test_a_qualifier_may_be_none_or_there_twice() -> None:
    """Each of its values is told once."""
    times = " ; ".join(
        f'pq:P580 "{year}-01-01T00:00:00Z"^^xsd:dateTime ; pqv:P580 wdv:y{year}' for year in (1990, 2003)
    )
    values = " ".join(
        f'wdv:y{year} wikibase:timeValue "{year}-01-01T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 9 .'
        for year in (1990, 2003)
    )
    endpoint = Asked(f"wd:Q2 p:P463 wds:a . wds:a ps:P463 wd:Q1 ; a wdno:P582 ; {times} . {values}")
    (one,) = read_theirs(endpoint, [f"{WD}Q2"], [], ["P463"], ["P580", "P582"]).statements
    assert one.qualifiers == {"P580": (Moment("1990"), Moment("2003")), "P582": (NoValue(),)}


@pytest.mark.parametrize(
    ("turtle", "sourced"),
    [
        ("pr:P854 <https://example.org/>", True),
        ("pr:P854 <https://en.wikipedia.org/wiki/X>", False),
        ("pr:P248 wd:Q5", True),
        ("pr:P143 wd:Q328", False),
        ("pr:P4656 <https://en.wikipedia.org/wiki/X>", False),
        ('pr:P813 "2020-01-01T00:00:00Z"^^xsd:dateTime', False),
        ('pr:P1566 "787657"', True),
        ('pr:P1476 "A title"@en', False),
    ],
)
def test_a_reference_names_a_source_or_does_not(turtle: str, sourced: bool) -> None:
    """A Wikimedia project is none, an identifier in a register is one."""
    endpoint = Asked(f"wd:Q2 p:P463 wds:a . wds:a ps:P463 wd:Q1 ; prov:wasDerivedFrom wdref:r . wdref:r {turtle} .")
    (one,) = read_theirs(endpoint, [f"{WD}Q2"], [], ["P463"], []).statements
    assert [each.sourced for each in one.references] == [sourced]


def test_names_of_a_strange_language_are_left_out() -> None:
    """Only English and Serbian ones are asked for."""
    endpoint = Asked('wd:Q2 rdfs:label "Ниш"@mk , "Niš"@sr-el .')
    assert read_theirs(endpoint, [f"{WD}Q2"], [], ["P463"], []).names == {f"{WD}Q2": "Niš"}


def test_what_is_no_copy_of_wikidata_is_refused() -> None:
    """Else every link would be called broken."""
    with pytest.raises(GatherError, match="knows none of the 2 items"):
        read_theirs(Asked("wd:Q9 rdfs:label 'x'@en ."), [f"{WD}Q1", f"{WD}Q2"], [], ["P463"], [])


def test_an_endpoint_with_short_statements_only_is_refused() -> None:
    """Else everything would be called missing there."""
    with pytest.raises(GatherError, match="only the short form of statements"):
        read_theirs(Asked("wd:Q1 wdt:P463 wd:Q9 ."), [f"{WD}Q1"], [], ["P463"], [])
    assert read_theirs(Asked("wd:Q1 wdt:P31 wd:Q9 ."), [f"{WD}Q1"], [], ["P463"], []).statements == ()
