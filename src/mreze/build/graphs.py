"""The graphs that mreze adds to what a site says: which document tells of what, and the saved queries as RDF."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad, Triple

from mreze.namespaces import RDF_TYPE, RDFS_LABEL, term
from mreze.queries import SavedQuery
from mreze.site import Site


def documents(site: Site, dataset: str, quads: Iterable[Quad]) -> Iterator[Triple]:
    """Say of each thing that a dataset describes which document tells of it, and of which of its parts.

    `<base>doc/x foaf:primaryTopic <base>id/x ; foaf:topic <base>id/x#part ; void:inDataset <base>dataset/name`
    """
    space = site.base + "id/"
    subjects = {
        quad.subject for quad in quads if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(space)
    }
    for subject in subjects:
        thing, _, fragment = subject.value.partition("#")
        document = NamedNode(f"{site.base}doc/{thing.removeprefix(space)}")
        yield Triple(document, RDF_TYPE, term("foaf:Document"))
        yield Triple(document, term("foaf:primaryTopic"), NamedNode(thing))
        yield Triple(document, term("void:inDataset"), NamedNode(f"{site.base}dataset/{dataset}"))
        if fragment:
            yield Triple(document, term("foaf:topic"), subject)


def saved_queries(site: Site, queries: Sequence[SavedQuery], prefixes: Mapping[str, str]) -> Iterator[Triple]:
    """Describe the saved queries and the prefixes, as SHACL does (https://www.w3.org/TR/shacl/#sparql-prefixes)."""
    declarations = NamedNode(site.base + "queries")
    yield Triple(declarations, RDF_TYPE, term("owl:Ontology"))
    for prefix, namespace in prefixes.items():
        one = NamedNode(f"{site.base}queries#prefix-{prefix}")
        yield Triple(declarations, term("sh:declare"), one)
        yield Triple(one, RDF_TYPE, term("sh:PrefixDeclaration"))
        yield Triple(one, term("sh:prefix"), Literal(prefix))
        yield Triple(one, term("sh:namespace"), Literal(namespace, datatype=term("xsd:anyURI")))
    for query in queries:
        yield from _query(
            NamedNode(f"{site.base}queries/{query.name}"),
            query,
            declarations,
            NamedNode(site.base + "sparql"),
        )


_FORMS = {
    "select": ("sh:SPARQLSelectExecutable", "sh:select"),
    "ask": ("sh:SPARQLAskExecutable", "sh:ask"),
    "construct": ("sh:SPARQLConstructExecutable", "sh:construct"),
    "describe": ("sh:SPARQLExecutable", "sh:construct"),
}


def _query(iri: NamedNode, query: SavedQuery, declarations: NamedNode, endpoint: NamedNode) -> Iterator[Triple]:
    kind, holds = _FORMS[query.form]
    yield Triple(iri, RDF_TYPE, term("sh:SPARQLExecutable"))
    yield Triple(iri, RDF_TYPE, term(kind))
    yield Triple(iri, term(holds), Literal(query.text))
    yield Triple(iri, term("sh:prefixes"), declarations)
    yield Triple(iri, term("schema:target"), endpoint)
    yield Triple(iri, term("dct:identifier"), Literal(query.name))
    for language, label in query.summary.items():
        yield Triple(iri, RDFS_LABEL, Literal(label, language=language))
    for language, comment in (query.description or query.summary).items():
        yield Triple(iri, term("rdfs:comment"), Literal(comment, language=language))


def fragment(iri: str, prefixes: Mapping[str, str]) -> str:
    """A name for an IRI that can stand after a `#`: `org-Membership`, or a digest where no prefix fits."""
    for prefix, namespace in sorted(prefixes.items(), key=lambda it: -len(it[1])):
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("_", "").replace("-", "").isalnum() and local.isascii():
            return f"{prefix}-{local}"
    return hashlib.sha256(iri.encode()).hexdigest()[:12]
