"""How much of the release a term is used in, and the query that counts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from mreze.serve.pages import Reader, interface_text

_QUERIES: Final = {
    "classes": "SELECT (COUNT(DISTINCT ?thing) AS ?count)\nWHERE {{\n  ?thing a <{iri}> .\n}}",
    "properties": "SELECT (COUNT(*) AS ?count)\nWHERE {{\n  ?thing <{iri}> ?value .\n}}",
    "datatypes": "SELECT (COUNT(*) AS ?count)\nWHERE {{\n  ?thing ?property ?value .\n"
    "  FILTER (datatype(?value) = <{iri}>)\n}}",
    "values": "SELECT (COUNT(*) AS ?count)\nWHERE {{\n  ?thing ?property <{iri}> .\n}}",
}

_LISTS: Final = {
    "classes": "SELECT DISTINCT ?thing\nWHERE {{\n  ?thing a <{iri}> .\n}}\nORDER BY ?thing",
    "properties": "SELECT ?thing ?value\nWHERE {{\n  ?thing <{iri}> ?value .\n}}\nORDER BY ?thing ?value",
    "datatypes": "SELECT ?thing ?property ?value\nWHERE {{\n  ?thing ?property ?value .\n"
    "  FILTER (datatype(?value) = <{iri}>)\n}}\nORDER BY ?thing ?property",
    "values": "SELECT ?thing ?property\nWHERE {{\n  ?thing ?property <{iri}> .\n}}\nORDER BY ?thing ?property",
}


@dataclass(frozen=True, slots=True)
class Use:
    """How often something is used."""

    text: str
    count: int
    href: str
    """Of the query that counts it."""
    listing: str
    """Of the query that lists where."""


@dataclass(frozen=True, slots=True)
class Counting:
    """Tells a reader how often terms are used."""

    reader: Reader
    counts: Mapping[str, Mapping[NamedNode, int]]
    """By kind ("classes", "properties", "datatypes", "values") and IRI."""

    def use(self, kind: str, iri: str) -> Use:
        """How often a term is used as one kind."""
        count = self.counts.get(kind, {}).get(NamedNode(iri), 0)
        texts = {
            "classes": interface_text(self.reader, "things: {count}", count=count),
        }
        told = interface_text(self.reader, "statements: {count}", count=count)
        asked = (self.query(one[kind].format(iri=iri)) for one in (_QUERIES, _LISTS))
        return Use(texts.get(kind, told), count, *asked)

    def query(self, text: str) -> str:
        """A reference to the query editor with a query in it."""
        return f"{self.reader.request.root}sparql?{urlencode({'query': text, **self.reader.carried})}"
