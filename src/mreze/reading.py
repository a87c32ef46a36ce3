"""Read an RDF file of a site in a stream: its statements as sorted lines, and what is wrong with how it is written."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from gzip import BadGzipFile
from itertools import islice
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad, parse, serialize

from mreze.findings import Finding
from mreze.formats import N_QUADS, N_TRIPLES, TRIG
from mreze.nquads import in_graph, with_own_blank_nodes
from mreze.scan import Scan, find_lines, scan
from mreze.site import SiteFile
from mreze.sorting import in_order
from mreze.source import BLOCK, NotUtf8Error, Source, written
from mreze.spans import Span
from mreze.storage import pass_on
from mreze.texts import text

BYTE_ORDER_MARK: Final = "\ufeff"
MOST_SCANNED: Final = 1 << 22
"""Size in bytes up to which a file's text is held whole, to tell lines and to compare it with the house form."""
_STATEMENTS: Final = 1 << 17
"""How many statements are held at once."""
_SCANS: Final = 64
_PLACE: Final = re.compile(r"^Parser error at line \d+ (?:between columns \d+ and \d+|column \d+): | \(line \d+\)$")
"""What the parser says of the place, which the finding tells better."""


@dataclass(frozen=True, slots=True)
class Portion:
    """What is read in one go: a file, or the lines of a large one that begin between two places."""

    root: Path
    file: SiteFile
    graph: str
    """IRI of the graph of what names none."""
    start: int = 0
    end: int | None = None

    @property
    def has_graphs(self) -> bool:
        """Whether its lines name their graphs."""
        return self.file.format in {TRIG, N_QUADS}


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a portion; its statements went elsewhere."""

    findings: list[Finding]
    prefixes: dict[str, str]


class Scans:
    """Where things stand in the texts of a site; the texts of a few files are held at a time."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.of = lru_cache(maxsize=_SCANS)(self._scan)

    def _scan(self, path: Path) -> Scan:
        return scan(written(self._root / path))


@dataclass(frozen=True)
class Document:
    """One file that was read, as far as that was possible."""

    portion: Portion
    """The whole file."""
    span: Span
    """Its statements: lines of N-Quads, of N-Triples if its syntax has no graphs; blank nodes have names of its own."""
    count: int
    """How many statements these are; of a large file one that stands in it twice may be counted twice."""
    findings: list[Finding]
    scans: Scans
    prefixes: dict[str, str]
    """As they were bound at its end."""
    bulk: bool = False
    """Whether it is too large to be held whole, or compressed."""
    digest: str = ""
    """Of all that reading it depends on; empty where nobody wants to know."""

    @property
    def file(self) -> SiteFile:
        """Which file it is."""
        return self.portion.file

    @property
    def path(self) -> Path:
        """Relative to the site's folder."""
        return self.file.path

    @property
    def complete(self) -> bool:
        """Whether the file could be parsed to its end."""
        return not any(one.severity == "violation" for one in self.findings)

    @property
    def has_graphs(self) -> bool:
        """Whether its lines name their graphs."""
        return self.portion.has_graphs

    @cached_property
    def text(self) -> str:
        """As it stands in the file, byte order mark and line ends included; empty where it cannot be read."""
        return written(self.portion.root / self.path)

    @property
    def scan(self) -> Scan:
        """Where things stand in the text; of a bulk file only its prefixes are known."""
        if self.bulk:
            return Scan(prefixes={prefix: (namespace, 1) for prefix, namespace in self.prefixes.items()})
        return self.scans.of(self.path)

    def lines_of(self, subjects: Collection[str]) -> dict[tuple[str, str | None], int]:
        """Where subjects and their properties stand in the file, which is read for it; nowhere if it is damaged."""
        try:
            with _open(self.portion, None) as file:
                return find_lines(file, subjects, self.prefixes)
        except (OSError, EOFError, zlib.error, NotUtf8Error):
            return {}

    @property
    def quads(self) -> Quads:
        """Its statements as they come in the file."""
        return Quads(self.portion, self.count)

    def statements(self) -> Iterator[Quad]:
        """Its statements in their graphs, each once, sorted."""
        default = NamedNode(self.portion.graph)
        form = N_QUADS if self.has_graphs else N_TRIPLES
        for block in self.span.blocks():
            for one in parse(b"".join(block), format=form.rdf):
                yield one if self.has_graphs else Quad(one.subject, one.predicate, one.object, default)


@dataclass(frozen=True, slots=True)
class Quads:
    """The statements of a file as they come in it, read anew whenever they are asked for."""

    _portion: Portion
    _count: int

    def __iter__(self) -> Iterator[Quad]:
        """Read on as far as the file can be read; `findings` tell of the rest."""
        try:
            with _open(self._portion, None) as file:
                for quad in parse(file, format=self._portion.file.format.rdf):
                    yield _own_blank_nodes(quad, self._portion.file)
        except (SyntaxError, OSError, EOFError, zlib.error, NotUtf8Error) as error:
            pass_on(error)

    def __len__(self) -> int:
        """How many there are, those that stand in the file twice but for once."""
        return self._count


