"""Prefixed names of IRIs as N-Triples writes these."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from mreze.abbreviations import Abbreviations

_KEPT: Final = 1 << 16


class Names:
    """Writes names, and remembers which prefixes they used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._abbreviations = Abbreviations(prefixes)
        self.used: dict[str, str] = {}
        self.known = lru_cache(_KEPT)(self.name)
        """The same as `name`, for what comes often."""

    def name(self, iri: str) -> str | None:
        """The prefixed name of an IRI, or None where no prefix fits.

        Args:
            iri: as N-Triples writes it, with or without the `>` that ends it.
        """
        found = self._abbreviations.find(iri[1:].removesuffix(">"))
        if found is None:
            return None
        self.used[found.prefix] = found.namespace
        return found.name
