"""The dumps of a release, byte for byte as they were built, and their list."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from mreze.errors import NotFound, ReleaseError
from mreze.formats import DUMPS, GRAPHS, HTML
from mreze.serve.coding import GZIP, Wish, wish
from mreze.serve.exchange import Request, Response
from mreze.serve.iris import decode
from mreze.serve.negotiation import choose
from mreze.serve.pages import Reader
from mreze.serve.resources.graphs import signposts, void
from mreze.serve.service import Service
from mreze.serve.signposts import headers as headers_of

_GZIP: Final = "application/gzip"


@dataclass(frozen=True, slots=True)
class Listed:
    """A dump as a page lists it."""

    name: str
    href: str
    syntax: str
    size: str
    packed: str
    """Size of the compressed one."""
    packed_href: str
    sha256: str


def dumps(service: Service, request: Request, path: str) -> Response:
    """A dump; without a name, their list: a page for people, VoID for machines."""
    if path:
        return dump(service, request, path)
    if choose(request.accept, (*GRAPHS, HTML)) is not HTML:
        return void(service, request, "")
    reader = service.pages.reader(request)
    return service.pages.page("dumps.html", reader, dumps=listed(service, reader))


def listed(service: Service, reader: Reader) -> list[Listed]:
    """The dumps, those of each dataset first."""
    found = []
    for name in [*(one.name for one in service.release.datasets), "all"]:
        for form in DUMPS:
            path = f"dumps/{name}.{form.extension}"
            file, packed = service.release.files.get(path), service.release.files.get(f"{path}.gz")
            if file is not None and packed is not None:
                title = path.removeprefix("dumps/")
                href, packed_href = (reader.request.keep(reader.request.root + one) for one in (path, f"{path}.gz"))
                sizes = size_of(file.bytes), size_of(packed.bytes)
                found.append(Listed(title, href, form.name, *sizes, packed_href, file.sha256))
    return found


def dump(service: Service, request: Request, path: str) -> Response:
    """One dump; only what the manifest lists is there. Who takes gzip gets the packed one that lies beside it."""
    name = f"dumps/{decode(path)}"
    if name not in service.release.files:
        names = sorted(one.removeprefix("dumps/") for one in service.release.files if one.startswith("dumps/"))
        raise NotFound(f"There is no dump {path!r}. There are: {', '.join(names)}.")
    content_type, headers, sent = _content_type(name), {}, name
    if content_type != _GZIP and wish(request.headers.get("accept-encoding")) in {Wish.PACKED, Wish.ONLY_PACKED}:
        sent, headers = f"{name}.gz", {"Content-Encoding": GZIP}
    listed, file = service.release.files[sent], service.release.root / sent
    if not file.is_file() or file.stat().st_size != listed.bytes:
        raise ReleaseError(f"{file}: not the {listed.bytes} bytes that the manifest lists. Build the release again.")
    with suppress(ReleaseError):  # where the catalogue is damaged, its files are still themselves
        headers["Link"] = ", ".join(headers_of(signposts(service, request).of_file(request.location + name)))
    return Response(content_type=content_type, headers=headers, file=file, length=listed.bytes, tag=listed.sha256[:32])


def size_of(count: int) -> str:
    """So many bytes, for people."""
    return f"{count / 1000:,.1f} kB"


def _content_type(name: str) -> str:
    extension = name.rpartition(".")[2]
    return next((one.content_type for one in DUMPS if one.extension == extension), _GZIP)
