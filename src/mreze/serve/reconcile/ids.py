"""What a thing is called in the service: its path after `<base>id/`, or the whole IRI of a thing elsewhere."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from mreze.serve.iris import candidates

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def to_id(iri: str, base: str) -> str:
    """What a thing is called.

    Args:
        iri: its IRI.
        base: the base IRI of the site.
    """
    return iri.removeprefix(space(base))


def to_iris(id_: str, base: str) -> list[str]:
    """The IRIs that an id may mean, the likeliest first; clients send ids percent-encoded, some of them twice.

    Args:
        id_: as it was sent.
        base: the base IRI of the site.
    """
    sent = id_.strip()
    forms = dict.fromkeys([sent, unquote(sent), unquote(unquote(sent))])
    return list(dict.fromkeys(iri for form in forms for iri in _iris(form.removeprefix(space(base)), base)))


def space(base: str) -> str:
    """What the IRIs of things begin with, the identifier space of the service."""
    return f"{base}id/"


def _iris(id_: str, base: str) -> list[str]:
    if _SCHEME.match(id_):
        return [id_]
    return [space(base) + one for one in candidates(id_.removeprefix("/").removeprefix("id/"))]
