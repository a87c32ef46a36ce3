"""Find where things stand in a Turtle-like text: lines of subjects and predicates, prefixes, comments.

pyoxigraph parses but does not tell where a triple came from. This scanner reads the tokens of the Turtle family
(https://www.w3.org/TR/turtle/#sec-grammar; TriG, N-Triples and N-Quads are read the same way) just well enough to
name a line. It never decides whether a text is right: that is the parser's work.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

_TOKEN: Final = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
  | (?P<long>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*''')
  | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
  | (?P<iri><[^<>"{}|^`\s]*>)
  | (?P<directive>@prefix\b|@base\b)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<open>[\[({]) | (?P<close>[\])}])
  | (?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w:]))
  | (?P<name>(?:_:)?[^\s<>"'{}|^`\\()\[\],;.\#@]
      (?:(?:\\.|[^\s<>"'{}|^`\\()\[\],;\#])*(?:\\.|[^\s<>"'{}|^`\\()\[\],;.\#]))?)
  | (?P<mark>\^\^|[;,.])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LOCAL_ESCAPE: Final = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Place:
    """A predicate of a subject and the line on which it stands."""

    subject: str
    predicate: str
    line: int


@dataclass(slots=True)
class Scan:
    """Where things stand in one text; lines count from 1."""

    subjects: dict[str, int] = field(default_factory=dict)
    predicates: list[Place] = field(default_factory=list)
    prefixes: dict[str, tuple[str, int]] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)
    """Comments by the subject of the block that they stand in or before; those before any block under the empty string,
    those after the last one under a line feed."""

    def line(self, subject: str, predicate: str | None = None) -> int | None:
        """The line of a statement, or of its subject where the statement is not found, or None."""
        if predicate is not None:
            for place in self.predicates:
                if place.subject == subject and place.predicate == predicate:
                    return place.line
        return self.subjects.get(subject)


def scan(text: str) -> Scan:
    """Scan a text of the Turtle family; what cannot be read is passed over."""
    return _Scanner(text).run()


class _Scanner:
    """The state of one scan: which part of a statement comes next, how deep in brackets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = Scan()
        self.depth = 0
        self.graph_depth = 0
        self.subject: str | None = None
        self.awaits_predicate = False
        self.directive: list[str] | None = None
        self.pending: list[str] = []

    def run(self) -> Scan:
        line, last = 1, 0
        for match in _TOKEN.finditer(self.text):
            line += self.text.count("\n", last, match.start())
            last = match.start()
            self.take(match.lastgroup or "", match.group(), line)
        if self.pending:
            self.found.comments["\n"] = self.pending
        return self.found

    def take(self, kind: str, token: str, line: int) -> None:
        if kind == "comment":
            self.comment(token)
        elif self.directive is not None:
            self.in_directive(kind, token, line)
        elif self.starts_directive(kind, token):
            self.directive = []
            self.flush_header()
        elif kind == "open":
            self.open(token)
        elif kind == "close":
            self.close(token)
        elif self.depth == 0:
            self.statement(kind, token, line)

    def starts_directive(self, kind: str, token: str) -> bool:
        sparql_style = kind == "name" and token.upper() in {"PREFIX", "BASE"}
        return kind == "directive" or (sparql_style and self.subject is None)

    def flush_header(self) -> None:
        if self.pending:
            self.found.comments.setdefault("", []).extend(self.pending)
            self.pending = []

    def comment(self, token: str) -> None:
        if self.subject is not None:
            self.found.comments.setdefault(self.subject, []).append(token.rstrip())
        else:
            self.pending.append(token.rstrip())

    def in_directive(self, kind: str, token: str, line: int) -> None:
        assert self.directive is not None  # noqa: S101 - narrows the type
        if kind == "name":
            self.directive.append(token)
        elif kind == "iri":
            if self.directive:
                self.found.prefixes.setdefault(self.directive[0].removesuffix(":"), (unescape(token[1:-1]), line))
            self.directive = None

    def open(self, token: str) -> None:
        if token == "{":  # a graph of TriG: what stands before it is its name, not a subject
            if self.subject is not None and not self.awaits_predicate:
                return
            if self.subject is not None:
                self.found.subjects.pop(self.subject, None)
            self.subject, self.awaits_predicate = None, False
            self.graph_depth += 1
            return
        if self.depth == 0 and self.subject is None:
            self.subject, self.awaits_predicate = "", True
        self.depth += 1

    def close(self, token: str) -> None:
        if token == "}":
            self.subject, self.graph_depth, self.depth = None, max(0, self.graph_depth - 1), 0
        else:
            self.depth = max(0, self.depth - 1)

    def statement(self, kind: str, token: str, line: int) -> None:
        if kind == "mark":
            if token == ".":
                self.subject = None
            elif token == ";":
                self.awaits_predicate = True
            return
        if kind not in {"iri", "name"}:
            return
        if self.subject is None:
            if token.upper() != "GRAPH":
                self.start(self.expand(kind, token), line)
        elif self.awaits_predicate:
            self.found.predicates.append(Place(self.subject, self.expand(kind, token), line))
            self.awaits_predicate = False

    def start(self, subject: str, line: int) -> None:
        self.subject, self.awaits_predicate = subject, True
        self.found.subjects.setdefault(subject, line)
        if self.pending:
            self.found.comments.setdefault(subject, []).extend(self.pending)
            self.pending = []

    def expand(self, kind: str, token: str) -> str:
        if kind == "iri":
            return unescape(token[1:-1])
        if token == "a":
            return "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
        prefix, colon, local = token.partition(":")
        namespace = self.found.prefixes.get(prefix)
        if not colon or namespace is None:
            return token
        return namespace[0] + _LOCAL_ESCAPE.sub(r"\1", local)


def unescape(iri: str) -> str:
    r"""Replace the `\\uXXXX` escapes that an IRI may be written with."""
    return _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), iri)


def find_lines(
    lines: Iterable[bytes], subjects: Collection[str], prefixes: Mapping[str, str]
) -> dict[tuple[str, str | None], int]:
    """The first line of each of these subjects, and of each property of theirs, in a file too large to be scanned.

    Args:
        lines: of N-Triples, N-Quads, or of Turtle in the house form, where a subject begins a line.
        subjects: IRIs.
        prefixes: what names are shortened by.
    """
    names = {one: iri for iri in subjects for one in _written(iri, prefixes)}
    found: dict[tuple[str, str | None], int] = {}
    subject: str | None = None
    for number, line in enumerate(lines, 1):
        parts = line.split(None, 2)
        if not parts:
            continue
        if not line[:1].isspace() or (parts[0] in names and line.rstrip().endswith(b".")):
            subject = names.get(parts.pop(0))
            if subject:
                found.setdefault((subject, None), number)
        if subject and parts and parts[0][:1] not in {b".", b";"}:
            found.setdefault((subject, _read(parts[0], prefixes)), number)
    return found


def _written(iri: str, prefixes: Mapping[str, str]) -> Iterator[bytes]:
    yield f"<{iri}>".encode()
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace):
            yield f"{prefix}:{iri.removeprefix(namespace)}".encode()


def _read(name: bytes, prefixes: Mapping[str, str]) -> str:
    written = name.decode()
    if written == "a":
        return "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    if written.startswith("<"):
        return unescape(written[1:-1])
    prefix, _, local = written.partition(":")
    return prefixes.get(prefix, prefix + ":") + local
