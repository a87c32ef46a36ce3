"""The graph that mreze adds to what a site says: which document tells of what; and names for parts of such graphs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

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

    def __len__(self) -> int:
        """How many triples these are."""
        return self.triples


def keep_documents(path: Path, base: str, datasets: Mapping[str, Span], keeper: Keeper | None) -> Documents:
    """Which document tells of each thing that is described, and of which of its parts, written or taken over.

    `<base>doc/x foaf:primaryTopic <base>id/x ; foaf:topic <base>id/x#part ; void:inDataset <base>dataset/name`

    Args:
        path: of a new file.
        base: the site's base IRI.
        datasets: the sorted lines of each, in a file of their own, by name.
        keeper: what keeps the result.
    """
    key = key_of(base, *(part for name, span in datasets.items() for part in (name, digest(span.path))))
    found = keeper.find(_KIND, key) if keeper else None
    if found is None:
        sort_lines((line for name, span in datasets.items() for line in tell_documents(base, name, span.lines())), path)
        found = keeper.keep(_KIND, key, path) if keeper else path
    triples = things = 0
    with open_lines(found) as lines:
        for chunk in chunks(lines):
            triples += chunk.count(b"\n")
            things += chunk.count(_PRIMARY)
    return Documents(found, triples, things)


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
