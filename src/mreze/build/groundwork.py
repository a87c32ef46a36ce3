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
    telling = None if contents.graph.carried else _start_documents(contents, hands)
    stage.put(ONTOLOGY, contents.graph.quads("ontology"))
    stage.merge(WHOLE, [ONTOLOGY, *names])
    surveys = [_Survey(stage.quads(one), contents.prefixes) for one in (*names, ONTOLOGY, WHOLE)]
    chunks = dict(zip((*names, ONTOLOGY, WHOLE), hands.each(_Survey.run, surveys), strict=True))
    return Groundwork(stage, chunks, telling.result() if telling else _carried(contents))


def _start_documents(contents: Contents, hands: Workers) -> Awaited:
    staging = contents.graph.staging
    datasets = {one.name: contents.graph.staged(one.name) for one in contents.site.datasets}
    telling = Telling(contents.site.base, datasets, staging.path("documents.nt"))
    return start_documents(telling, staging.keeper, hands)


def _carried(contents: Contents) -> Documents:
    """The store has them already."""
    carried = contents.graph.carried
    assert carried is not None  # noqa: S101 - whoever asks has looked
    return Documents(None, carried.documents, carried.things)


@dataclass(frozen=True, slots=True)
class _Survey:
    """Lines to cut into chunks, in whichever process."""

    quads: Path
    prefixes: Mapping[str, str]

    def run(self) -> list[Chunk]:
        return read_chunks(self.quads, self.prefixes)
