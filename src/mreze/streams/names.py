"""IRIs as prefixed names, as `mreze.turtle` writes them, for statements that are text already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_LOCAL: Final = r"([A-Za-z_À-ÖØ-öø-˿Ͱ-ͽͿ-῿0-9](?:[\w·.-]*[\w·-])?)>?\Z"
_KEPT: Final = 1 << 16
"""Names that are remembered: those of properties, classes, and of what many things lead to."""


class Names:
    """Writes names, and remembers which prefixes they used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        # Longest namespace first, so that a nested namespace wins; of equal ones the first prefix of the alphabet.
        ordered = sorted(((iri, prefix) for prefix, iri in prefixes.items()), key=lambda it: (-len(it[0]), it[1]))
        self._prefixes = dict(reversed(ordered))
        spaces = "|".join(re.escape(iri) for iri, _ in ordered)
        self._pattern = re.compile(f"<({spaces}){_LOCAL}") if ordered else None
        self.used: dict[str, str] = {}
        self.known = lru_cache(_KEPT)(self.name)
        """The same as `name`, for what comes often."""

    def name(self, iri: str) -> str | None:
        """The prefixed name of an IRI, or None where no prefix fits.

        Args:
            iri: as N-Triples writes it, with or without the `>` that ends it.
        """
        found = self._pattern.match(iri) if self._pattern else None
        if found is None:
            return None
        space, local = found.groups()
        prefix = self._prefixes[space]
        self.used[prefix] = space
        return f"{prefix}:{local}"
