"""The dumps of a release, byte for byte as they were built."""

from __future__ import annotations

from typing import Final

from mreze.errors import NotFound
from mreze.formats import DUMPS
from mreze.serve.exchange import Request, Response
from mreze.serve.iris import decode
from mreze.serve.service import Service

_GZIP: Final = "application/gzip"


def dump(service: Service, _: Request, path: str) -> Response:
    """One dump; only what the manifest lists is there."""
    name = f"dumps/{decode(path)}"
    listed = service.release.files.get(name)
    if listed is None:
        names = sorted(one.removeprefix("dumps/") for one in service.release.files if one.startswith("dumps/"))
        raise NotFound(f"There is no dump {path!r}. There are: {', '.join(names)}.")
    return Response(
        content_type=_content_type(name), file=service.release.root / name, length=listed.bytes, tag=listed.sha256[:32]
    )


def _content_type(name: str) -> str:
    extension = name.rpartition(".")[2]
    return next((one.content_type for one in DUMPS if one.extension == extension), _GZIP)
