"""The eight kinds of queries of the benchmark, each with a place for what differs from one request to the next."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.generate import BASE, ORG, SCHEMA

PREFIXES = f"""PREFIX org: <{ORG}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <{SCHEMA}>
"""


@dataclass(frozen=True)
class Kind:
    """A kind of query; `@` stands for the number of a city, `#` for a number that nobody used before."""

    name: str
    text: str
    heavy: bool = False
    is_graph: bool = False

    def query(self, city: int, nonce: str) -> str:
        """One query."""
        return PREFIXES + self.text.replace("@", f"<{BASE}id/cities/c{city}>") + f"\n# {nonce}"


KINDS = (
    Kind(
        "point",
        "SELECT ?network ?label ?since ?country { ?m org:member @ ; org:organization ?network ; "
        "schema:startDate ?since . ?network rdfs:label ?label ; schema:containedInPlace ?country . "
        "FILTER (LANG(?label) = 'en') }",
    ),
    Kind("cbd", "CONSTRUCT { @ ?p ?o . ?m ?q ?v } { { @ ?p ?o } UNION { ?m org:member @ ; ?q ?v } }", is_graph=True),
    Kind("describe", "DESCRIBE @", is_graph=True),
    Kind(
        "decade",
        "SELECT ?decade (COUNT(?m) AS ?n) { ?m org:member @ ; org:organization ?network ; schema:startDate ?d . "
        "BIND (SUBSTR(STR(?d), 1, 3) AS ?decade) } GROUP BY ?decade",
    ),
    Kind(
        "shared",
        "SELECT ?other (COUNT(*) AS ?n) { @ org:memberOf ?network . ?other org:memberOf ?network } "
        "GROUP BY ?other ORDER BY DESC(?n) ?other LIMIT 50",
        heavy=True,
    ),
    Kind(
        "country",
        "SELECT ?country (COUNT(?m) AS ?n) { ?m org:member ?c . ?c schema:containedInPlace ?country } "
        "GROUP BY ?country ORDER BY DESC(?n) ?country",
        heavy=True,
    ),
    Kind(
        "regex", 'SELECT ?c ?l { ?c a schema:City ; rdfs:label ?l . FILTER REGEX(?l, "^Bago") } LIMIT 1000', heavy=True
    ),
    Kind(
        "path",
        "SELECT (COUNT(DISTINCT ?country) AS ?n) { @ org:memberOf/^org:memberOf/schema:containedInPlace ?country }",
        heavy=True,
    ),
)
