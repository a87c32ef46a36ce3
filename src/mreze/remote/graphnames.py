"""What the graphs of a release are called at a server that holds several releases.

`<base>releases/<release>/` and then: `default` for the default graph, what a graph of the site is called below the base
(`dataset/things`), or `graph/` and the whole IRI, percent-encoded, of any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

_RELEASES: Final = "releases"
_DEFAULT: Final = "default"
_FOREIGN: Final = "graph/"
_NO_IRI: Final = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
"""What must not stand in an IRI of a query (SPARQL 1.1, IRIREF)."""


@dataclass(frozen=True, slots=True)
class GraphNames:
    """The names of a release's graphs: as they are published, and at the server."""

    base: str
    release: str

    @property
    def root(self) -> str:
        """What the names of all its graphs at the server begin with."""
        return f"{self.base}{_RELEASES}/{self.release}/"

    @property
    def default(self) -> str:
        """The default graph."""
        return self.root + _DEFAULT

    def there(self, name: str) -> str:
        """The name at the server of a graph; of the default graph where the name is empty."""
        if not name:
            return self.default
        local = name.removeprefix(self.base)
        if local == name or not local or _clashes(local):
            return self.root + _FOREIGN + quote(name, safe="")
        return self.root + local

    def here(self, name: str) -> str | None:
        """The published name of a graph at the server, "" for the default graph; None for one of something else."""
        local = name.removeprefix(self.root)
        if local == name:
            return None
        if local == _DEFAULT:
            return ""
        return unquote(local.removeprefix(_FOREIGN)) if local.startswith(_FOREIGN) else self.base + local


def pointer(base: str) -> str:
    """The graph that says which release is served."""
    return base + _RELEASES


def _clashes(local: str) -> bool:
    return local == _DEFAULT or local.startswith(_FOREIGN) or _NO_IRI.search(local) is not None
