"""What harvesters need of a catalogue beside what it says: classes, labels, plain languages, periods without a name.

DCAT-AP 3.0.1 asks that what a property points to is of its class; nobody infers it, so it is written. Portals read a
catalogue alone, so what it refers to is labelled in it. https://semiceu.github.io/DCAT-AP/releases/3.0.1/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from babel.core import get_global
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.build.authorities import describe
from mreze.namespaces import RDF_TYPE, RDFS_LABEL, SKOS_PREF_LABEL, term

CLASSES: Final = {
    term(predicate): term(name)
    for name, predicates in {
        "dct:Frequency": ("dct:accrualPeriodicity",),
        "dct:LicenseDocument": ("dct:license",),
        "dct:LinguisticSystem": ("dct:language",),
        "dct:Location": ("dct:spatial",),
        "dct:MediaType": ("dcat:mediaType", "dcat:compressFormat", "dcat:packageFormat"),
        "dct:MediaTypeOrExtent": ("dct:format",),
        "dct:PeriodOfTime": ("dct:temporal",),
        "dct:ProvenanceStatement": ("dct:provenance",),
        "dct:RightsStatement": ("dct:accessRights", "dct:rights"),
        "dct:Standard": ("dct:conformsTo",),
        "foaf:Agent": ("dct:publisher", "dct:creator"),
        "foaf:Document": ("foaf:homepage", "foaf:page", "dcat:landingPage"),
        "skos:Concept": ("dcat:theme", "dcatap:hvdCategory", "dcatap:availability", "dct:type"),
        "skos:ConceptScheme": ("dcat:themeTaxonomy",),
        "spdx:ChecksumAlgorithm": ("spdx:algorithm",),
        "vcard:Kind": ("dcat:contactPoint",),
    }.items()
    for predicate in predicates
}
"""What a property of a catalogue points to is of this class."""
CLASSES_OF_LAW: Final = NamedNode("http://data.europa.eu/eli/ontology#LegalResource")
UNLABELLED: Final = frozenset({term("foaf:Document"), term("dct:PeriodOfTime"), term("spdx:ChecksumAlgorithm")})
"""Classes of what needs no label: a document has an address, a period its days, an algorithm its name."""
LABELS: Final = (SKOS_PREF_LABEL, RDFS_LABEL, term("dct:title"), term("foaf:name"), term("vcard:fn"))
_GEOMETRIES: Final = frozenset({term("geo:wktLiteral"), term("geo:gmlLiteral")})
_CRS84: Final = re.compile(r"\s*<https?://www\.opengis\.net/def/crs/OGC/1\.3/CRS84>\s*")

Labels = Callable[[Iterable[NamedNode]], Iterable[Triple]]
"""Gives the statements that name some things: skos:prefLabel and rdfs:label."""


def unlabelled(_: Iterable[NamedNode]) -> Iterable[Triple]:
    """Nothing has a label."""
    return ()


def complete(triples: Iterable[Triple], languages: Sequence[str], labels: Labels = unlabelled) -> set[Triple]:
    """Add to a catalogue what it does not say itself.

    Args:
        triples: the catalogue.
        languages: of the site, as tags.
        labels: gives what the data call some things; that of things that the catalogue refers to is taken over.
    """
    said = set(triples)
    said |= set(_classes(said))
    said |= set(_labels(said, languages, labels))
    said = {_without_system(one) for one in said}
    said |= set(_plain(said))
    return set(_nameless_periods(said))


def _classes(said: set[Triple]) -> Iterator[Triple]:
    for one in said:
        name = CLASSES.get(one.predicate)
        if one.predicate == term("dcatap:applicableLegislation"):
            name = CLASSES_OF_LAW
        if name is not None and isinstance(one.object, NamedNode | BlankNode):
            yield Triple(one.object, RDF_TYPE, name)


def _labels(said: set[Triple], languages: Sequence[str], labels: Labels) -> Iterator[Triple]:
    named = {one.subject for one in said if one.predicate in LABELS}
    wanted = {
        one.object
        for one in said
        if (one.predicate in CLASSES or one.predicate == term("dcatap:applicableLegislation"))
        and isinstance(one.object, NamedNode)
        and one.object not in named
    }
    for one in wanted:
        yield from describe(one.value, languages)
    for triple in labels(wanted):
        yield Triple(triple.subject, SKOS_PREF_LABEL, triple.object)


def _without_system(triple: Triple) -> Triple:
    """CRS84 is what a geometry without a system is in (GeoSPARQL, 8.5.1); portals cannot read the prefix."""
    value = triple.object
    if isinstance(value, Literal) and value.datatype in _GEOMETRIES and (prefix := _CRS84.match(value.value)):
        value = Literal(value.value[prefix.end() :], datatype=value.datatype)
        return Triple(triple.subject, triple.predicate, value)
    return triple


def _plain(said: set[Triple]) -> Iterator[Triple]:
    """A text in the usual script of its language also without the script: portals compare tags letter for letter."""
    written = {
        (one.subject, one.predicate, one.object.language)
        for one in said
        if isinstance(one.object, Literal) and one.object.language
    }
    for one in said:
        if not isinstance(one.object, Literal) or not one.object.language:
            continue
        language = _usual(one.object.language)
        if language and (one.subject, one.predicate, language) not in written:
            yield Triple(one.subject, one.predicate, Literal(one.object.value, language=language))


def _usual(tag: str) -> str | None:
    """The language of a tag of language and script, where the script is the usual one of the language (CLDR)."""
    language, _, script = tag.partition("-")
    likely = get_global("likely_subtags").get(language, "")
    return language if script and f"_{script}_".casefold() in likely.casefold() else None


def _nameless_periods(said: set[Triple]) -> Iterator[Triple]:
    """Periods as blank nodes: what has an IRI some portals ask for over the network, and it has no page."""
    described = {one.subject for one in said if one.predicate in {term("dcat:startDate"), term("dcat:endDate")}}
    periods = {
        one.object.value
        for one in said
        if one.predicate == term("dct:temporal") and isinstance(one.object, NamedNode) and one.object in described
    }
    blank = {iri: BlankNode(f"period{number}") for number, iri in enumerate(sorted(periods), start=1)}
    for one in said:
        subject = blank.get(one.subject.value, one.subject) if isinstance(one.subject, NamedNode) else one.subject
        value = blank.get(one.object.value, one.object) if isinstance(one.object, NamedNode) else one.object
        yield Triple(subject, one.predicate, value)
