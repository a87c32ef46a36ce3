"""The DCAT catalogue of a release: what the site's author wrote, and what only the build knows.

https://www.w3.org/TR/vocab-dcat-3/ and DCAT-AP 3.0.1. Identifiers stand under the site's base IRI; locations are under
`mreze.release.LOCATION`, written as relative IRIs and resolved by whoever serves the release. There are no dataset
series: portals take a series for one more dataset.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.build.dataservices import data_service, services
from mreze.build.distributions import Dump, distribution
from mreze.build.feed_services import feed_services
from mreze.build.profile import Labels, complete, unlabelled
from mreze.namespaces import term
from mreze.release import LOCATION
from mreze.site import Site

_PROFILE: Final = NamedNode("https://semiceu.github.io/DCAT-AP/releases/3.0.1")
_HIGH_VALUE: Final = NamedNode("http://data.europa.eu/eli/reg_impl/2023/138/oj")
"""The law by which a dataset is of high value (Implementing Regulation (EU) 2023/138)."""


def catalog(
    site: Site, written: Iterable[Triple], dumps: Sequence[Dump], date: str, labels: Labels = unlabelled
) -> Iterator[Triple]:
    """The catalogue: the author's triples, a distribution for each dump, the services, and what harvesters need.

    Args:
        site: the site.
        written: the triples of data/catalog.ttl, with the versions of the datasets.
        dumps: what was dumped.
        date: the release's.
        labels: what the data call the things that the catalogue refers to.
    """
    said = set(_changed(site, written, date))
    for dataset in site.datasets:
        said |= set(_dataset(NamedNode(dataset.iri), dataset.name, said))
    for dump in dumps:
        if dump.dataset is not None:  # a catalogue is no dataset: the dumps of the whole are listed in VoID
            said |= set(distribution(site, NamedNode(dump.dataset.iri), dump, said, date))
    for service in (*services(), *feed_services(site)):
        said |= set(data_service(site, service, said))
    yield from complete(said, site.languages, labels)


def _changed(site: Site, written: Iterable[Triple], date: str) -> Iterator[Triple]:
    """What the author wrote, and what only a release can say of the catalogue: when it changed, what it keeps to."""
    root, changed = NamedNode(site.catalog_iri), term("dct:modified")
    yield from (one for one in written if (one.subject, one.predicate) != (root, changed))
    yield Triple(root, changed, Literal(date, datatype=term("xsd:date")))
    yield Triple(root, term("dct:conformsTo"), _PROFILE)


def _dataset(iri: NamedNode, name: str, said: Collection[Triple]) -> Iterator[Triple]:
    """What a dataset is given unless its author says it: a lasting identifier, a page; and what follows from a mark."""
    if not _has(said, iri, "dct:identifier"):
        yield Triple(iri, term("dct:identifier"), Literal(name))
    if not _has(said, iri, "dcat:landingPage"):
        yield Triple(iri, term("dcat:landingPage"), NamedNode(f"{LOCATION}dataset/{name}.html"))
    categories = [one.object for one in said if one.subject == iri and one.predicate == term("dcatap:hvdCategory")]
    for one in categories:  # some portals read the mark from here only
        yield Triple(iri, term("dcat:theme"), one)
    if categories and not _has(said, iri, "dcatap:applicableLegislation"):
        yield Triple(iri, term("dcatap:applicableLegislation"), _HIGH_VALUE)


def _has(said: Collection[Triple], subject: NamedNode, predicate: str) -> bool:
    return any(one.subject == subject and one.predicate == term(predicate) for one in said)
