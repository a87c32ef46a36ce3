"""The terms of the vocabularies that mreze knows, and those that a site defines itself."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.namespaces import PREFIXES, RDF_TYPE, term

_NUMBERED: Final = re.compile(r"_[1-9][0-9]*\Z")
"""rdf:_1, rdf:_2 … (https://www.w3.org/TR/rdf-schema/#ch_containermembershipproperty)."""


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """Which terms there are, by namespace."""

    terms: dict[str, frozenset[str]]
    prefixes: Mapping[str, str]

    def is_unknown(self, iri: str) -> bool:
        """Whether the IRI stands in a known namespace that has no such term."""
        namespace, local = split(iri)
        known = self.terms.get(namespace)
        if known is None or local in known or not local:
            return False
        return not (namespace == PREFIXES["rdf"] and _NUMBERED.match(local))

    def shorten(self, iri: str) -> str:
        """The term as a prefixed name, where its namespace has a prefix."""
        namespace, local = split(iri)
        prefix = next((one for one, known in self.prefixes.items() if known == namespace), None)
        return f"{prefix}:{local}" if prefix else f"<{iri}>"

    def similar(self, iri: str) -> str | None:
        """The known term that is spelt most like this one, as a prefixed name."""
        namespace, local = split(iri)
        known = sorted(self.terms.get(namespace, ()))
        by_lower = {one.lower(): one for one in known}
        close = difflib.get_close_matches(local.lower(), list(by_lower), n=1, cutoff=0.7)
        return self.shorten(namespace + by_lower[close[0]]) if close else None


def vocabularies(ontology: Iterable[Triple], prefixes: Mapping[str, str]) -> Vocabularies:
    """The vocabularies that mreze knows and those that the site's ontology defines.

    Args:
        ontology: what the site's ontology says.
        prefixes: what the site calls namespaces.
    """
    namespaces: set[str] = set()
    subjects: set[str] = set()
    for triple in ontology:
        if isinstance(triple.subject, NamedNode):
            subjects.add(triple.subject.value)
            if triple.predicate == term("vann:preferredNamespaceUri") and isinstance(triple.object, Literal):
                namespaces.add(triple.object.value)
            if triple.predicate == RDF_TYPE and triple.object == term("owl:Ontology"):
                namespaces.add(triple.subject.value.rstrip("#") + "#")
    own = {one: frozenset(split(iri)[1] for iri in subjects if split(iri)[0] == one) for one in namespaces}
    own = {namespace: terms for namespace, terms in own.items() if terms}
    return Vocabularies({**_known(), **own}, prefixes)


def split(iri: str) -> tuple[str, str]:
    """The namespace of a term, up to the last `#` or `/`, and its local name."""
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:at], iri[at:]


@cache
def _known() -> dict[str, frozenset[str]]:
    folder = resources.files("mreze") / "vocabularies"
    found = {}
    for prefix, namespace in PREFIXES.items():
        lines = (folder / f"{prefix}.txt").read_text("utf-8").splitlines()
        found[namespace] = frozenset(line for line in lines if line and not line.startswith("#"))
    return found
