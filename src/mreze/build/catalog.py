"""The DCAT catalogue of a release: what the site's author wrote, and what only the build knows.

https://www.w3.org/TR/vocab-dcat-3/ and DCAT-AP 3.0. Identifiers stand under the site's base IRI; locations are under
`mreze.release.LOCATION`, written as relative IRIs and resolved by whoever serves the release.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.formats import Format
from mreze.namespaces import RDF_TYPE, term
from mreze.release import LOCATION, ReleaseFile
from mreze.site import Site, SiteDataset
from mreze.texts import text

_FILE_TYPE: Final = "http://publications.europa.eu/resource/authority/file-type/"
_MEDIA_TYPE: Final = "https://www.iana.org/assignments/media-types/"
_SHA256: Final = NamedNode("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")
Subject = NamedNode | BlankNode


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump that was written: of a dataset, or of the whole where `dataset` is None."""

    dataset: SiteDataset | None
    format: Format
    file: ReleaseFile


def catalog(site: Site, written: Iterable[Triple], dumps: Sequence[Dump], date: str) -> Iterator[Triple]:
    """The catalogue: the author's triples, a distribution for each dump, the endpoint as a data service.

    Args:
        site: the site.
        written: the triples of data/catalog.ttl.
        dumps: what was dumped.
        date: the release's.
    """
    author = list(written)
    yield from author
    root = NamedNode(site.catalog_iri)
    for dump in dumps:
        subject = root if dump.dataset is None else NamedNode(dump.dataset.iri)
        if dump.dataset is not None:  # a catalogue is no dataset: the dumps of the whole are listed in VoID
            yield from _distribution(site, subject, dump, author, date)
    for dataset in site.datasets:
        yield Triple(NamedNode(dataset.iri), term("dcat:version"), Literal(date))
    yield from _endpoint(site, root, author)


def _distribution(site: Site, dataset: NamedNode, dump: Dump, author: list[Triple], date: str) -> Iterator[Triple]:
    iri = NamedNode(f"{dataset.value}#{dump.format.extension}")
    location = NamedNode(LOCATION + dump.file.path)
    yield Triple(dataset, term("dcat:distribution"), iri)
    yield Triple(iri, RDF_TYPE, term("dcat:Distribution"))
    yield from _titled(site, iri, text("{format} file", format=dump.format.name))
    yield Triple(iri, term("dcat:accessURL"), location)
    yield Triple(iri, term("dcat:downloadURL"), location)
    yield Triple(iri, term("dcat:mediaType"), NamedNode(_MEDIA_TYPE + dump.format.media_type))
    if dump.format.file_type:
        yield Triple(iri, term("dct:format"), NamedNode(_FILE_TYPE + dump.format.file_type))
    size = Literal(str(dump.file.bytes), datatype=term("xsd:nonNegativeInteger"))
    yield Triple(iri, term("dcat:byteSize"), size)
    yield Triple(iri, term("dct:issued"), Literal(date, datatype=term("xsd:date")))
    for one in author:
        if one.subject == dataset and one.predicate in {term("dct:license"), term("dct:rights")}:
            yield Triple(iri, one.predicate, one.object)
    checksum = NamedNode(f"{iri.value}-checksum")
    yield Triple(iri, term("spdx:checksum"), checksum)
    yield Triple(checksum, RDF_TYPE, term("spdx:Checksum"))
    yield Triple(checksum, term("spdx:algorithm"), _SHA256)
    yield Triple(checksum, term("spdx:checksumValue"), Literal(dump.file.sha256, datatype=term("xsd:hexBinary")))


def _endpoint(site: Site, root: NamedNode, author: list[Triple]) -> Iterator[Triple]:
    iri = NamedNode(site.base + "catalog#sparql")
    location = NamedNode(LOCATION + "sparql")
    yield Triple(root, term("dcat:service"), iri)
    yield Triple(iri, RDF_TYPE, term("dcat:DataService"))
    yield from _titled(site, iri, text("SPARQL endpoint"))
    yield Triple(iri, term("dct:identifier"), Literal("sparql"))
    yield Triple(iri, term("dct:conformsTo"), NamedNode("https://www.w3.org/TR/sparql11-protocol/"))
    yield Triple(iri, term("dcat:endpointURL"), location)
    yield Triple(iri, term("dcat:endpointDescription"), location)
    for dataset in site.datasets:
        yield Triple(iri, term("dcat:servesDataset"), NamedNode(dataset.iri))
    for one in author:
        if one.subject == root and one.predicate in {
            term("dct:publisher"),
            term("dcat:contactPoint"),
            term("dct:license"),
        }:
            yield Triple(iri, one.predicate, one.object)


def _titled(site: Site, iri: NamedNode, titles: dict[str, str]) -> Iterator[Triple]:
    languages = [tag for tag in site.languages if tag in titles] or ["en"]
    for language in languages:
        yield Triple(iri, term("dct:title"), Literal(titles[language], language=language))
