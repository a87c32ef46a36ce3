"""The example queries answer the same, and what is expected, in both engines that people are likely to use."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from mreze.datablocks import Term
from mreze.queries import SavedQuery, read_query
from mreze.transliteration import to_latin

ROOT: Final = Path(__file__).parents[2]
EXAMPLES: Final = ROOT / "queries" / "examples"
EXPECTED: Final = Path(__file__).parent / "expected"
SLUGS: Final = sorted(path.stem for path in EXAMPLES.glob("*.rq"))
LANGUAGES: Final = ("en", "sr-cyrl", "sr-latn")
MEMBERSHIPS: Final = [
    "membership", "organization", "organization_label", "organization_label_sr", "country", "seat", "secretariat",
    "founded", "member_since", "certainty",
]  # fmt: skip
Table = list[list[str]]


def turtle_files() -> list[Path]:
    """All that the default graph is merged from."""
    data = [*(ROOT / "data").glob("*/*.nt"), *(ROOT / "data").glob("*/*/*.ttl")]
    return [*sorted(data), *sorted((ROOT / "ontology").glob("*.ttl"))]


@cache
def rdflib_graph() -> rdflib.Graph:
    """The default graph, loaded once for all tests."""
    graph = rdflib.Graph()
    for path in turtle_files():
        graph.parse(path)
    return graph


@cache
def pyoxigraph_store() -> Store:
    """The default graph, loaded once for all tests."""
    store = Store()
    for path in turtle_files():
        store.load(path=path)
    return store


@cache
def ask_rdflib(query: str) -> Table:
    """Header and rows as rdflib answers, a cell without a value being an empty text."""
    result = rdflib_graph().query(query)
    names = [str(name) for name in result.vars or ()]
    bindings = [{str(name): str(node) for name, node in row.items()} for row in result.bindings]
    return [names, *([row.get(name, "") for name in names] for row in bindings)]


def ask_pyoxigraph(query: str) -> Table:
    """Header and rows as pyoxigraph answers, a cell without a value being an empty text."""
    solutions = pyoxigraph_store().query(query)
    assert isinstance(solutions, QuerySolutions), "an example is a SELECT"
    return [[name.value for name in solutions.variables], *([text(node) for node in row] for row in solutions)]


def text(node: object) -> str:
    """The IRI or the text of a node of pyoxigraph."""
    assert node is None or isinstance(node, NamedNode | Literal), f"{node} has neither IRI nor text"
    return "" if node is None else node.value


ENGINES: Final[dict[str, Callable[[str], Table]]] = {"rdflib": ask_rdflib, "pyoxigraph": ask_pyoxigraph}


def example(slug: str) -> SavedQuery:
    """A saved query, read as the engine reads it."""
    return read_query(ROOT, Path("queries", "examples", f"{slug}.rq"))


def expected(slug: str) -> Table:
    """Header and rows that the query must give."""
    with (EXPECTED / f"{slug}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def thing(path: str) -> NamedNode:
    """A thing of the site."""
    return NamedNode(f"https://w3id.org/mreze-gradova/id/{path}")


PARAMETRIC: Final = [slug for slug in SLUGS if example(slug).parameters]
GIVEN: Final[list[tuple[str, dict[str, Term], int]]] = [
    ("member-of-in-year", {"year": Literal(1990)}, 0),
    ("member-of-in-year", {"year": Literal(2015)}, 3),
    ("networks-in-the-same-country", {"country": thing("countries/france")}, 1),
    ("networks-in-the-same-country", {"country": thing("countries/japan")}, 0),
    ("quotes-behind-a-fact", {"subject": thing("organizations/ecad")}, 2),
    ("quotes-behind-a-fact", {"predicate": NamedNode("https://schema.org/foundingLocation")}, 1),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("slug", SLUGS)
def test_answers_what_is_expected(slug: str, engine: str) -> None:
    """The query gives the expected columns and rows, in their order, in this engine."""
    assert ENGINES[engine](example(slug).text) == expected(slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_asks_its_question_in_three_languages(slug: str) -> None:
    """The summary is a question in each language of the site, and the Latin one is that of the Cyrillic."""
    summary = example(slug).summary
    assert sorted(summary) == sorted(LANGUAGES)
    assert [language for language in LANGUAGES if not summary[language].endswith("?")] == []
    assert summary["sr-latn"] == to_latin(summary["sr-cyrl"])


@pytest.mark.parametrize("slug", SLUGS)
def test_describes_itself_in_all_languages_or_none(slug: str) -> None:
    """A description that is given is given in each language of the site."""
    description = example(slug).description
    assert sorted(description) in ([], sorted(LANGUAGES))
    assert description.get("sr-latn", "") == to_latin(description.get("sr-cyrl", ""))


@pytest.mark.parametrize("slug", SLUGS)
def test_declares_the_prefixes_it_uses(slug: str) -> None:
    """The prefixes are in the order of the alphabet, and each of them is used."""
    lines = example(slug).text.splitlines()
    prefixes = [line.split()[1] for line in lines if line.startswith("PREFIX ")]
    query = "\n".join(line for line in lines if not line.startswith(("PREFIX ", "#")))
    assert prefixes == sorted(prefixes)
    assert [prefix for prefix in prefixes if prefix not in query] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_keeps_to_the_default_graph(slug: str) -> None:
    """The query is a SELECT over the default graph, which names no other graph or service."""
    query = example(slug)
    assert query.form == "select"
    assert [word for word in ("GRAPH", "SERVICE", "FROM") if word in query.text.split()] == []


@pytest.mark.parametrize("slug", PARAMETRIC)
def test_labels_its_parameters_in_three_languages(slug: str) -> None:
    """Each parameter is called something in each language of the site, and the Latin is that of the Cyrillic."""
    for parameter in example(slug).parameters:
        assert sorted(parameter.label) == sorted(LANGUAGES)
        assert parameter.label["sr-latn"] == to_latin(parameter.label["sr-cyrl"])


@pytest.mark.parametrize("slug", SLUGS)
def test_names_its_columns_in_three_languages(slug: str) -> None:
    """Each column is called something in each language of the site."""
    heads = example(slug).columns.heads
    assert list(heads) == expected(slug)[0]
    assert [name for name, said in heads.items() if sorted(said) != sorted(LANGUAGES)] == []


def test_enough_queries_have_parameters() -> None:
    """Those of which one wants to ask more than one thing."""
    assert {"member-of-in-year", "networks-in-the-same-country", "quotes-behind-a-fact"} <= set(PARAMETRIC)


@pytest.mark.parametrize(("slug", "values", "rows"), GIVEN)
def test_answers_the_same_in_both_engines_whatever_is_asked(slug: str, values: dict[str, Term], rows: int) -> None:
    """With other values than the default, which were looked up in the data by hand."""
    text = example(slug).with_values(values)
    answer = ask_pyoxigraph(text)
    assert len(answer) - 1 == rows
    assert ask_rdflib(text) == answer


@pytest.mark.parametrize("slug", [one for one in PARAMETRIC if expected(one)[0][0] == "organization"])
def test_a_chosen_network_narrows_the_rows(slug: str) -> None:
    """Those of the network, in their order, and no others."""
    header, *everything = expected(slug)
    for iri in sorted({row[0] for row in everything}):
        text = example(slug).with_values({"organization": NamedNode(iri)})
        assert ask_pyoxigraph(text) == [header, *(row for row in everything if row[0] == iri)]
    assert ask_rdflib(text) == ask_pyoxigraph(text)


def test_rdflib_can_bind_what_is_left_free() -> None:
    """`initBindings` gives the rows that a data block of the value gives."""
    country = thing("countries/france")
    query = example("networks-in-the-same-country")
    bound = rdflib_graph().query(query.text, initBindings={"country": rdflib.URIRef(country.value)})
    assert [str(row[1]) for row in bound] == [row[1] for row in ask_rdflib(query.with_values({"country": country}))[1:]]  # type: ignore[index]  # rows of a SELECT


def test_every_query_has_its_expected_rows() -> None:
    """There is an expected file for each query and no other."""
    assert sorted(path.stem for path in EXPECTED.glob("*.csv")) == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_expects_rows(slug: str) -> None:
    """Each query has at least one row, each as long as the header, and none twice."""
    _, *rows = table = expected(slug)
    assert rows
    assert len({len(row) for row in table}) == 1
    assert len({tuple(row) for row in rows}) == len(rows)


def test_memberships_has_the_agreed_form() -> None:
    """The query that other programs read has the agreed columns and one row a membership."""
    header, *rows = expected("memberships")
    assert header == MEMBERSHIPS
    assert len({row[0] for row in rows}) == len(rows) == 8
