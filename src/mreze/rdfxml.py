"""Write RDF/XML whose bytes depend on the triples alone (https://www.w3.org/TR/rdf-syntax-grammar/)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, Quad, RdfFormat, Triple, serialize

_ROOT: Final = re.compile(rb"<rdf:RDF((?:\s+xmlns:[^\s=]+=\"[^\"]*\")*)>")
_DECLARATION: Final = re.compile(rb"xmlns:([^\s=]+)=(\"[^\"]*\")")
FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 cannot carry."""
NAME: Final = re.compile(r"[^\W\d][\w.·-]*\Z")
"""The name that the IRI of a predicate must end in."""


def write(triples: Iterable[Triple | Quad], prefixes: Mapping[str, str]) -> bytes:
    """Return the triples as RDF/XML, sorted, with the prefixes that are used; of quads the graph name is left out.

    Raises:
        ValueError: a predicate does not end in a name that XML knows, or a literal holds a character that XML 1.0
            cannot carry.
    """
    ordered = sorted(_labelled(triples), key=lambda one: (str(one.subject), one.predicate.value, str(one.object)))
    for one in ordered:
        _refuse_unwritable(one)
    content = serialize(ordered, format=RdfFormat.RDF_XML, prefixes=dict(prefixes))
    assert content is not None  # noqa: S101 - no output was given, so the bytes come back
    return _ROOT.sub(lambda match: _root(match[1], content[match.end() :]), content, count=1)


def _labelled(triples: Iterable[Triple | Quad]) -> set[Triple]:
    """The triples, each once, with labels of blank nodes that depend on the graph alone."""
    graph = Dataset(Quad(one.subject, one.predicate, one.object) for one in triples)
    if any(isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode) for quad in graph):
        graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {quad.triple for quad in graph}


def _refuse_unwritable(triple: Triple) -> None:
    if not NAME.search(triple.predicate.value):
        raise unwritable_predicate(str(triple.predicate))
    if isinstance(triple.object, Literal) and (bad := FORBIDDEN.search(triple.object.value)):
        raise unwritable_character(bad[0], str(triple.subject))


def unwritable_predicate(predicate: str) -> ValueError:
    """The error that says that a predicate does not end in a name."""
    return ValueError(f"RDF/XML has no name for the predicate {predicate}")


def unwritable_character(character: str, subject: str) -> ValueError:
    """The error that says that a literal holds what XML cannot carry."""
    return ValueError(f"RDF/XML cannot carry the character U+{ord(character):04X}, which a literal of {subject} holds")


def _root(declarations: bytes, body: bytes) -> bytes:
    """The root element with the prefixes that the body uses, in the order of the alphabet."""
    found = sorted(_DECLARATION.findall(declarations))
    used = [(prefix, iri) for prefix, iri in found if prefix == b"rdf" or b"<" + prefix + b":" in body]
    return b"<rdf:RDF" + b"".join(b" xmlns:" + prefix + b"=" + iri for prefix, iri in used) + b">"
