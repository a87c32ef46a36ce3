"""What someone may have looked for at an address where nothing is, and what there is that is called nearly so."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlencode

from mreze.errors import MrezeError
from mreze.formats import DOCUMENTS
from mreze.matching.model import Wanted
from mreze.serve.pages import Reader
from mreze.serve.search.naming import Namer
from mreze.serve.service import Service
from mreze.serve.view import Value, Viewer

_LONGEST: Final = 100
_NEAR: Final = 5
"""So many things that are called nearly so are named."""
_EXTENSIONS: Final = tuple(f".{one.extension}" for one in DOCUMENTS)
_BETWEEN: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """A search to offer."""

    text: str
    query: str
    """Of the address of its results."""


def guess(reader: Reader) -> Guess | None:
    """The words in the last part of the path; None where it has none."""
    last = unquote(reader.request.path).rstrip("/").rpartition("/")[2]
    for one in _EXTENSIONS:
        last = last.removesuffix(one)
    text = _BETWEEN.sub(" ", last.replace("\ufffd", " ")).strip()[:_LONGEST]
    return Guess(text, urlencode({"q": text, **reader.carried})) if text else None


def near(service: Service, reader: Reader, text: str) -> tuple[Value, ...]:
    """Things that are called nearly so; none where there is no index, as the page tells of another trouble."""
    namer = Namer(reader.language, service.release.base, {})
    viewer = Viewer(
        (),
        (),
        base=service.release.base,
        language=reader.language,
        root=reader.request.root,
        query=reader.query,
    )
    found = []
    with suppress(MrezeError):
        for one in service.index.find(Wanted(text, limit=_NEAR)):
            name = namer.name(one.entry)
            foreign = name.language if name.language and name.language != reader.language else None
            found.append(Value(name.text, viewer.link(one.entry.iri).href, name.language or None, foreign))
    return tuple(found)
