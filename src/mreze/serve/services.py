"""What of a site needs a server, and its descriptions without that: where the site is a copy made of files."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

from pyoxigraph import NamedNode, Triple

from mreze.namespaces import RDF_TYPE, term

LIVE: Final = frozenset(
    {
        "healthz",
        "openapi.json",
        "opensearch.xml",
        "readyz",
        "reconcile",
        "releases",
        "search",
        "search.html",
        "search.json",
        "sparql",
        "terms.json",
    }
)
"""The first parts of paths that only a server can answer."""
_SERVICES: Final = frozenset({term("dcat:DataService"), term("sd:Service")})


def without_services(triples: AbstractSet[Triple], location: str) -> set[Triple]:
    """A description without what names a live address, and without services that answer there.

    Args:
        triples: the description.
        location: where the site is, with a slash at the end.
    """
    live = {one for one in triples if isinstance(one.object, NamedNode) and is_live(one.object.value, location)}
    named = {one.subject for one in live}
    services = {one.subject for one in triples if one.predicate == RDF_TYPE and one.object in _SERVICES} & named
    return {one for one in triples - live if one.subject not in services and one.object not in services}


def is_live(address: str, location: str) -> bool:
    """Whether only a server answers at an address of the site."""
    path = address.removeprefix(location)
    return path != address and path.partition("?")[0].partition("#")[0].partition("/")[0] in LIVE
