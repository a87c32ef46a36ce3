"""The graph that mreze adds to what a site says: which document tells of what; and names for parts of such graphs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Quad, Triple

from mreze.namespaces import RDF_TYPE, term
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


def fragment(iri: str, prefixes: Mapping[str, str]) -> str:
    """A name for an IRI that can stand after a `#`: `org-Membership`, or a digest where no prefix fits."""
    telling = ((prefix, namespace) for prefix, namespace in prefixes.items() if "-" not in prefix)
    for prefix, namespace in sorted(telling, key=lambda it: -len(it[1])):
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("_", "").replace("-", "").isalnum() and local.isascii():
            return f"{prefix}-{local}"
    return hashlib.sha256(iri.encode()).hexdigest()[:12]
