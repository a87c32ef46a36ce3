"""IRIs as prefixed names: which prefix fits, and what is left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

_LOCAL: Final = r"[A-Za-z_À-ÖØ-öø-˿Ͱ-ͽͿ-῿0-9](?:[\w·.-]*[\w·-])?"
_KEPT: Final = 1 << 16
"""IRIs that are remembered: those of properties, classes, and of what many things lead to."""


class Abbreviation(NamedTuple):
    """A prefixed name, and the prefix that it needs."""

    name: str
    prefix: str
    namespace: str


class Abbreviations:
    """Knows what IRIs are written as under some prefixes."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        # Longest namespace first, so that a nested namespace wins; of equal ones the first prefix of the alphabet.
        ordered = sorted(((iri, prefix) for prefix, iri in prefixes.items()), key=lambda it: (-len(it[0]), it[1]))
        self._prefixes = dict(reversed(ordered))
        self._pattern = re.compile(f"({'|'.join(re.escape(iri) for iri, _ in ordered)})({_LOCAL})") if ordered else None
        self.known = lru_cache(_KEPT)(self.find)
        """The same as `find`, for what comes often."""

    def find(self, iri: str) -> Abbreviation | None:
        """What an IRI is written as; None where no prefix fits."""
        found = self._pattern.fullmatch(iri) if self._pattern else None
        if found is None:
            return None
        space, local = found.groups()
        prefix = self._prefixes[space]
        return Abbreviation(f"{prefix}:{local}", prefix, space)
