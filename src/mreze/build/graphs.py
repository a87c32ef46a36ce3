"""The graph that mreze adds to what a site says: which document tells of what; and names for parts of such graphs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mreze.namespaces import RDF_TYPE, term
from mreze.nquads import END, subjects
from mreze.site import Site
from mreze.sorting import sort_lines

DESCRIPTIONS: Final = ("void", "queries", "documents")
"""Names below the base IRI of graphs that no file of the site is to tell of."""
_PRIMARY: Final = f" {term('foaf:primaryTopic')} ".encode()


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


def write_documents(path: Path, site: Site, datasets: Iterable[tuple[str, Iterable[bytes]]]) -> Documents:
    """Write which document tells of each thing that is described, and of which of its parts.

    `<base>doc/x foaf:primaryTopic <base>id/x ; foaf:topic <base>id/x#part ; void:inDataset <base>dataset/name`

    Args:
        path: of a new file.
        site: the site.
        datasets: the name of each, and its sorted lines.
    """
    sort_lines((line for name, lines in datasets for line in tell_documents(site, name, lines)), path)
    triples = things = 0
    with path.open("rb") as file:
        for line in file:
            triples += 1
            things += _PRIMARY in line
    return Documents(path, triples, things)


def tell_documents(site: Site, dataset: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Which document tells of each subject of sorted lines, as N-Triples; some may come twice."""
    space = f"<{site.base}id/".encode()
    last = b""
    for subject in subjects(lines):
        if not subject.startswith(space):
            continue
        thing, _, part = subject[len(space) : -1].partition(b"#")
        document = f"<{site.base}doc/".encode() + thing + b">"
        if thing != last:
            last = thing
            yield document + f" {RDF_TYPE} {term('foaf:Document')}".encode() + END
            yield document + _PRIMARY + space + thing + b">" + END
            yield document + f" {term('void:inDataset')} <{site.base}dataset/{dataset}>".encode() + END
        if part:
            yield document + f" {term('foaf:topic')} ".encode() + subject + END


def fragment(iri: str, prefixes: Mapping[str, str]) -> str:
    """A name for an IRI that can stand after a `#`: `org-Membership`, or a digest where no prefix fits."""
    telling = ((prefix, namespace) for prefix, namespace in prefixes.items() if "-" not in prefix)
    for prefix, namespace in sorted(telling, key=lambda it: -len(it[1])):
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("_", "").replace("-", "").isalnum() and local.isascii():
            return f"{prefix}-{local}"
    return hashlib.sha256(iri.encode()).hexdigest()[:12]
