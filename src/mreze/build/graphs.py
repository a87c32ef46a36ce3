"""The graph that mreze adds to what a site says: which document tells of what; and names for parts of such graphs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mreze.build.workers import Workers
from mreze.keeping import Keeper, key_of
from mreze.namespaces import RDF_TYPE, term
from mreze.nquads import END, subjects
from mreze.release import digest
from mreze.sortedlines import chunks, open_lines
from mreze.sorting import sort_lines
from mreze.spans import Span

DESCRIPTIONS: Final = ("void", "queries", "documents")
"""Names below the base IRI of graphs that no file of the site is to tell of."""
_KIND: Final = "documents"
_PRIMARY: Final = f" {term('foaf:primaryTopic')} ".encode()
_TOPIC: Final = f" {term('foaf:topic')} ".encode()


@dataclass(frozen=True, slots=True)
class Documents:
    """Which document tells of what: N-Triples, sorted, in a file."""

    path: Path | None
    """None where nobody needs them, as the store has them already."""
    triples: int
    things: int
    """How many things have a document of their own."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells which document tells of each thing that is described, and of which of its parts.

    `<base>doc/x foaf:primaryTopic <base>id/x ; foaf:topic <base>id/x#part ; void:inDataset <base>dataset/name`
    """

    base: str
    """The site's base IRI."""
    datasets: Mapping[str, Span]
    """The sorted lines of each, in a file of their own, by name."""
    path: Path
    """Of a new file."""

    def key(self) -> str:
        """The key of all that it depends on."""
        return key_of(self.base, *(part for name, span in self.datasets.items() for part in (name, digest(span.path))))

    def write(self) -> None:
        """Write it, in whichever process."""
        each = (tell_documents(self.base, name, span.lines()) for name, span in self.datasets.items())
        sort_lines((line for lines in each for line in lines), self.path)


@dataclass(frozen=True, slots=True)
class Awaited:
    """Documents that are being written, or were kept."""

    path: Path
    key: str
    keeper: Keeper | None
    written: Future[None] | None
    """None where they were kept."""

    def result(self) -> Documents:
        """Them, once they are there."""
        path = self.path
        if self.written is not None:
            self.written.result()
            path = self.keeper.keep(_KIND, self.key, path) if self.keeper else path
        triples = things = 0
        with open_lines(path) as lines:
            for chunk in chunks(lines):
                triples += chunk.count(b"\n")
                things += chunk.count(_PRIMARY)
        return Documents(path, triples, things)


def start_documents(telling: Telling, keeper: Keeper | None, hands: Workers) -> Awaited:
    """Begin to write which document tells of what, unless that was kept.

    Args:
        telling: what is to be told.
        keeper: what keeps the result.
        hands: who writes.
    """
    key = telling.key()
    if keeper and (kept := keeper.find(_KIND, key)):
        return Awaited(kept, key, keeper, None)
    return Awaited(telling.path, key, keeper, hands.start(Telling.write, telling))


def tell_documents(base: str, dataset: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Which document tells of each subject of sorted lines, as N-Triples; some may come twice."""
    space, document = f"<{base}id/".encode(), f"<{base}doc/".encode()
    kind = f"> {RDF_TYPE} {term('foaf:Document')}".encode() + END
    within = f"> {term('void:inDataset')} <{base}dataset/{dataset}>".encode() + END
    last = b""
    for subject in subjects(lines):
        if not subject.startswith(space):
            continue
        thing, _, part = subject[len(space) : -1].partition(b"#")
        if thing != last:
            last = thing
            yield document + thing + kind
            yield document + thing + b">" + _PRIMARY + space + thing + b">" + END
            yield document + thing + within
        if part:
            yield document + thing + b">" + _TOPIC + subject + END


def fragment(iri: str, prefixes: Mapping[str, str]) -> str:
    """A name for an IRI that can stand after a `#`: `org-Membership`, or a digest where no prefix fits."""
    telling = ((prefix, namespace) for prefix, namespace in prefixes.items() if "-" not in prefix)
    for prefix, namespace in sorted(telling, key=lambda it: -len(it[1])):
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("_", "").replace("-", "").isalnum() and local.isascii():
            return f"{prefix}-{local}"
    return hashlib.sha256(iri.encode()).hexdigest()[:12]
