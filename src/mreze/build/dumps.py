"""Write the dumps of a release: each dataset and the whole in every syntax, as it is and packed.

All is made of chunks of sorted lines (`mreze.streams`): no graph is held in memory, several are written at a time, and
what an earlier release has of them is not written again. The same statements give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from pyoxigraph import QuerySolutions, Store

from mreze.build.asking import ask, asks_more
from mreze.build.assembly import Assembler
from mreze.build.contents import Contents
from mreze.build.distributions import Dump
from mreze.build.groundwork import Groundwork
from mreze.build.packing import Packed, deflate, write_packed
from mreze.build.stage import WHOLE
from mreze.build.workers import Workers
from mreze.build.writer import ReleaseWriter
from mreze.errors import SiteError
from mreze.formats import CSV, DUMPS, Format
from mreze.progress import Progress
from mreze.queries import SavedQuery
from mreze.release import Release
from mreze.site import SiteDataset


def write_dumps(
    contents: Contents, laid: Groundwork, writer: ReleaseWriter, previous: Release | None, progress: Progress,
    hands: Workers,
) -> list[Dump]:  # fmt: skip
    """Write the dumps.

    Args:
        contents: what the release holds.
        laid: what they are put together from.
        writer: where the dumps go.
        previous: the release before, which has some of them.
        progress: told of each.
        hands: who writes.

    Raises:
        SiteError: the query whose result is a dataset's CSV is no SELECT.
        ValueError: there is something that RDF/XML cannot say.
    """
    datasets = {one.name: one for one in contents.site.datasets}
    written = dict(_queried(contents, writer))
    progress("dumps")
    keeper = contents.graph.staging.keeper
    assembler = Assembler(laid.stage, writer.folder, contents.prefixes, keeper, hands)
    prepared = assembler.prepare({name: laid.chunks[name] for name in (*datasets, WHOLE)})
    forms = [(name, form) for name in (*datasets, WHOLE) for form in DUMPS if (name, form) not in written]
    files = assembler.write((prepared[name, form.extension] for name, form in forms), previous)
    for number, (key, packed) in enumerate(zip(forms, files, strict=True), 1):
        progress(packed.file.path, number, len(forms))
        written[key] = packed
    for packed in written.values():
        writer.take(packed.packed, packed.file)
    return [Dump(datasets.get(name), form, one.file, one.sha512) for (name, form), one in written.items()]


def query_csv(store: Store, query: SavedQuery, base: str) -> bytes:
    """The result of a saved query as CSV (https://www.w3.org/TR/sparql11-results-csv-tsv/)."""
    solutions = ask(store, query, base)
    if not isinstance(solutions, QuerySolutions):
        raise SiteError(
            "a CSV dump needs a SELECT query.",
            path=query.path,
            remedy="Name another query as mreze:csvQuery.",
        )
    output = BytesIO()
    solutions.serialize(output, format=CSV.results)
    return output.getvalue()


def _queried(contents: Contents, writer: ReleaseWriter) -> Iterator[tuple[tuple[str, Format], Packed]]:
    """The dumps that are results of queries."""
    tables = {one.name: one for one in contents.queries}
    found: list[tuple[SiteDataset, SavedQuery]] = [
        (one, tables[one.csv_query]) for one in contents.site.datasets if one.csv_query
    ]
    if found:
        if any(asks_more(query) for _, query in found):
            contents.graph.naming.result()
        with contents.graph.holding(contents.placed_declarations()) as store:
            for dataset, query in found:
                path = f"dumps/{dataset.name}.{CSV.extension}"
                yield (
                    (dataset.name, CSV),
                    write_packed(writer.folder, path, [deflate(query_csv(store, query, contents.site.base))]),
                )
