"""Which resource answers which path; the contract of URLs in one table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from mreze.formats import DOCUMENTS, Format
from mreze.serve.iris import decode
from mreze.serve.reconcile import extension, guide, view
from mreze.serve.reconcile import service as reconcile
from mreze.serve.reconcile.limits import BODY
from mreze.serve.resources import (
    changes,
    datasets,
    dumps,
    endpoint,
    feeds,
    graphs,
    guides,
    home,
    linkset,
    prose,
    releases,
    saved,
    schema,
    search,
    terms,
    things,
    upkeep,
)
from mreze.serve.service import Handler
from mreze.serve.signposts import LINKSETS
from mreze.serve.sparql import LARGEST_BODY

_READ: Final = ("GET", "HEAD", "OPTIONS")
_SENT: Final = ("OPTIONS", "POST")


@dataclass(frozen=True, slots=True)
class Route:
    """A resource and the methods that it knows."""

    handler: Handler
    rest: str = ""
    methods: tuple[str, ...] = _READ
    body: int = LARGEST_BODY
    """Bytes that the body of a request may have."""


def _suffixes(name: str, handler: Handler, forms: Iterable[Format] = DOCUMENTS) -> dict[str, Route]:
    return {name: Route(handler)} | {f"{name}.{one.extension}": Route(handler, one.extension) for one in forms}


_RECONCILE: Final[dict[str, Route]] = {
    **dict.fromkeys(("reconcile", "reconcile/"), Route(reconcile.reconcile, methods=(*_READ, "POST"), body=BODY)),
    "reconcile/guide": Route(guide.guide),
    "reconcile/preview": Route(view.preview),
    "reconcile/properties": Route(extension.propose),
    "reconcile/view": Route(view.view),
    **{f"reconcile/flyout/{kind}": Route(view.flyout, kind) for kind in ("entity", "property", "type")},
    **{f"reconcile/suggest/{kind}": Route(reconcile.suggest, kind) for kind in ("entity", "property", "type")},
    **dict.fromkeys(("reconcile/1.0", "reconcile/1.0/"), Route(reconcile.draft)),
    "reconcile/1.0/extend": Route(extension.extend_draft, methods=_SENT, body=BODY),
    "reconcile/1.0/extend/propose": Route(extension.propose),
    "reconcile/1.0/match": Route(reconcile.match, methods=_SENT, body=BODY),
    "reconcile/1.0/preview": Route(view.preview),
    "reconcile/1.0/view": Route(view.view),
    **{f"reconcile/1.0/suggest/{kind}": Route(reconcile.suggest, kind) for kind in ("entity", "property", "type")},
}
_EXACT: Final[dict[str, Route]] = {
    **_RECONCILE,
    "": Route(home.home),
    **_suffixes("catalog", graphs.catalog),
    **_suffixes("changes", changes.changes),
    **_suffixes("documents", graphs.documents),
    **_suffixes("feed", feeds.feeds),
    **_suffixes("ontology", schema.ontology),
    **_suffixes("shapes", schema.shapes),
    **_suffixes("void", graphs.void),
    ".well-known/void": Route(graphs.void),
    "dumps": Route(dumps.dumps),
    "linkset": Route(linkset.linkset),
    **{f"linkset.{one.extension}": Route(linkset.linkset, one.extension) for one in LINKSETS},
    "queries": Route(saved.saved),
    "releases": Route(releases.releases),
    "sparql": Route(endpoint.endpoint, methods=(*_READ, "POST", "QUERY")),
    **_suffixes("search", search.search, search.OFFERED),
    "search/suggest": Route(search.suggest),
    "opensearch.xml": Route(search.description),
    "openapi.json": Route(upkeep.interface),
    "healthz": Route(upkeep.healthy),
    "readyz": Route(upkeep.ready),
    "robots.txt": Route(upkeep.robots),
    "sitemap.xml": Route(upkeep.sitemap),
    "terms.json": Route(terms.terms),
}
_FOLDERS: Final[dict[str, Handler]] = {
    "changes": changes.of_release,
    "dataset": datasets.dataset,
    "doc": things.document,
    "dumps": dumps.dumps,
    "feed": feeds.feed,
    "guides": guides.guides,
    "id": things.thing,
    "ontology": schema.version,
    "pages": prose.prose,
    "queries": saved.saved,
    "releases": releases.releases,
    "sitemap": upkeep.sitemap,
    "static": upkeep.static,
}


def find_route(path: str) -> Route | None:
    """The resource at a path, or None."""
    exact = _EXACT.get(decode(path))
    if exact is not None:
        return exact
    folder, slash, rest = path.partition("/")
    handler = _FOLDERS.get(decode(folder)) if slash else None
    return Route(handler, rest) if handler else None
