"""Identifiers in the one form that is compared, whatever form they are written in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote

PROPERTIES: Final = (
    "skos:notation", "owl:sameAs", "schema:sameAs", "skos:exactMatch", "dct:identifier", "schema:identifier",
    "dc:identifier", "adms:identifier",
)  # fmt: skip
"""Whose values identify a thing: what it is the same as, and its codes."""
_LONGEST: Final = 2_000
_SCHEMES: Final = ("https://", "http://")
_HOSTS: Final = ("www.", "sws.", "m.")
_REGISTERS: Final = (
    ("wikidata.org/", re.compile(r"wikidata\.org/(?:entity|wiki(?:/special:entitydata)?)/(q[1-9][0-9]*)\b"), "entity/"),
    ("geonames.org/", re.compile(r"geonames\.org/([1-9][0-9]*)\b"), ""),
)
"""Registers that write one identifier in many ways: the host, where the identifier is, and what stands before it."""
_REGISTERED: Final = tuple(host for host, _, _ in _REGISTERS)
_CURIE: Final = re.compile(r"([A-Za-z_][\w.-]*)?:([^\s/].*)")
_WIKIDATA: Final = frozenset({"wd", "wdt", "wikidata"})
_GEONAMES: Final = frozenset({"gn", "geonames", "sws"})
_BARE: Final = re.compile(r"q[1-9][0-9]*|[0-9]{4,}", re.IGNORECASE)


def normal(identifier: str) -> str:
    """The form of an IRI or a code that is compared: scheme, www, a last slash, escapes and case say nothing."""
    text = identifier[:_LONGEST]
    text = text if text.isascii() else text.encode("utf-8", "ignore").decode()
    text = text.strip().strip("<>").strip()
    text = (unquote(text) if "%" in text else text).casefold()
    if not text.startswith(_SCHEMES):
        return text
    text = text.partition("//")[2].rstrip("/")
    if text.startswith(_HOSTS):
        for host in _HOSTS:
            text = text.removeprefix(host)
    if text.startswith(_REGISTERED):
        for host, pattern, before in _REGISTERS:
            if text.startswith(host) and (found := pattern.match(text)):
                return host + before + found[1]
    return text


def forms(identifier: str) -> tuple[str, ...]:
    """What an identifier of a thing is found by: its own form and, of registers, the identifier alone."""
    own = normal(identifier)
    if own.startswith(_REGISTERED):
        for host, pattern, _ in _REGISTERS:
            if own.startswith(host) and (found := pattern.match(own)):
                return own, found[1]
    return (own,)


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
