"""Which sources come from Wikimedia: what was read there is nothing to send back as evidence of one's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Triple

from mreze.namespaces import term

_HOSTS: Final = (
    "dbpedia.org", "mediawiki.org", "wikibooks.org", "wikidata.org", "wikifunctions.org", "wikimedia.org",
    "wikinews.org", "wikipedia.org", "wikiquote.org", "wikisource.org", "wikispecies.org", "wikiversity.org",
    "wikivoyage.org", "wiktionary.org",
)  # fmt: skip
"""Wikimedia's projects, and DBpedia, which is made of them."""
_ORIGINS: Final = frozenset(
    term(one) for one in ("prov:wasDerivedFrom", "prov:hadPrimarySource", "prov:wasQuotedFrom", "schema:url")
)


def of_wikimedia(address: str) -> bool:
    """Whether an address is at one of Wikimedia's projects, or at DBpedia."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return False
    return any(host == one or host.endswith(f".{one}") for one in _HOSTS)


def derived_sources(triples: Iterable[Triple]) -> frozenset[str]:
    """The IRIs of the sources that are at Wikimedia, or were made of what is, however often it was handed on."""
    made: defaultdict[str, set[str]] = defaultdict(set)
    for one in triples:
        if one.predicate in _ORIGINS and isinstance(one.object, NamedNode | Literal):
            made[one.object.value].add(str(one.subject.value) if isinstance(one.subject, NamedNode) else "")
    found: set[str] = set()
    waiting = [one for one in made if of_wikimedia(one)]
    while waiting:
        new = made.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return frozenset(found - {""})
