"""Where a site's statements lie while they are worked on: sorted lines in a temporary folder, not objects in memory."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, pairwise
from multiprocessing import get_context
from pathlib import Path
from threading import RLock
from typing import Final

from mreze.findings import Finding
from mreze.formats import N_QUADS, N_TRIPLES
from mreze.keeping import Keeper, key_of
from mreze.nquads import put, without_graph
from mreze.progress import Progress
from mreze.reading import MOST_SCANNED, Document, Portion, Read, Scans, read_portion
from mreze.readings import Reading, keep_reading, look_up
from mreze.site import Site, SiteFile
from mreze.sorting import in_order
from mreze.spans import Change, Span, merge_spans, unchanged, write_span

_PORTION: Final = 1 << 25
"""Size in bytes of the portions in which large files are read."""
_MOST_SPOOLED: Final = 1 << 20
"""Files of fewer bytes lie one after the other in one file of the folder."""
_MOST_SORTED: Final = 1 << 26
"""How many bytes of them are sorted at once."""
LINES: Final = "lines"
"""Under what the lines of several files together are kept."""


class Staging:
    """A temporary folder, removed when nobody needs it any more.

    Args:
        within: the folder in which it is made; the system's for temporary files if None.
        keeper: keeps what is made of files for the next time; None if nobody does.
    """

    def __init__(self, within: Path | None = None, keeper: Keeper | None = None) -> None:
        self.keeper = keeper
        self.folder = Path(tempfile.mkdtemp(prefix="mreze-", dir=within))
        self._numbers = count()
        self._remove = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

        self._made: dict[object, list[Span]] = {}
        """What was made of documents, so that it is made once."""
        self._making = RLock()

    def path(self, name: str) -> Path:
        """A path in it that nothing has."""
        return self.folder / f"{next(self._numbers)}-{name}"

    def runs(self, documents: Iterable[Document]) -> list[tuple[Span, Document]]:
        """Sorted lines that together are those of the documents, each with one that tells what lines they are."""
        files = {one.span.path: one for one in documents if one.span.size}
        with self._making:
            return [(run, one) for path, one in files.items() for run in self._sorted(path, one.span)]

    def dataset(self, name: str, documents: Sequence[Document]) -> Span:
        """The lines of a dataset as N-Quads."""
        with self._making:
            if name not in self._made:
                path = self._written(name, documents)
                self._made[name] = [Span(path, 0, path.stat().st_size)]
            return self._made[name][0]

    def _written(self, name: str, documents: Sequence[Document]) -> Path:
        digest = digest_of(documents)
        if self.keeper and digest and (kept := self.keeper.find(LINES, digest)):
            return kept
        runs = [(run, unchanged if of.has_graphs else _into(of.portion.graph)) for run, of in self.runs(documents)]
        path = write_span(self.path(f"{name}.nq"), merge_spans(runs)).path
        return self.keeper.keep(LINES, digest, path) if self.keeper and digest else path

    def stripped(self, path: Path) -> Path:
        """N-Triples of what a file of N-Quads says, in its order."""
        with self._making:
            if path not in self._made:
                blocks = (without_graph(block) for block in Span(path, 0, path.stat().st_size).blocks())
                self._made[path] = [write_span(self.path("stripped"), blocks)]
            return self._made[path][0].path

    def _sorted(self, path: Path, span: Span) -> list[Span]:
        """A file of several documents is sorted by the block."""
        whole = Span(path, 0, path.stat().st_size)
        if span == whole:
            return [span]
        if (path, "sorted") not in self._made:
            blocks = (in_order(one) for one in whole.blocks(_MOST_SORTED))
            self._made[path, "sorted"] = [write_span(self.path("sorted"), [one]) for one in blocks]
        return self._made[path, "sorted"]


def digest_of(documents: Iterable[Document]) -> str:
    """What the lines of documents depend on, as a digest; empty where nobody knows."""
    digests = sorted(one.digest for one in documents)
    return key_of("lines", *digests) if all(digests) else ""


def _into(graph: str) -> Change:
    name = b"<" + graph.encode() + b">"
    return lambda lines: put(lines, name)


@dataclass(frozen=True, slots=True)
class _Work:
    """A portion, and where its lines are to go where they are many."""

    portion: Portion
    target: Path


@dataclass(slots=True)
class _Done:
    """What became of a portion: its lines as runs in files, or held if they are few."""

    read: Read
    runs: list[Span] = field(default_factory=list)
    held: bytes = b""
    count: int = 0
    size: int = 0
    """How many bytes of the file it was."""


def read_documents(site: Site, staging: Staging, progress: Progress, jobs: int) -> Iterator[Document]:
    """Read every RDF file of a site, in `jobs` processes where that is worth it, and stage what it says."""
    scans, spools = Scans(site.root), _Spools(staging)
    known = look_up(site, [(one, graph_of(site, one)) for one in site.files()], staging.keeper, jobs)
    cut = [[] if one.reading else _portions(site, one.file, one.size) for one in known]
    works = [_Work(one, staging.path(one.file.path.name)) for portions in cut for one in portions]
    total, read = sum(one.size for one in known if not one.reading), 0
    with _pool(jobs, total) as run:
        results = run(_do, works)
        for one, portions in zip(known, cut, strict=True):
            done = []
            for portion in portions:
                progress("reading", read, total)
                done.append((portion, next(results)))
                read += done[-1][1].size
            digest = one.digest if one.is_unchanged(site) else ""
            reading = one.reading or spools.reading(_until_trouble(done))
            if staging.keeper and digest and not one.reading:
                reading = keep_reading(staging.keeper, digest, reading, staging.path("facts"))
            bulk = one.file.packed or one.size > MOST_SCANNED
            whole = Portion(site.root, one.file, graph_of(site, one.file))
            yield Document(whole, reading.span, reading.count, reading.findings, scans, reading.prefixes, bulk, digest)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _portions(site: Site, file: SiteFile, size: int) -> list[Portion]:
    """A file whose syntax has a statement a line is cut where lines begin."""
    graph = graph_of(site, file)
    if file.packed or file.format not in {N_TRIPLES, N_QUADS} or size <= _PORTION:
        return [Portion(site.root, file, graph, 0, None)]
    places = [0, *_beginnings(site.root / file.path, size), size]
    return [Portion(site.root, file, graph, *pair) for pair in pairwise(places)]


def _beginnings(path: Path, size: int) -> Iterator[int]:
    with path.open("rb") as file:
        place = _PORTION
        while place < size:
            file.seek(place - 1)
            file.readline()
            if file.tell() < size:
                yield file.tell()
            place = max(place, file.tell()) + _PORTION


def graph_of(site: Site, file: SiteFile) -> str:
    """IRI of the graph of what a file says without naming one."""
    names = {"catalog": site.catalog_iri, "ontology": site.ontology_iri, "shapes": site.shapes_iri}
    return names.get(file.role) or f"{site.base}dataset/{file.dataset}"


@contextmanager
def _pool(jobs: int, total: int) -> Iterator[Callable[[Callable[[_Work], _Done], Sequence[_Work]], Iterator[_Done]]]:
    """How the work is done: here, or by processes of which each begins afresh, as threads may run here."""
    if jobs <= 1 or total < _PORTION:
        yield map
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield lambda do, works: pool.map(do, works, chunksize=max(1, min(64, len(works) // (jobs * 4))))


def _do(work: _Work) -> _Done:
    """Read a portion; lines that are not few are put into files."""
    runs: list[Span] = []
    held: list[bytes] = []
    count = 0

    def put(lines: list[bytes]) -> None:
        nonlocal count
        count += len(lines)
        content = b"".join(lines)
        if not runs and not held and len(content) < _MOST_SPOOLED:
            held.append(content)
            return
        for one in (*held, content):
            path = work.target.with_name(f"{work.target.name}.{len(runs)}")
            path.write_bytes(one)
            runs.append(Span(path, 0, len(one)))
        held.clear()

    read = read_portion(work.portion, put, None)
    start, end = work.portion.start, work.portion.end
    size = (end if end is not None else _size(work.portion.root / work.portion.file.path)) - start
    return _Done(read, runs, b"".join(held), count, size)


def _until_trouble(parts: list[tuple[Portion, _Done]]) -> list[tuple[Portion, _Done]]:
    """What is read of a file ends where something is wrong, however it was cut."""
    wrong = next((at for at, (_, one) in enumerate(parts) if _is_cut(one.read.findings)), len(parts))
    for run in (run for _, rest in parts[wrong + 1 :] for run in rest.runs):
        run.path.unlink()
    return parts[: wrong + 1]


def _is_cut(findings: Iterable[Finding]) -> bool:
    return any(one.severity == "violation" for one in findings)


class _Spools:
    """Puts the lines of each document where they stay."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging
        self._spools: dict[tuple[str, bool], Path] = {}

    def reading(self, parts: Sequence[tuple[Portion, _Done]]) -> Reading:
        """What was read of one file."""
        found = {one.order(): one for _, part in parts for one in part.read.findings}
        prefixes = {prefix: iri for _, part in parts for prefix, iri in part.read.prefixes.items()}
        span = self.keep(parts[0][0], [part for _, part in parts])
        return Reading(span, sum(part.count for _, part in parts), list(found.values()), prefixes)

    def keep(self, portion: Portion, done: Sequence[_Done]) -> Span:
        """Put what was read of one file in order: few lines behind other files', many into a file of their own."""
        if len(done) == 1 and not done[0].runs:
            return self._append(portion, done[0].held)
        runs = [run for one in done for run in (*one.runs, *self._runs(one.held)) if run.size]
        if len(runs) == 1:
            return runs[0]
        span = write_span(self._staging.path(portion.file.path.name), merge_spans([(one, unchanged) for one in runs]))
        for one in runs:
            one.path.unlink()
        return span

    def _append(self, portion: Portion, content: bytes) -> Span:
        key = portion.graph, portion.has_graphs
        if key not in self._spools:
            self._spools[key] = self._staging.path("spool")
        with self._spools[key].open("ab") as file:
            return Span(self._spools[key], file.tell(), file.write(content))

    def _runs(self, content: bytes) -> Iterator[Span]:
        path = self._staging.path("run")
        yield Span(path, 0, path.write_bytes(content))
