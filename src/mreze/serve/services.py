"""What of a site needs a server, and its descriptions without that: where the site is a copy made of files."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

from pyoxigraph import NamedNode, Triple

from mreze.namespaces import RDF_TYPE, term

LIVE: Final = frozenset(
    {"healthz", "openapi.json", "readyz", "reconcile", "releases", "search", "sparql", "terms.json"}
)
"""The first parts of paths that only a server can answer."""
_SERVICES: Final = frozenset({term("dcat:DataService"), term("sd:Service")})


def without_services(triples: AbstractSet[Triple], location: str) -> set[Triple]:
    """A description without what names a live address, and without services that answer there.

    Args:
        triples: the description.
        location: where the site is, with a slash at the end.
    """
    live = {one for one in triples if _is_live(one.object, location)}
    named = {one.subject for one in live}
    services = {one.subject for one in triples if one.predicate == RDF_TYPE and one.object in _SERVICES} & named
    return {one for one in triples - live if one.subject not in services and one.object not in services}


def _is_live(node: object, location: str) -> bool:
    if not (isinstance(node, NamedNode) and node.value.startswith(location)):
        return False
    path = node.value.removeprefix(location)
    return path.partition("?")[0].partition("#")[0].partition("/")[0] in LIVE
