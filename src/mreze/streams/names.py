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
        self._known = lru_cache(_KEPT)(self.name)

    def known(self, iri: str) -> str | None:
        """The same as `name`, for what comes often."""
        return self._known(iri)

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


class LocalNames(Names):
    """Names in a document in which some IRIs are relative; `used` may be emptied, and has what was asked for since."""

    def __init__(self, prefixes: Mapping[str, str], relative: Mapping[str, str], end: str) -> None:
        """Know the names.

        Args:
            prefixes: the prefixes that may be used.
            relative: what stands in place of the beginnings of IRIs.
            end: what follows such an IRI.
        """
        super().__init__(prefixes)
        self._relative, self._end = relative, end

    def name(self, iri: str) -> str | None:
        """The prefixed name of an IRI, or what it is relative to the document; None where neither is possible."""
        name, prefix, namespace = self.found(iri)
        if prefix is not None:
            self.used[prefix] = namespace
        return name

    def known(self, iri: str) -> str | None:
        """The same as `name`."""
        return self.name(iri)

    def found(self, iri: str) -> tuple[str | None, str | None, str]:
        """What `name` says, and the prefix and the namespace that it needs."""
        own = iri[1:].removesuffix(">")
        for beginning, instead in self._relative.items():
            if own.startswith(beginning):
                return f"{instead}{own.removeprefix(beginning)}{self._end}", None, ""
        found = self._abbreviations.find(own)
        return (None, None, "") if found is None else (found.name, found.prefix, found.namespace)