def read_portion(portion: Portion, put: Callable[[list[bytes]], None], watch: Callable[[int], None] | None) -> Read:
    """Read and parse; what is wrong with the file becomes findings, never an exception.

    Args:
        portion: what to read.
        put: told lines of statements, sorted, each once, a block at a time.
        watch: told how many bytes were read, a block at a time.

    Raises:
        OSError: what was read cannot be put, or the machine opens no more files.
    """
    try:
        file = _open(portion, watch)
    except OSError as error:
        return Read([_trouble(portion, error)], {})
    with file:
        parser = parse(file, format=portion.file.format.rdf)
        trouble = _parse(portion, parser, put)
        return Read([*_written_otherwise(portion.file, file.raw), *trouble], dict(parser.prefixes))


def _open(portion: Portion, watch: Callable[[int], None] | None) -> io.BufferedReader:
    path = portion.root / portion.file.path
    return io.BufferedReader(Source(path, portion.start, portion.end, watch), BLOCK)


def _parse(portion: Portion, quads: Iterator[Quad], put: Callable[[list[bytes]], None]) -> list[Finding]:
    """Put all statements, those too that stand before what is wrong."""
    found: list[Finding] = []
    while not found:
        output = io.BytesIO()
        try:
            serialize(islice(quads, _STATEMENTS), output, format=N_QUADS.rdf)
        except (SyntaxError, NotUtf8Error, OSError, EOFError, zlib.error) as error:
            found.append(_trouble(portion, error))
        if not (content := output.getvalue()):
            break
        put(_staged(portion, content))
    return found


def _staged(portion: Portion, content: bytes) -> list[bytes]:
    """The lines as they are kept."""
    if portion.has_graphs:
        content = b"".join(in_graph(content.splitlines(keepends=True), b"<" + portion.graph.encode() + b">"))
    if b"_:" in content:
        content = b"".join(with_own_blank_nodes(content.splitlines(keepends=True), _mark(portion.file).encode()))
    return in_order(content.splitlines(keepends=True))


def _mark(file: SiteFile) -> str:
    """What ties the labels of blank nodes to the file: `_:a` of one file is not `_:a` of another."""
    return "f" + file.path.as_posix().encode().hex() + "x"


def _own_blank_nodes(quad: Quad, file: SiteFile) -> Quad:
    if not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode):
        return quad
    mark = _mark(file)
    subject = BlankNode(mark + quad.subject.value) if isinstance(quad.subject, BlankNode) else quad.subject
    target = BlankNode(mark + quad.object.value) if isinstance(quad.object, BlankNode) else quad.object
    return Quad(subject, quad.predicate, target, quad.graph_name)


def _written_otherwise(file: SiteFile, source: object) -> list[Finding]:
    found = []
    if isinstance(source, Source) and source.marked:
        found.append(text("The file starts with a byte order mark."))
    if isinstance(source, Source) and source.returns:
        found.append(text("The file has Windows line ends."))
    remedy = text("Run `mreze format`; the data are read as if this were not there.")
    return [Finding("warning", "encoding", message, remedy, file.path, 1) for message in found]


def _trouble(portion: Portion, error: Exception) -> Finding:
    pass_on(error)
    file = portion.file
    if isinstance(error, SyntaxError):
        return _syntax(file, error, _line(portion, error.lineno or 1))
    if isinstance(error, NotUtf8Error):
        return _not_utf8(file, _line(portion, error.line), error.byte)
    if isinstance(error, OSError) and not isinstance(error, BadGzipFile):
        return _unreadable(file, error.strerror or str(error))
    return _damaged(file, str(error))


def _line(portion: Portion, line: int) -> int:
    """The line in the file of a line of the portion."""
    before = 0
    with (portion.root / portion.file.path).open("rb") as file:
        while left := portion.start - file.tell():
            before += file.read(min(left, BLOCK)).count(b"\n")
    return before + line


def _unreadable(file: SiteFile, reason: str) -> Finding:
    return Finding(
        "violation", "reading", text("The file cannot be read: {reason}.", reason=reason),
        text("Make it a readable file, or remove it."), file.path,
    )  # fmt: skip


def _damaged(file: SiteFile, reason: str) -> Finding:
    return Finding(
        "violation", "reading", text("The file is not packed as its name says, or is cut: {reason}", reason=reason),
        text("Pack it again with gzip."), file.path,
    )  # fmt: skip


def _not_utf8(file: SiteFile, line: int, byte: int) -> Finding:
    return Finding(
        "violation", "encoding", text("The file is not UTF-8: byte 0x{byte:02X} cannot stand here.", byte=byte),
        text("Save it as UTF-8."), file.path, line,
    )  # fmt: skip


def _syntax(file: SiteFile, error: SyntaxError, line: int) -> Finding:
    message = _PLACE.sub("", error.msg)
    if "No scheme found" in message:
        return Finding(
            "violation", "syntax", text("A relative IRI stands here; data files hold whole IRIs only."),
            text("Write the whole IRI, or use a prefix."), file.path, line,
        )  # fmt: skip
    return Finding(
        "violation", "syntax", text("Not {format}: {error}.", format=file.format.name, error=message),
        text("Mend this line; what stands after it in the file was not read."), file.path, line,
    )  # fmt: skip
