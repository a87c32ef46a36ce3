"""The thing that may have been meant by an IRI that stands nowhere."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from mreze.namespaces import PREFIXES
from mreze.serve.explanation.asking import Asking, OutOfTime
from mreze.serve.iris import candidates, decode
from mreze.serve.store import Store
from mreze.transliteration import to_latin

_SUFFIXES: Final = (".html", ".ttl", ".jsonld", ".nt", ".rdf")
_MOST: Final = 1_000
_NEAR: Final = 0.8


async def similar_thing(iri: str, base: str, location: str, store: Store, asking: Asking) -> str | None:
    """The IRI of the thing, or None.

    Args:
        iri: what a query names.
        base: what the IRIs of the site begin with.
        location: where the site is served: what people copy from their browser begins with it.
        store: to look up variants.
        asking: to look for names that are spelt alike.
    """
    if _stands(iri, store):
        return None  # only not in the graph that is asked
    for one in dict.fromkeys(_variants(iri, base, location)):
        if one != iri and _stands(one, store):
            return one
    kind, _, slug = _canonical(iri, base, location).partition("#")[0].rpartition("/")
    if not kind.startswith(base + "id") or len(slug) < 2:
        return None
    try:
        return _nearest(f"{kind}/{slug}", await _things(f"{kind}/{_folded(slug)[:1]}", base, asking))
    except OutOfTime:
        return None


async def _things(beginning: str, base: str, asking: Asking) -> list[str]:
    rows = await asking.rows(
        f"SELECT ?thing {{ GRAPH <{base}documents> {{ ?document <{PREFIXES['foaf']}primaryTopic> ?thing }} "
        f"FILTER (STRSTARTS(LCASE(STR(?thing)), {ox.Literal(beginning.lower())})) }} ORDER BY ?thing LIMIT {_MOST}"
    )
    return [one["thing"]["value"] for one in rows]


def _nearest(iri: str, things: list[str]) -> str | None:
    slugs = {_folded(one.rpartition("/")[2]): one for one in reversed(things)}
    close = difflib.get_close_matches(_folded(iri.rpartition("/")[2]), list(slugs), n=1, cutoff=_NEAR)
    return slugs[close[0]] if close else None


def _folded(slug: str) -> str:
    """A name without what people leave out or confuse: case, marks, the script."""
    return "".join(one for one in unicodedata.normalize("NFKD", to_latin(decode(slug))).lower() if one.isascii())


def _variants(iri: str, base: str, location: str) -> Iterator[str]:
    yield _canonical(iri, base, location)
    if _canonical(iri, base, location).startswith(base + "id/"):
        yield iri.partition("#")[0]
    yield iri.rstrip("/")
    yield iri + "/"
    scheme, separator, rest = iri.partition("://")
    if separator and scheme in {"http", "https"}:
        swapped = ("https" if scheme == "http" else "http") + "://" + rest
        yield swapped
        yield _canonical(swapped, base, location)
    canonical = _canonical(iri, base, location)
    if canonical.startswith(base):
        yield from (base + one for one in candidates(canonical.removeprefix(base)))


def _canonical(iri: str, base: str, location: str) -> str:
    """The identifier of what an address shows, where it is one of this site."""
    below = next((iri.removeprefix(one) for one in (location, base) if iri.startswith(one)), None)
    if below is None:
        return iri
    if below.startswith("doc/"):
        suffix = next((one for one in _SUFFIXES if below.endswith(one)), "")
        below = "id/" + below.removeprefix("doc/").removesuffix(suffix)
    return base + below


def _stands(iri: str, store: Store) -> bool:
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False
    return store.holds((node, None, None), None) or store.holds((None, None, node), None)
