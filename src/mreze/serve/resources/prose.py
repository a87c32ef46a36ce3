"""A page that the author of the site wrote."""

from __future__ import annotations

from mreze.authored import PAGES, SHARED
from mreze.errors import NotFound
from mreze.formats import HTML
from mreze.serve.exchange import Request, Response
from mreze.serve.iris import decode
from mreze.serve.negotiation import choose
from mreze.serve.prose import to_html
from mreze.serve.service import Service, suffixed, varied
from mreze.serve.view import Value
from mreze.texts import pick


def prose(service: Service, request: Request, path: str) -> Response:
    """The page in the language of the reader, or the nearest that it was written in; or the picture of the site."""
    if f"{PAGES}/{path}" == SHARED and SHARED in service.release.files:
        headers = {"Cache-Control": "public, max-age=31536000" if "v" in request.parameters else "no-cache"}
        return Response(service.release.read(SHARED), "image/png", headers=headers)
    name, fixed = suffixed(decode(path), (HTML,))
    found = next((one for one in service.pages.prose if one.name == name), None)
    if found is None:
        names = ", ".join(one.name for one in service.pages.prose)
        raise NotFound(f"There is no page {name!r}." + (f" There are: {names}." if names else ""))
    choose(request.accept, (HTML,))
    reader = service.pages.reader(request)
    tag = pick({tag: tag for tag in found.files}, reader.language)
    text = service.release.read(found.files[tag]).decode()
    page = service.pages.page(
        "prose.html",
        reader,
        summary=text.partition("\n")[2],
        name=Value(found.headings[tag], language=tag, foreign=tag if tag != reader.language else None),
        text=to_html(text),
    )
    headers = varied(fixed, HTML, f"{request.location}pages/{name}", request.query_string)
    return Response(page.content, page.content_type, headers={**page.headers, **headers})
