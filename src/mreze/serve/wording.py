"""What the terms of the standard vocabularies are called on a page, for people; the order is the one they are shown in.

A site's own terms bring their labels with them; what neither knows is shown as its prefixed name.
"""

from __future__ import annotations

from typing import Final

from mreze.namespaces import PREFIXES
from mreze.texts import Text, text

PROPERTIES: Final = {
    "skos:prefLabel": "name",
    "rdfs:label": "label",
    "skos:altLabel": "also called",
    "skosxl:altLabel": "name with its dates",
    "skosxl:literalForm": "name",
    "dct:title": "title",
    "dct:description": "description",
    "skos:definition": "definition",
    "rdfs:comment": "comment",
    "skos:example": "example",
    "skos:note": "note",
    "org:member": "member",
    "org:organization": "organization",
    "org:role": "role",
    "org:memberDuring": "time of membership",
    "org:memberOf": "member of",
    "schema:memberOf": "member of",
    "org:classification": "kind",
    "org:purpose": "purpose",
    "schema:foundingDate": "founded",
    "schema:foundingLocation": "founded in",
    "schema:startDate": "start",
    "schema:endDate": "end",
    "time:hasBeginning": "beginning",
    "time:hasEnd": "end",
    "time:hasTime": "time",
    "time:inXSDgYear": "year",
    "time:inXSDgYearMonth": "month",
    "time:inXSDDate": "day",
    "time:before": "before",
    "time:after": "after",
    "schema:location": "place",
    "schema:organizer": "organizer",
    "schema:funder": "funder",
    "schema:about": "about",
    "org:originalOrganization": "organization before",
    "org:resultingOrganization": "organization after",
    "schema:observationAbout": "observed",
    "schema:value": "value",
    "rdf:subject": "subject",
    "rdf:predicate": "property",
    "rdf:object": "value",
    "oa:exact": "quote",
    "oa:hasSource": "source",
    "oa:hasSelector": "passage",
    "dct:language": "language",
    "schema:publisher": "publisher",
    "dct:publisher": "publisher",
    "dct:creator": "creator",
    "dct:issued": "published",
    "dct:modified": "changed",
    "geo:hasGeometry": "position",
    "geo:asWKT": "coordinates",
    "skos:notation": "code",
    "skos:broader": "broader term",
    "skos:inScheme": "part of the list",
    "foaf:homepage": "home page",
    "foaf:name": "name",
    "schema:url": "address on the web",
    "dct:source": "source",
    "dct:license": "licence",
    "dct:rights": "rights",
    "owl:sameAs": "same as",
    "schema:sameAs": "the same elsewhere",
    "rdfs:domain": "used of",
    "rdfs:range": "values",
    "rdfs:subClassOf": "kind of",
    "rdfs:subPropertyOf": "kind of",
    "rdfs:isDefinedBy": "defined by",
    "vs:term_status": "status",
    "owl:versionIRI": "version",
    "owl:versionInfo": "version",
    "as:deleted": "retired",
    "as:formerType": "formerly",
    "dct:isReplacedBy": "replaced by",
    "rdf:type": "class",
}
CLASSES: Final = {
    "org:Membership": "membership",
    "org:Organization": "organization",
    "schema:Organization": "organization",
    "schema:GovernmentOrganization": "government organization",
    "schema:City": "city",
    "schema:Country": "country",
    "schema:Event": "event",
    "schema:Project": "programme",
    "schema:WebPage": "web page",
    "schema:DigitalDocument": "document",
    "schema:Dataset": "dataset",
    "schema:Observation": "observation",
    "org:ChangeEvent": "change of organizations",
    "org:Role": "role",
    "skos:Concept": "concept",
    "skos:ConceptScheme": "list of concepts",
    "rdf:Statement": "statement",
    "owl:Class": "class",
    "owl:ObjectProperty": "property",
    "owl:DatatypeProperty": "property",
    "owl:NamedIndividual": "value",
    "rdfs:Datatype": "datatype",
    "owl:Ontology": "ontology",
    "sh:NodeShape": "shape of a class",
    "sh:PropertyShape": "shape of a property",
    "dcat:Catalog": "catalogue",
    "dcat:Dataset": "dataset",
    "dcat:Distribution": "file",
    "dcat:DataService": "service",
    "as:Tombstone": "retired",
}
_WORDS: Final = PROPERTIES | CLASSES


def wording(name: str) -> Text:
    """What a prefixed name is called, in every language of the interface; empty if that is not known here."""
    return text(_WORDS[name]) if name in _WORDS else {}


def shorten(iri: str) -> str | None:
    """The prefixed name of a term in a namespace that the engine knows."""
    namespace = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
    prefix = next((prefix for prefix, one in PREFIXES.items() if one == namespace), None)
    return None if prefix is None else f"{prefix}:{iri.removeprefix(namespace)}"
