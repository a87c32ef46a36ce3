"""Identifiers in the one form that is compared, whatever form they are written in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote

_LONGEST: Final = 2_000
_SCHEME: Final = re.compile(r"https?://(?:www\.|sws\.|m\.)?", re.IGNORECASE)
_REGISTERS: Final = (
    (
        re.compile(r"wikidata\.org/(?:entity|wiki|wiki/special:entitydata)/(q[1-9][0-9]*)\b", re.IGNORECASE),
        "wikidata.org/entity/",
    ),
    (re.compile(r"geonames\.org/([1-9][0-9]*)\b", re.IGNORECASE), "geonames.org/"),
)
"""Registers that write one identifier in many ways: what of an IRI is the identifier, and what stands for the rest."""
_CURIE: Final = re.compile(r"([A-Za-z_][\w.-]*)?:([^\s/].*)")
_WIKIDATA: Final = frozenset({"wd", "wdt", "wikidata"})
_GEONAMES: Final = frozenset({"gn", "geonames", "sws"})
_BARE: Final = re.compile(r"q[1-9][0-9]*|[0-9]{4,}", re.IGNORECASE)


def normal(identifier: str) -> str:
    """The form of an IRI or a code that is compared: scheme, www, a last slash, escapes and case say nothing."""
    text = unquote(identifier[:_LONGEST].strip().strip("<>").strip())
    shorter = _SCHEME.sub("", text, count=1)
    if shorter == text:
        return text.casefold()
    for pattern, start in _REGISTERS:
        if found := pattern.match(shorter):
            return start + found[1].casefold()
    return shorter.rstrip("/").casefold()


def forms(identifier: str) -> Iterator[str]:
    """What an identifier of a thing is found by: its own form and, of registers, the identifier alone."""
    own = normal(identifier)
    yield own
    for _, start in _REGISTERS:
        if own.startswith(start):
            yield own.removeprefix(start)


def asked(text: str, base: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    """What a text may mean if it is an identifier: an IRI, an id, a prefixed name, a code.

    Args:
        text: what is asked for.
        base: the IRI that ids are relative to.
        prefixes: namespaces by prefix.
    """
    if len(text) > _LONGEST or not text.strip():
        return
    own = normal(text)
    yield own
    if "/" in text and "://" not in text:
        yield normal(base + text.strip().removeprefix("/").removeprefix("id/"))
    found = _CURIE.fullmatch(text.strip().strip("<>"))
    if not found or "://" in text:
        return
    prefix, local = found[1] or "", found[2]
    if prefix in prefixes:
        yield normal(prefixes[prefix] + local)
    if prefix.casefold() in _WIKIDATA | _GEONAMES and _BARE.fullmatch(local):
        yield local.casefold()
