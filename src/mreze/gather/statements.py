"""What the site states in Wikidata's terms: what the queries of queries/wikidata/ find in the merge of its data.

A row is a statement with one piece of its evidence; rows of one statement are put together. What variables there are,
CONTRIBUTING.md tells ("Comparing with Wikidata").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple

from mreze.errors import SiteError
from mreze.gather.model import Address, Evidence, Item, NoValue, Ours, Rank, Row, Unlinked, Value
from mreze.gather.origins import derived_sources, of_wikimedia
from mreze.gather.values import NO_VALUE, entity, our_moment
from mreze.graph import SiteGraph
from mreze.namespaces import term
from mreze.queries import SavedQuery, read_query

CONDITIONS: Final = frozenset({"P31", "P625"})
"""Properties whose queries only tell what a thing is like: types and coordinates are matched, not compared."""
LINKS: Final = tuple(term(one) for one in ("owl:sameAs", "schema:sameAs", "skos:exactMatch"))
"""Which properties link a thing with its item, the strongest first."""
_LANGUAGES: Final = "http://publications.europa.eu/resource/authority/language/"
_PROPERTY: Final = re.compile(r"P[1-9][0-9]*")
_DATES: Final = frozenset(term(f"xsd:{one}") for one in ("date", "gYear", "gYearMonth"))
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_RANKS: Final = {rank: place for place, rank in enumerate(Rank)}


def read_ours(graph: SiteGraph) -> tuple[Ours, ...]:
    """Everything that the site states in Wikidata's terms, by thing, property and rank, the best first.

    Raises:
        SiteError: a query cannot be read or asked, or finds what Wikidata has no form for.
    """
    reader = _Reader(graph.site.base, items(graph.merged), derived_sources(graph.merged))
    found: list[Ours] = []
    for path in graph.site.queries("wikidata"):
        query = read_query(graph.site.root, path)
        if _property(query) not in CONDITIONS:
            found += reader.statements(query, solutions(graph, query))
    return tuple(sorted(found, key=order))


def items(triples: Iterable[Triple]) -> dict[str, str]:
    """The item of Wikidata that each thing is linked with, by the IRI of the thing."""
    found: dict[str, tuple[int, str]] = {}
    for one in triples:
        if one.predicate in LINKS and isinstance(one.object, NamedNode) and isinstance(one.subject, NamedNode):
            item = entity(one.object.value)
            if item is not None:
                link = (LINKS.index(one.predicate), item)
                found[one.subject.value] = min(link, found.get(one.subject.value, link))
    return {thing: item for thing, (_, item) in found.items()}


def solutions(graph: SiteGraph, query: SavedQuery) -> list[Row]:
    """What a query of queries/wikidata/ finds.

    Raises:
        SiteError: it cannot be asked, or is no SELECT.
    """
    try:
        answer = graph.store.query(query.bare)
    except (SyntaxError, ValueError, OSError) as error:
        raise _wrong(query.path, f"cannot be asked: {error}.", "Mend the query.") from error
    if not isinstance(answer, QuerySolutions):
        raise _wrong(query.path, "is no SELECT.", "Write one that has ?subject and ?value.")
    names = [one.value for one in answer.variables]
    return [
        {name: node for name, node in zip(names, row, strict=True) if node is not None and not isinstance(node, Triple)}
        for row in answer
    ]


def order(one: Ours) -> tuple[str, int, int, str, str]:
    """What statements are sorted by."""
    qualified = str(sorted((name, str(value)) for name, value in one.qualifiers.items()))
    return one.subject, int(one.property[1:]), _RANKS[one.rank], str(one.value), qualified


def _property(query: SavedQuery) -> str:
    if not query.wikidata:
        raise _wrong(query.path, "says nowhere what it is about.", "Add a line `#+ property: P571`.")
    return query.wikidata


def _wrong(path: Path, message: str, remedy: str) -> SiteError:
    return SiteError(message, path=path, remedy=remedy)


@dataclass(frozen=True, slots=True)
class _Reader:
    base: str
    items: Mapping[str, str]
    derived: frozenset[str]

    def statements(self, query: SavedQuery, rows: Iterable[Row]) -> Iterator[Ours]:
        """The statements of a query, the evidence of each put together."""
        found: dict[tuple[object, ...], tuple[Ours, dict[Evidence, None]]] = {}
        for row in rows:
            try:
                one = self.statement(query.wikidata, row)
            except (KeyError, ValueError) as error:
                said = f"finds a row without ?{error.args[0]}." if isinstance(error, KeyError) else f"{error}."
                remedy = "Let it find an item, a thing of the site, a date, a URL, or none (wdno:P…)."
                raise _wrong(query.path, said, remedy) from error
            key = (one.subject, one.value, one.thing, one.rank, tuple(sorted(one.qualifiers.items())))
            _, evidence = found.setdefault(key, (one, {}))
            if "source" in row:
                evidence[self.evidence(row)] = None
        for one, evidence in found.values():
            yield Ours(
                one.subject, one.item, one.property, one.value, one.thing, one.rank, one.qualifiers, tuple(evidence)
            )

    def statement(self, name: str, row: Row) -> Ours:
        """The statement of a row."""
        subject, value = row["subject"], row["value"]
        rank = re.split(r"[#/:]", row["rank"].value)[-1].lower() if "rank" in row else Rank.NORMAL
        thing = value.value if isinstance(value, NamedNode) and value.value.startswith(f"{self.base}id/") else ""
        qualifiers = {one: self.value(row[one]) for one in sorted(row) if _PROPERTY.fullmatch(one)}
        item = self.items.get(subject.value, "")
        return Ours(subject.value, item, name, self.value(value), thing, Rank(rank), qualifiers)

    def value(self, node: object) -> Value:
        """A node as a value; ValueError where there is none for it."""
        if isinstance(node, NamedNode):
            return self.named(node.value)
        if isinstance(node, Literal) and node.datatype in _DATES:
            return our_moment(node.value)
        if isinstance(node, Literal) and node.datatype == term("xsd:anyURI"):
            return Address(node.value)
        raise ValueError(f"finds {node}, which is no value of Wikidata")

    def named(self, iri: str) -> Value:
        """An IRI as a value."""
        if iri in self.items:
            return Item(self.items[iri])
        if iri.startswith(NO_VALUE):
            return NoValue()
        if iri.startswith(f"{self.base}id/"):
            return Unlinked(iri)
        return Address(iri) if entity(iri) is None else Item(iri)

    def evidence(self, row: Row) -> Evidence:
        """The evidence of a row."""
        texts = {name: node.value for name, node in row.items()}
        source, quote, url = texts["source"], texts.get("quote", ""), texts.get("url", "")
        derived = source in self.derived or of_wikimedia(source) or of_wikimedia(url)
        language = tag(texts.get("language", ""), quote)
        return Evidence(source, texts.get("title", ""), url, texts.get("read", "")[:10], quote, language, derived)


def tag(language: str, quote: str) -> str:
    """The tag of a language, which may be an IRI of the EU's table; of Serbian, the script that the quote is in."""
    found = language.lower()
    if language.startswith(_LANGUAGES):
        found = _tags().get(language.removeprefix(_LANGUAGES), "")
    if found == "sr" and quote:
        return "sr-cyrl" if _CYRILLIC.search(quote) else "sr-latn"
    return found


@cache
def _tags() -> dict[str, str]:
    table = (resources.files("mreze") / "authorities" / "language.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#") and "\t" in line)
    return {row[0]: row[1] for row in rows}
