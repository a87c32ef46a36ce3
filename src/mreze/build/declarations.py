"""The saved queries and the prefixes as RDF, for editors and other readers of the endpoint.

Prefixes as https://www.w3.org/TR/shacl/#sparql-prefixes, parameters as https://www.w3.org/TR/shacl-af/#SPARQLFunction,
`sh:SPARQLExecutable` with `schema:target` as the collections of examples of other endpoints have them. The endpoint is
a location: it stands under `mreze.release.LOCATION`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.namespaces import RDF_TYPE, RDFS_LABEL, term
from mreze.parameters import Parameter
from mreze.queries import SavedQuery
from mreze.release import LOCATION
from mreze.site import Site

_FORMS: Final = {
    "select": ("sh:SPARQLSelectExecutable", "sh:select"),
    "ask": ("sh:SPARQLAskExecutable", "sh:ask"),
    "construct": ("sh:SPARQLConstructExecutable", "sh:construct"),
    "describe": ("sh:SPARQLExecutable", "sh:construct"),
}
_ENDPOINT: Final = NamedNode(LOCATION + "sparql")


def declarations(
    site: Site, queries: Sequence[SavedQuery], prefixes: Mapping[str, str], rows: Mapping[str, int]
) -> Iterator[Triple]:
    """Describe the saved queries and the prefixes.

    Args:
        site: whose they are.
        queries: what one can ask.
        prefixes: what the site calls namespaces.
        rows: how many rows the queries give, by name, as far as that is known.
    """
    ontology = NamedNode(site.base + "queries")
    yield Triple(ontology, RDF_TYPE, term("owl:Ontology"))
    for prefix, namespace in prefixes.items():
        one = NamedNode(f"{site.base}queries#prefix-{prefix}")
        yield Triple(ontology, term("sh:declare"), one)
        yield Triple(one, RDF_TYPE, term("sh:PrefixDeclaration"))
        yield Triple(one, term("sh:prefix"), Literal(prefix))
        yield Triple(one, term("sh:namespace"), Literal(namespace, datatype=term("xsd:anyURI")))
    for query in queries:
        iri = NamedNode(f"{site.base}queries/{query.name}")
        yield Triple(iri, term("sh:prefixes"), ontology)
        yield from _query(iri, query)
        if query.name in rows:
            yield Triple(iri, term("mreze:rows"), _integer(rows[query.name]))


def _query(iri: NamedNode, query: SavedQuery) -> Iterator[Triple]:
    kind, holds = _FORMS[query.form]
    yield Triple(iri, RDF_TYPE, term("sh:SPARQLExecutable"))
    yield Triple(iri, RDF_TYPE, term(kind))
    yield Triple(iri, term(holds), Literal(query.bare))
    yield Triple(iri, term("schema:target"), _ENDPOINT)
    yield Triple(iri, term("dct:identifier"), Literal(query.name))
    for language, label in query.summary.items():
        yield Triple(iri, RDFS_LABEL, Literal(label, language=language))
    for language, comment in (query.description or query.summary).items():
        yield Triple(iri, term("rdfs:comment"), Literal(comment, language=language))


def parameters(site: Site, queries: Sequence[SavedQuery]) -> Iterator[Triple]:
    """Describe the parameters of the saved queries."""
    for query in queries:
        for place, parameter in enumerate(query.parameters):
            yield from _parameter(NamedNode(f"{site.base}queries/{query.name}"), parameter, place)


def _parameter(query: NamedNode, parameter: Parameter, place: int) -> Iterator[Triple]:
    iri = NamedNode(f"{query.value}#parameter-{parameter.name}")
    yield Triple(query, term("sh:parameter"), iri)
    yield Triple(iri, RDF_TYPE, term("sh:Parameter"))
    # The local name of the path is the name of the variable (https://www.w3.org/TR/shacl/#sparql-constraint-components-parameters).
    yield Triple(iri, term("sh:path"), NamedNode(f"{query.value}#{parameter.name}"))
    yield Triple(iri, term("sh:order"), _integer(place))
    yield Triple(iri, term("sh:optional"), Literal(not parameter.required))
    for language, label in (parameter.label or {"en": parameter.name}).items():
        yield Triple(iri, term("sh:name"), Literal(label, language=language))
    if parameter.datatype is None:
        yield Triple(iri, term("sh:nodeKind"), term("sh:IRI"))
    else:
        yield Triple(iri, term("sh:datatype"), NamedNode(parameter.datatype))
    if parameter.range:
        yield Triple(iri, term("sh:class"), NamedNode(parameter.range))
    if parameter.language:
        yield Triple(iri, term("dct:language"), Literal(parameter.language))
    for value in parameter.values:
        yield Triple(iri, term("skos:example" if parameter.required else "sh:defaultValue"), value)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=term("xsd:integer"))
