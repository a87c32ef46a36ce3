"""The page that tells people how to match their tables with ours."""

from __future__ import annotations

from mreze.serve.exchange import Request, Response
from mreze.serve.pages import interface_text
from mreze.serve.reconcile.limits import BATCH, CANDIDATES, CELLS, TEXT, VALUES
from mreze.serve.service import Service
from mreze.serve.sparql import LARGEST_BODY


def guide(service: Service, request: Request, _: str) -> Response:
    """The page; its samples ask for the site's own title, so that they are the same everywhere."""
    reader = service.pages.reader(request)
    address = request.location + "reconcile"
    limits = [
        (interface_text(reader, "queries of a batch"), f"{BATCH:,}"),
        (interface_text(reader, "characters of a name or value"), f"{TEXT:,}"),
        (interface_text(reader, "conditions of a query, values of a condition"), f"{VALUES:,}"),
        (interface_text(reader, "candidates of a query"), f"{CANDIDATES:,}"),
        (interface_text(reader, "things times properties that are fetched"), f"{CELLS:,}"),
        (interface_text(reader, "bytes of a request"), f"{LARGEST_BODY:,}"),
    ]
    return service.pages.page(
        "reconcile.html",
        reader,
        address=address,
        draft=f"{address}/1.0/",
        localized=f"{address}?lang={reader.language}",
        example=reader.request.keep(f'{address}?queries={{"q0":{{"query":"…"}}}}'),
        limits=limits,
    )
