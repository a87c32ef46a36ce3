"""Read a served catalogue as the judges of `mreze.rehearse` are given it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import httpx
from pyoxigraph import RdfFormat, Triple, parse
from tests.servers import Served

from mreze.errors import MrezeError
from mreze.rehearse.verdict import Answer, Harvested


def harvested(served: Served, triples: Iterable[Triple] | None = None) -> Harvested:
    """The catalogue of a server, or what a test made of it; what is fetched comes from the server."""
    address = served.address + "catalog.ttl"
    if triples is None:
        triples = catalogue(served)

    def fetch(method: str, target: str, headers: Mapping[str, str]) -> Answer:
        try:
            answer = served.client.request(method, target, headers=dict(headers), follow_redirects=True)
        except httpx.TransportError as error:
            raise MrezeError(f"{target}: {error}") from error
        found = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(str(answer.url), answer.status_code, found, answer.content)

    return Harvested(address, tuple(triples), fetch)


def catalogue(served: Served) -> set[Triple]:
    """The triples of a server's catalogue."""
    return {quad.triple for quad in parse(served.get("catalog.nt").content, format=RdfFormat.N_TRIPLES)}
