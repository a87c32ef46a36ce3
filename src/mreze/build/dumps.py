"""Write a set of quads in every syntax of a dump; the same quads always give the same bytes."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Collection, Mapping

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    Store,
    Triple,
    serialize,
)

from mreze import jsonld, rdfxml, turtle
from mreze.errors import SiteError
from mreze.formats import CSV, DUMPS, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TURTLE, Format
from mreze.queries import SavedQuery

COLUMNS = ("graph", "subject", "predicate", "object", "datatype", "language")
"""The columns of a CSV dump where no saved query says better."""


def write_dump(form: Format, quads: Collection[Quad], prefixes: Mapping[str, str]) -> bytes:
    """The quads in one syntax; where the syntax knows no graphs, their triples."""
    return _WRITERS[form.extension](quads, prefixes)


def dump_formats() -> tuple[Format, ...]:
    """Every syntax of a dump but CSV, which may be a query's result."""
    return tuple(form for form in DUMPS if form is not CSV)


def query_csv(store: Store, query: SavedQuery) -> bytes:
    """The result of a saved query as CSV (https://www.w3.org/TR/sparql11-results-csv-tsv/)."""
    solutions = store.query(query.text)
    if not isinstance(solutions, QuerySolutions):
        raise SiteError(
            "a CSV dump needs a SELECT query.",
            path=query.path,
            remedy="Name another query as mreze:csvQuery.",
        )
    content = solutions.serialize(format=CSV.results)
    assert content is not None  # noqa: S101 - no output was given, so the bytes come back
    return content


def compress(content: bytes) -> bytes:
    """Gzip without a name or a time in it."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def _lines(content: bytes) -> bytes:
    return b"".join(sorted(set(content.splitlines(keepends=True))))


def _n_triples(quads: Collection[Quad], _: Mapping[str, str]) -> bytes:
    return _lines(_serialize([quad.triple for quad in quads], N_TRIPLES))


def _n_quads(quads: Collection[Quad], _: Mapping[str, str]) -> bytes:
    return _lines(_serialize(list(quads), N_QUADS))


def _serialize(statements: list[Triple] | list[Quad], form: Format) -> bytes:
    content = serialize(statements, format=form.rdf)
    assert content is not None  # noqa: S101 - no output was given, so the bytes come back
    return content


def _turtle(quads: Collection[Quad], prefixes: Mapping[str, str]) -> bytes:
    return turtle.write(quads, prefixes).encode()


def _json_ld(quads: Collection[Quad], prefixes: Mapping[str, str]) -> bytes:
    return jsonld.write(quads, prefixes).encode()


def _rdf_xml(quads: Collection[Quad], prefixes: Mapping[str, str]) -> bytes:
    return rdfxml.write(quads, prefixes)


def _csv(quads: Collection[Quad], _: Mapping[str, str]) -> bytes:
    rows = sorted(
        (
            "" if isinstance(quad.graph_name, DefaultGraph) else _cell(quad.graph_name),
            _cell(quad.subject),
            _cell(quad.predicate),
            _cell(quad.object),
            quad.object.datatype.value if isinstance(quad.object, Literal) else "",
            (quad.object.language or "") if isinstance(quad.object, Literal) else "",
        )
        for quad in quads
    )
    output = io.StringIO(newline="")
    writer = csv.writer(output)  # RFC 4180: lines end with CRLF
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return output.getvalue().encode()


def _cell(node: NamedNode | BlankNode | Literal | Triple) -> str:
    if isinstance(node, BlankNode):
        return f"_:{node.value}"
    return str(node) if isinstance(node, Triple) else node.value


_WRITERS: dict[str, Callable[[Collection[Quad], Mapping[str, str]], bytes]] = {
    TURTLE.extension: _turtle,
    N_TRIPLES.extension: _n_triples,
    N_QUADS.extension: _n_quads,
    JSON_LD.extension: _json_ld,
    RDF_XML.extension: _rdf_xml,
    CSV.extension: _csv,
}
