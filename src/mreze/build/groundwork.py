"""What of a release depends on its lines alone: it is laid while the site is checked, by whoever has nothing to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mreze.build.contents import Contents
from mreze.build.graphs import Awaited, Documents, Telling, start_documents
from mreze.build.stage import ONTOLOGY, WHOLE, Stage
from mreze.build.workers import Workers
from mreze.streams.chunks import Chunk, read_chunks


@dataclass(frozen=True, slots=True)
class Groundwork:
    """What a release is built on."""

    stage: Stage
    """Where its statements lie sorted, and more may lie meanwhile."""
    chunks: Mapping[str, Sequence[Chunk]]
    """Those that each dataset, the ontology and the whole are cut into, by name."""
    documents: Documents


@contextmanager
def laying(contents: Contents, stage: Stage, hands: Workers) -> Iterator[Future[Groundwork]]:
    """Lay the groundwork beside other work; it is done before this is left."""
    with ThreadPoolExecutor(1) as beside:
        yield beside.submit(lay, contents, stage, hands)


def lay(contents: Contents, stage: Stage, hands: Workers) -> Groundwork:
    """Sort what a release holds, cut it into chunks, and tell which document tells of what.

    Args:
        contents: what it holds.
        stage: where that is put.
        hands: who helps.
    """
    names = [one.name for one in contents.site.datasets]
    for one in names:
        stage.take(one, contents.graph.staged(one).path)
    stage.put(ONTOLOGY, contents.graph.quads("ontology"))
    stage.merge(WHOLE, [ONTOLOGY, *names])
    all_names = (*names, ONTOLOGY, WHOLE)
    surveys = [hands.start(_Survey.run, _Survey(stage.quads(one), contents.prefixes)) for one in all_names]
    documents = _documents(contents, hands)
    chunks = {name: one.result() for name, one in zip(all_names, surveys, strict=True)}
    return Groundwork(stage, chunks, documents.result() if isinstance(documents, Awaited) else documents)


def _documents(contents: Contents, hands: Workers) -> Awaited | Documents:
    """Them, or their writing, where the store does not have them already; that is known when it is made."""
    if (carried := contents.graph.carried) is not None:
        return Documents(None, carried.documents, carried.things)
    staging = contents.graph.staging
    datasets = {one.name: contents.graph.staged(one.name) for one in contents.site.datasets}
    telling = Telling(contents.site.base, datasets, staging.path("documents.nt"))
    return start_documents(telling, staging.keeper, hands)


@dataclass(frozen=True, slots=True)
class _Survey:
    """Lines to cut into chunks, in whichever process."""

    quads: Path
    prefixes: Mapping[str, str]

    def run(self) -> list[Chunk]:
        return read_chunks(self.quads, self.prefixes)
