"""The links of the catalogue, the datasets and the dumps as one set (https://www.rfc-editor.org/rfc/rfc9264)."""

from __future__ import annotations

from mreze.formats import by_extension
from mreze.serve.exchange import Request, Response
from mreze.serve.iris import encode
from mreze.serve.negotiation import choose
from mreze.serve.resources.graphs import signposts
from mreze.serve.service import Service
from mreze.serve.signposts import LINKSETS, WRITERS


def linkset(service: Service, request: Request, suffix: str) -> Response:
    """All of them, negotiated or in the form that the extension says."""
    fixed = by_extension(suffix, LINKSETS)
    form = fixed or choose(request.accept, LINKSETS)
    posts = signposts(service, request)
    links = [(encode(f"{service.release.base}catalog"), posts.of_catalogue())]
    links += [(encode(one), posts.of_dataset(one)) for one in posts.datasets()]
    links += [(encode(one), posts.of_file(one)) for one in posts.files()]
    headers = {"Vary": "Accept", "Content-Location": f"{request.location}linkset.{form.extension}"}
    return Response(WRITERS[form](links), form.content_type, headers={} if fixed else headers)
