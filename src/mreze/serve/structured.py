"""The catalogue for search engines: a dataset and the catalogue in the terms of schema.org, embedded in their pages.

https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.namespaces import term
from mreze.texts import pick

Json = dict[str, Any]
_CONTEXT: Final = "https://schema.org/"
_PUBLIC: Final = NamedNode("http://publications.europa.eu/resource/authority/access-right/PUBLIC")
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
_NAMES: Final = ("dct:title", "foaf:name", "vcard:fn", "skos:prefLabel", "rdfs:label")
Node = NamedNode | BlankNode | Literal | Triple


class Structured:
    """Tells what a catalogue says in the terms of schema.org."""

    def __init__(self, triples: Iterable[Triple], catalogue: str, language: str, location: str) -> None:
        """Prepare.

        Args:
            triples: the catalogue.
            catalogue: its IRI.
            language: of the page that it is embedded in.
            location: where the release is served.
        """
        self.catalogue = NamedNode(catalogue)
        self.language, self.location = language, location
        self._said: defaultdict[Node, defaultdict[NamedNode, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for one in sorted(triples, key=str):
            self._said[one.subject][one.predicate].append(one.object)

    def data_catalog(self) -> Json:
        """The catalogue with the names of its datasets."""
        datasets = [one for one in self._objects(self.catalogue, "dcat:dataset") if isinstance(one, NamedNode)]
        return {
            "@context": _CONTEXT,
            **self._catalog(),
            **self._common(self.catalogue),
            "dataset": [
                {"@type": "Dataset", "@id": one.value, "name": self._name(one), **_told(url=self._page(one))}
                | _told(description=self._text(one, "dct:description"), license=self._licence(one))
                for one in datasets
            ],
        }

    def dataset(self, iri: str) -> Json:
        """One dataset, whole."""
        node = NamedNode(iri)
        rights = self._objects(node, "dct:accessRights")
        return {
            "@context": _CONTEXT,
            "@type": "Dataset",
            "@id": iri,
            "name": self._name(node),
            "identifier": iri,
            "sameAs": iri,
            **self._common(node),
            **_told(
                url=self._page(node),
                conditionsOfAccess=[one.value for one in rights if isinstance(one, NamedNode)],
                isAccessibleForFree=True if _PUBLIC in rights else None,
                isBasedOn=[one.value for one in self._iris(node, "prov:wasDerivedFrom", "dct:source", "dct:relation")],
                spatialCoverage=[self._place(one) for one in self._iris(node, "dct:spatial")],
                temporalCoverage=[span for one in self._objects(node, "dct:temporal") if (span := self._span(one))],
                distribution=[self._download(one) for one in self._objects(node, "dcat:distribution")],
            ),
            "includedInDataCatalog": self._catalog(),
        }

    def _common(self, node: NamedNode) -> Json:
        return _told(
            description=self._text(node, "dct:description"),
            keywords=self._keywords(node),
            license=self._licence(node),
            creator=[self._agent(one) for one in self._objects(node, "dct:creator")],
            publisher=[self._agent(one) for one in self._objects(node, "dct:publisher")],
            datePublished=self._value(node, "dct:issued"),
            dateModified=self._value(node, "dct:modified"),
            version=self._value(node, "dcat:version"),
            inLanguage=[self._named("Language", one) for one in self._iris(node, "dct:language")],
        )

    def _catalog(self) -> Json:
        name = self._name(self.catalogue)
        return {"@type": "DataCatalog", "@id": self.catalogue.value, "name": name, "url": self.location}

    def _download(self, node: Node) -> Json:
        media = [one.value.removeprefix(_MEDIA_TYPES) for one in self._iris(node, "dcat:mediaType")]
        addresses = [one.value for one in self._iris(node, "dcat:downloadURL", "dcat:accessURL")]
        size = self._value(node, "dcat:byteSize")
        return {"@type": "DataDownload", "name": self._name(node)} | _told(
            contentUrl=addresses[:1],
            encodingFormat=media,
            contentSize=f"{size} B" if size else None,
            license=self._licence(node),
            dateModified=self._value(node, "dct:modified"),
        )

    def _agent(self, node: Node) -> Json:
        person = term("foaf:Person") in self._objects(node, "rdf:type")
        return self._named("Person" if person else "Organization", node) | _told(
            url=[one.value for one in self._iris(node, "foaf:homepage")]
        )

    def _place(self, node: NamedNode) -> Json:
        return self._named("Place", node) | {"sameAs": node.value}

    def _named(self, kind: str, node: Node) -> Json:
        identified = {"@id": node.value} if isinstance(node, NamedNode) else {}
        return {"@type": kind, **identified, "name": self._name(node)}

    def _span(self, node: Node) -> str:
        """A period as ISO 8601 writes it; an open end is two dots."""
        start, end = self._value(node, "dcat:startDate"), self._value(node, "dcat:endDate")
        return f"{start or '..'}/{end or '..'}" if start or end else ""

    def _licence(self, node: Node) -> str | None:
        """Where the licence can be read, which is what search engines know it by; else its IRI."""
        found = self._iris(node, "dct:license")
        texts = [page.value for one in found for page in self._iris(one, "skos:exactMatch")]
        return next(iter([*texts, *(one.value for one in found)]), None)

    def _keywords(self, node: Node) -> list[str]:
        """The keywords in the language of the page; all of them where there are none."""
        found = [one for one in self._objects(node, "dcat:keyword") if isinstance(one, Literal)]
        own = [one.value for one in found if one.language == self.language]
        return sorted(own or {one.value for one in found})

    def _page(self, node: NamedNode) -> list[str]:
        return [one.value for one in self._iris(node, "dcat:landingPage")]

    def _name(self, node: Node) -> str:
        found = (self._text(node, one) for one in _NAMES)
        return next((one for one in found if one), node.value if isinstance(node, NamedNode) else "")

    def _text(self, node: Node, predicate: str) -> str | None:
        literals = [one for one in self._objects(node, predicate) if isinstance(one, Literal)]
        return pick({one.language or "": one.value for one in literals}, self.language) or None

    def _value(self, node: Node, predicate: str) -> str | None:
        return next((one.value for one in self._objects(node, predicate) if isinstance(one, Literal)), None)

    def _iris(self, node: Node, *predicates: str) -> list[NamedNode]:
        found = (one for name in predicates for one in self._objects(node, name))
        return [one for one in found if isinstance(one, NamedNode)]

    def _objects(self, node: Node, predicate: str) -> list[Node]:
        return self._said[node][term(predicate)] if node in self._said else []


def _told(**values: Any) -> Json:
    """What is known; of several values all, of one that itself."""
    found = {name: value for name, value in values.items() if value not in (None, [], "")}
    return {name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in found.items()}
