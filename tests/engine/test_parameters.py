"""Parameters: what a header may declare, what it may not, and why the engine's own substitution is not used."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store, Variable

from mreze.datablocks import Term
from mreze.errors import SiteError
from mreze.headers import read_headers
from mreze.namespaces import PREFIXES, term
from mreze.parameters import Parameter, read_parameters

FILE = Path("queries/examples/q.rq")


def _read(text: str) -> tuple[Parameter, ...]:
    return read_parameters(text, read_headers(text, FILE), FILE)


def test_a_declaration_is_read() -> None:
    """Type, class, label by language, whether it must be given; what stands in the block is the default."""
    text = (
        "#+ parameter ?year: xsd:integer\n#+ parameter ?year@en: Year\n#+ parameter ?year@SR-Cyrl: Година\n"
        "#+ parameter ?who: iri org:Organization required\n#+ parameter ?name: rdf:langString sr-cyrl\n"
        "SELECT * { VALUES ?year { 2010 2020 } VALUES (?who ?name) { (<urn:x> UNDEF) } ?who ?p ?year , ?name }"
    )
    year, who, name = _read(text)
    assert (year.name, year.type, year.datatype) == ("year", "xsd:integer", term("xsd:integer").value)
    assert (year.values, year.required, year.line) == ((Literal(2010), Literal(2020)), False, 1)
    assert year.label == {"en": "Year", "sr-cyrl": "Година"}
    assert (who.type, who.datatype, who.range) == ("iri org:Organization", None, term("org:Organization").value)
    assert (who.required, who.values) == (True, (NamedNode("urn:x"),))
    assert (name.language, name.values) == ("sr-cyrl", ())


def test_several_blocks_may_say_the_same() -> None:
    """A value is needed on both sides of a UNION."""
    text = "#+ parameter ?y: xsd:integer\nSELECT * { { VALUES ?y { 1 } ?s ?p ?y } UNION { VALUES ?y { 1 } ?y ?p ?s } }"
    assert _read(text)[0].values == (Literal(1),)


@pytest.mark.parametrize(
    ("header", "query", "says"),
    [
        ("parameter ?y: xsd:integr", "{ VALUES ?y { 1 } ?s ?p ?y }", "'xsd:integr', which is unknown"),
        ("parameter ?y: xsd:integer 5", "{ VALUES ?y { 1 } ?s ?p ?y }", "unknown"),
        ("parameter ?y:", "{ VALUES ?y { 1 } ?s ?p ?y }", "unknown"),
        ("parameter ?y: required", "{ VALUES ?y { 1 } ?s ?p ?y }", "unknown"),
        ("parameter ?y: iri none:Class", "{ VALUES ?y { UNDEF } ?s ?p ?y }", "'none:Class', which is no class"),
        ("parameter ?y: rdf:langString", "{ VALUES ?y { UNDEF } ?s ?p ?y }", "no language tag"),
        ("parameter ?y: rdf:langString a_b", "{ VALUES ?y { UNDEF } ?s ?p ?y }", "no language tag"),
        ("parameter ?y@en: Year", "{ VALUES ?y { 1 } ?s ?p ?y }", "has no type"),
        ("parameter ?y: xsd:integer", "{ ?s ?p ?y }", "stands in no data block"),
        ("parameter ?y: xsd:integer", "{ VALUES ?y { 1 } ?s ?p ?o }", "no variable of the query outside"),
        ("parameter ?y: xsd:integer", "{ VALUES ?y { 1 } { ?s ?p ?o BIND (1 AS ?y) } }", "assigned by the query"),
        ("parameter ?y: xsd:gYear", "{ VALUES ?y { 2010 } ?s ?p ?y }", "its default 2010 is not"),
        ("parameter ?y: xsd:date", '{ VALUES ?y { "2026-02-30"^^xsd:date } ?s ?p ?y }', "is not"),
        ("parameter ?y: rdf:langString en", '{ VALUES ?y { "x"@de } ?s ?p ?y }', '"x"@de is not'),
        ("parameter ?y: iri", '{ VALUES ?y { "x" } ?s ?p ?y }', "is not"),
        ("parameter ?y: xsd:string", "{ VALUES ?y { <urn:x> } ?s ?p ?y }", "is not"),
        ("parameter ?y: xsd:integer", "{ VALUES (?y ?z) { (1 2) } ?z ?p ?y }", r"shares a data block with \?z"),
        ("parameter ?y: xsd:integer", "{ VALUES ?y { 1 } VALUES ?y { 2 } ?s ?p ?y }", "another default"),
        ("parameter ?y: xsd:integer", "{ VALUES ?y { } ?s ?p ?y }", "0 rows"),
        ("parameter ?y: xsd:integer", "{ VALUES ?y { nix:x } ?s ?p ?y }", "not understood"),
        ("parameter ?lang: xsd:string", '{ VALUES ?lang { "x" } ?s ?p ?lang }', "cannot be called so"),
        ("parameter ?é: xsd:string", '{ VALUES ?é { "x" } ?s ?p ?é }', "cannot be called so"),
    ],
)
def test_a_wrong_declaration_is_named(header: str, query: str, says: str) -> None:
    """The error names file, line and remedy."""
    text = f"#+ summary: x\n#+ {header}\nPREFIX xsd: <{PREFIXES['xsd']}>\nSELECT * {query}\n"
    with pytest.raises(SiteError, match=says) as caught:
        _read(text)
    assert (caught.value.path, caught.value.line) == (FILE, 2)
    assert caught.value.remedy


def test_a_block_of_several_variables_has_one_row() -> None:
    """Of two rows nobody could say which value belongs to which."""
    header = "#+ parameter ?y: xsd:integer\n#+ parameter ?z: xsd:integer\n"
    text = header + "SELECT * { VALUES (?y ?z) { (1 2) (3 4) } ?y ?p ?z }"
    with pytest.raises(SiteError, match="2 rows"):
        _read(text)


@pytest.mark.parametrize(
    ("kind", "value", "term_"),
    [
        ("xsd:integer", " 2010 ", Literal(2010)),
        ("xsd:boolean", "true", Literal("true", datatype=term("xsd:boolean"))),
        ("xsd:string", " x ", Literal(" x ")),
        ("xsd:date", "2026-11-23", Literal("2026-11-23", datatype=term("xsd:date"))),
        ("rdf:langString sr-Cyrl", "град", Literal("град", language="sr-cyrl")),
        ("xsd:integer", "2010.5", None),
        ("xsd:integer", "", None),
        ("xsd:boolean", "yes", None),
        ("xsd:date", "2026-02-29", None),
        ("xsd:gYear", "10", None),
        ("xsd:decimal", "1e5", None),
        ("xsd:anyURI", "a b", None),
    ],
)
def test_a_value_is_read_as_its_type(kind: str, value: str, term_: Term | None) -> None:
    """Space around it counts in texts only; what the datatype does not allow is refused."""
    (parameter,) = _read(f"#+ parameter ?y: {kind}\nSELECT * {{ VALUES ?y {{ UNDEF }} ?s ?p ?y }}")
    if term_ is None:
        with pytest.raises(ValueError, match=r".*"):
            parameter.literal(value)
    else:
        assert parameter.literal(value) == term_


class TestTheEngineSubstitution:
    """What pyoxigraph makes of `substitutions`, beside what a data block makes of the same value.

    Where one of these fails because the engine has learnt better, its own substitution may be a choice again.
    """

    DATA = b"<urn:a> <urn:p> 1 . <urn:b> <urn:p> 2 ."
    TWO = Literal("2.0", datatype=term("xsd:decimal"))

    def _ask(self, query: str, value: Term | None = None) -> QuerySolutions | QueryBoolean | QueryTriples:
        store = Store()
        store.load(self.DATA, format=RdfFormat.TURTLE)
        return store.query(query, substitutions=None if value is None else {Variable("y"): value})

    def _count(self, query: str, value: Term | None = None) -> int:
        answer = self._ask(query, value)
        assert not isinstance(answer, QueryBoolean)
        return sum(1 for _ in answer)

    @pytest.mark.parametrize(
        "form", ["SELECT ?s { %s }", "SELECT (COUNT(*) AS ?n) { %s }", "ASK { %s FILTER (?y > 0) }"]
    )
    def test_it_wants_the_variable_among_the_columns(self, form: str) -> None:
        """It refuses what a data block answers."""
        pattern = "?s <urn:p> ?v FILTER (?v = ?y)"
        with pytest.raises(RuntimeError, match="SELECT projection"):
            self._ask(form % pattern, self.TWO)
        self._ask(form % f"VALUES ?y {{ 2.0 }} {pattern}")

    @pytest.mark.parametrize(
        ("pattern", "right", "wrong"),
        [
            ("?s <urn:p> ?v FILTER (?v = ?y)", 1, 0),
            ("?s <urn:p> ?v FILTER (?v != ?y)", 1, 2),
            ("?s <urn:p> ?v FILTER (?v IN (?y))", 1, 0),
            ("?s <urn:p> ?v FILTER (BOUND(?y))", 2, 0),
            ("?s <urn:p> ?v FILTER (?y)", 2, 0),
            ("?s <urn:p> ?v BIND (?y AS ?z) FILTER (BOUND(?z))", 2, 0),
        ],
    )
    def test_its_optimizer_takes_the_variable_for_unbound(self, pattern: str, right: int, wrong: int) -> None:
        """Then it gives other rows than SPARQL does, and says nothing."""
        assert self._count(f"SELECT ?s ?y {{ {pattern} }}", self.TWO) == wrong
        assert self._count(f"SELECT ?s ?y {{ VALUES ?y {{ 2.0 }} {pattern} }}") == right

    def test_a_graph_comes_out_empty(self) -> None:
        """A CONSTRUCT whose template has the variable is not even refused."""
        pattern = "?s <urn:p> ?v FILTER (?v = ?y)"
        assert self._count(f"CONSTRUCT {{ ?s <urn:q> ?y }} {{ {pattern} }}", Literal(2)) == 0
        assert self._count(f"CONSTRUCT {{ ?s <urn:q> ?y }} {{ VALUES ?y {{ 2 }} {pattern} }}") == 1
