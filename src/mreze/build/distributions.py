"""The distributions of a dataset: one for each dump, with all that a portal asks of a file.

The compressed dumps are none: a portal would list every file twice. They are named in the description of the dumps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.build.authorities import FILE_TYPES, MEDIA_TYPES
from mreze.formats import Format
from mreze.namespaces import RDF_TYPE, term
from mreze.release import LOCATION, ReleaseFile
from mreze.site import Site, SiteDataset
from mreze.texts import text

_SHA512: Final = NamedNode("http://spdx.org/rdf/terms#checksumAlgorithm_sha512")
"""DCAT-AP wants a checksum to be xsd:hexBinary. udata takes no such value: for md5, sha1 or sha256 it then refuses the
whole dataset, of sha512 it takes no notice."""
_INHERITED: Final = frozenset(
    {
        term("dcatap:applicableLegislation"),
        term("dct:accessRights"),
        term("dct:language"),
        term("dct:license"),
        term("dct:rights"),
    }
)
"""What holds for a dataset holds for each of its files."""


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump that was written: of a dataset, or of the whole where `dataset` is None."""

    dataset: SiteDataset | None
    format: Format
    file: ReleaseFile
    sha512: str


def distribution(site: Site, dataset: NamedNode, dump: Dump, said: Collection[Triple], date: str) -> Iterator[Triple]:
    """A dump as a distribution.

    Args:
        site: the site.
        dataset: whose distribution it is.
        dump: the dump.
        said: what the catalogue says of the dataset.
        date: of the release; the file changed then, if the dataset does not say when it did.
    """
    iri = NamedNode(f"{dataset.value}#{dump.format.extension}")
    location = NamedNode(LOCATION + dump.file.path)
    yield Triple(dataset, term("dcat:distribution"), iri)
    yield Triple(iri, RDF_TYPE, term("dcat:Distribution"))
    yield from titled(site, iri, text("{format} file", format=dump.format.name))
    yield Triple(iri, term("dcat:accessURL"), location)
    yield Triple(iri, term("dcat:downloadURL"), location)
    yield Triple(iri, term("dcat:mediaType"), NamedNode(MEDIA_TYPES + dump.format.media_type))
    if dump.format.file_type:
        yield Triple(iri, term("dct:format"), NamedNode(FILE_TYPES + dump.format.file_type))
    size = Literal(str(dump.file.bytes), datatype=term("xsd:nonNegativeInteger"))
    yield Triple(iri, term("dcat:byteSize"), size)
    own = [one for one in said if one.subject == dataset]
    for name in ("dct:issued", "dct:modified"):
        days = [one.object for one in own if one.predicate == term(name)]
        for day in days or [Literal(date, datatype=term("xsd:date"))]:
            yield Triple(iri, term(name), day)
    yield from (Triple(iri, one.predicate, one.object) for one in own if one.predicate in _INHERITED)
    yield from _checksum(iri, dump)


def _checksum(iri: NamedNode, dump: Dump) -> Iterator[Triple]:
    checksum = NamedNode(f"{iri.value}-checksum")
    yield Triple(iri, term("spdx:checksum"), checksum)
    yield Triple(checksum, RDF_TYPE, term("spdx:Checksum"))
    yield Triple(checksum, term("spdx:algorithm"), _SHA512)
    yield Triple(checksum, term("spdx:checksumValue"), Literal(dump.sha512, datatype=term("xsd:hexBinary")))


def titled(site: Site, iri: NamedNode, titles: dict[str, str], predicate: NamedNode | None = None) -> Iterator[Triple]:
    """A text in the languages of the site, as a title or another property; in English where it has none of them."""
    languages = [tag for tag in site.languages if tag in titles] or ["en"]
    for language in languages:
        yield Triple(iri, predicate or term("dct:title"), Literal(titles[language], language=language))
