"""Write the dumps of a release: each dataset and the whole in every syntax, as it is and packed.

All is made of the lines of sorted files (`mreze.streams`): no graph is held in memory, and several dumps are written at
a time. The same statements give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pyoxigraph import QuerySolutions, Store

from mreze.build.contents import Contents
from mreze.build.distributions import Dump
from mreze.build.packing import Packed, write_packed
from mreze.build.stage import ONTOLOGY, WHOLE, Stage
from mreze.build.workers import Workers
from mreze.build.writer import ReleaseWriter
from mreze.errors import SiteError
from mreze.formats import CSV, DUMPS, Format
from mreze.progress import Progress
from mreze.queries import SavedQuery
from mreze.site import SiteDataset
from mreze.streams.dump import dump


@dataclass(frozen=True, slots=True)
class _Task:
    """A dump to write, in whichever process."""

    stage: Stage
    release: Path
    name: str
    extension: str
    prefixes: dict[str, str]

    def write(self) -> Packed:
        spool = self.stage.folder / f"{self.name}.{self.extension}.body"
        quads, ordered = self.stage.quads(self.name), self.stage.ordered(self.name)
        pieces = dump(self.extension, quads, ordered, self.prefixes, spool)
        return write_packed(self.release, f"dumps/{self.name}.{self.extension}", pieces)


def write_dumps(
    contents: Contents, stage: Stage, writer: ReleaseWriter, progress: Progress, hands: Workers
) -> list[Dump]:
    """Write the dumps.

    Args:
        contents: what the release holds.
        stage: where its statements lie sorted (`put_contents`).
        writer: where the dumps go.
        progress: told of each.
        hands: who writes.

    Raises:
        SiteError: the query whose result is a dataset's CSV is no SELECT.
        ValueError: there is something that RDF/XML cannot say.
    """
    datasets = {one.name: one for one in contents.site.datasets}
    written = dict(_queried(contents, writer))
    forms = [(name, form) for name in (*datasets, WHOLE) for form in DUMPS if (name, form) not in written]
    tasks = [_Task(stage, writer.folder, name, form.extension, contents.prefixes) for name, form in forms]
    for _ in hands.each(stage.order, (*datasets, ONTOLOGY)):
        progress("sorting")
    stage.order_whole(WHOLE, (*datasets, ONTOLOGY))
    for number, (key, packed) in enumerate(zip(forms, hands.each(_Task.write, tasks), strict=True), 1):
        progress(packed.file.path, number, len(tasks))
        written[key] = packed
    for packed in written.values():
        writer.take(packed.packed, packed.file)
    return [Dump(datasets.get(name), form, one.file, one.sha512) for (name, form), one in written.items()]


def put_contents(contents: Contents, stage: Stage) -> None:
    """Sort what the release holds: each dataset, the ontology, and the whole."""
    for one in contents.site.datasets:
        stage.take(one.name, contents.graph.staged(one.name).path)
    stage.put(ONTOLOGY, contents.graph.quads("ontology"))
    stage.merge(WHOLE, [ONTOLOGY, *(one.name for one in contents.site.datasets)])


def query_csv(store: Store, query: SavedQuery) -> bytes:
    """The result of a saved query as CSV (https://www.w3.org/TR/sparql11-results-csv-tsv/)."""
    solutions = store.query(query.text)
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
        with contents.graph.holding(contents.placed_declarations()) as store:
            for dataset, query in found:
                path = f"dumps/{dataset.name}.{CSV.extension}"
                yield (dataset.name, CSV), write_packed(writer.folder, path, [query_csv(store, query)])
