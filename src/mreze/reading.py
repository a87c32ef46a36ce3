"""Read one RDF file of a site: its text, its quads and where they stand, and what is wrong with how it is written."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, parse

from mreze.findings import Finding
from mreze.scan import Scan, scan
from mreze.site import SiteFile
from mreze.texts import text

BYTE_ORDER_MARK: Final = "\ufeff"
_PLACE: Final = re.compile(r"^Parser error at line \d+ (?:between columns \d+ and \d+|column \d+): | \(line \d+\)$")
"""What the parser says of the place, which the finding tells better."""


@dataclass(frozen=True)
class Document:
    """One file that was read, as far as that was possible."""

    file: SiteFile
    text: str = ""
    """As it stands in the file, byte order mark and line ends included; empty where it could not be read."""
    quads: list[Quad] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def path(self) -> Path:
        """Relative to the site's folder."""
        return self.file.path

    @cached_property
    def scan(self) -> Scan:
        """Where things stand in the text."""
        return scan(self.text)

    @property
    def complete(self) -> bool:
        """Whether the file could be parsed to its end."""
        return not any(one.severity == "violation" for one in self.findings)


def read_document(root: Path, file: SiteFile) -> Document:
    """Read and parse one file; what is wrong becomes findings, never an exception."""
    try:
        content = _read_bytes(root / file.path)
    except OSError as error:
        return Document(file, findings=[_unreadable(file, error.strerror or str(error))])
    try:
        written = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Document(file, findings=[_not_utf8(file, line, content[error.start])])
    return _parse(file, written)


def _read_bytes(path: Path) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(0, "it is not a regular file")
    return path.read_bytes()


def _parse(file: SiteFile, written: str) -> Document:
    findings = _written_otherwise(file, written)
    quads: list[Quad] = []
    try:
        for quad in parse(written.removeprefix(BYTE_ORDER_MARK), format=file.format.rdf):
            quads.append(quad)  # noqa: PERF402 - what was read before a syntax error is kept
    except SyntaxError as error:
        findings.append(_syntax(file, error))
    return Document(file, written, [_own_blank_nodes(quad, file) for quad in quads], findings)


def _own_blank_nodes(quad: Quad, file: SiteFile) -> Quad:
    """Tie the labels of blank nodes to the file: `_:a` of one file is not `_:a` of another."""
    if not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode):
        return quad
    mark = "f" + file.path.as_posix().encode().hex() + "x"
    subject = BlankNode(mark + quad.subject.value) if isinstance(quad.subject, BlankNode) else quad.subject
    target = BlankNode(mark + quad.object.value) if isinstance(quad.object, BlankNode) else quad.object
    return Quad(subject, quad.predicate, target, quad.graph_name)


def _written_otherwise(file: SiteFile, written: str) -> list[Finding]:
    found = []
    if written.startswith(BYTE_ORDER_MARK):
        found.append(text("The file starts with a byte order mark."))
    if "\r" in written:
        found.append(text("The file has Windows line ends."))
    remedy = text("Run `mreze format`; the data are read as if this were not there.")
    return [Finding("warning", "encoding", message, remedy, file.path, 1) for message in found]


def _unreadable(file: SiteFile, reason: str) -> Finding:
    return Finding(
        "violation", "reading", text("The file cannot be read: {reason}.", reason=reason),
        text("Make it a readable file, or remove it."), file.path,
    )  # fmt: skip


def _not_utf8(file: SiteFile, line: int, byte: int) -> Finding:
    return Finding(
        "violation", "encoding", text("The file is not UTF-8: byte 0x{byte:02X} cannot stand here.", byte=byte),
        text("Save it as UTF-8."), file.path, line,
    )  # fmt: skip


def _syntax(file: SiteFile, error: SyntaxError) -> Finding:
    message = _PLACE.sub("", error.msg)
    if "No scheme found" in message:
        return Finding(
            "violation", "syntax", text("A relative IRI stands here; data files hold whole IRIs only."),
            text("Write the whole IRI, or use a prefix."), file.path, error.lineno,
        )  # fmt: skip
    return Finding(
        "violation", "syntax", text("Not {format}: {error}.", format=file.format.name, error=message),
        text("Mend this line; what stands after it in the file was not read."), file.path, error.lineno,
    )  # fmt: skip


def graph_name(quad: Quad, default: str) -> NamedNode | BlankNode:
    """The graph that a quad belongs to: its own, else the one of its file's room."""
    return NamedNode(default) if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name
