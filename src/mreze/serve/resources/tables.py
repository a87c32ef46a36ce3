"""The tables of a site: of each dataset that has one the CSV file, with what it holds and how many rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Triple

from mreze.namespaces import term
from mreze.serve.iris import encode
from mreze.serve.library import find_query
from mreze.serve.pages import Reader
from mreze.serve.resources.dumps import size_of
from mreze.serve.resources.saved import row_counts
from mreze.serve.schema.telling import spoken
from mreze.serve.service import Service
from mreze.serve.view import Value


@dataclass(frozen=True, slots=True)
class Table:
    """The CSV file of a dataset."""

    title: Value
    """What the catalogue calls the dataset; leads to the file."""
    question: Value | None
    """What its rows answer; leads to the saved query."""
    rows: int | None
    """How many it had when the release was built, where that is known."""
    size: str


def tables(service: Service, reader: Reader, catalogue: Iterable[Triple]) -> list[Table]:
    """Those of the datasets, in their order.

    Args:
        service: whose they are.
        reader: for whom.
        catalogue: names the query of each table (`mreze:csvQuery`).
    """
    asked = {str(one.subject): str(one.object) for one in catalogue if one.predicate == term("mreze:csvQuery")}
    counts = row_counts(service, reader.request)
    return list(_tables(service, reader, asked, counts))


def _tables(service: Service, reader: Reader, asked: dict[str, str], counts: dict[str, int]) -> Iterator[Table]:
    prefix = f"{service.release.base}queries/"
    for one in service.release.datasets:
        path = f"dumps/{one.name}.csv"
        file = service.release.files.get(path)
        title = spoken(one.titles, reader.language) or Value(one.name)
        if file is not None:
            href = reader.request.keep(reader.request.root + encode(path))
            query = asked.get(str(NamedNode(one.iri)), "").strip("<>").removeprefix(prefix)
            question = _question(service, reader, query)
            yield Table(replace(title, href=href), question, counts.get(query), size_of(file.bytes))


def _question(service: Service, reader: Reader, name: str) -> Value | None:
    query = find_query(service.release, name)
    told = spoken(query.summary, reader.language) if query else None
    return replace(told, href=f"{reader.request.root}queries/{encode(name)}{reader.query}") if told else None
