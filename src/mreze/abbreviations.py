"""IRIs as prefixed names: which prefix fits, and what is left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

_LOCAL: Final = re.compile(r"[A-Za-z_À-ÖØ-öø-˿Ͱ-ͽͿ-῿0-9](?:[\w·.-]*[\w·-])?")
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
        # Of equal namespaces the first prefix of the alphabet.
        self._prefixes = {iri: prefix for prefix, iri in sorted(prefixes.items(), reverse=True)}
        # No name has a slash or a hash, so most namespaces end with the last one of an IRI; of others the longest wins.
        self._odd = tuple(sorted((one for one in self._prefixes if one[-1:] not in "/#"), key=len, reverse=True))
        self.known = lru_cache(_KEPT)(self.find)
        """The same as `find`, for what comes often."""

    def find(self, iri: str) -> Abbreviation | None:
        """What an IRI is written as; None where no prefix fits."""
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        for space in (*(one for one in self._odd if iri.startswith(one)), iri[:cut]) if self._odd else (iri[:cut],):
            prefix = self._prefixes.get(space)
            if prefix is not None and _LOCAL.fullmatch(iri, len(space)):
                return Abbreviation(f"{prefix}:{iri[len(space) :]}", prefix, space)
        return None

    def are_none(self, space: str) -> bool:
        """Whether none of the IRIs has a name that are this as far as their last slash or hash."""
        return space not in self._prefixes and not any(
            space.startswith(one) or one.startswith(space) for one in self._odd
        )
