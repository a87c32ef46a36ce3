"""What a release knows: its classes, properties, datatypes, languages and graphs, as its statistics say."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from mreze.namespaces import PREFIXES
from mreze.release import DEFAULT_GRAPH, OFFERED, Release
from mreze.serve.explanation.asking import Asking, Row

_PARTS: Final = {
    "class": ("void:classPartition", "void:class"),
    "property": ("void:propertyPartition", "void:property"),
    "datatype": ("voidext:datatypePartition", "voidext:datatype"),
    "language": ("voidext:languagePartition", "voidext:language"),
}
_PREFIXES: Final = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in ("sd", "void", "voidext"))
_MOST: Final = 20_000
_GRAPHS: Final = 100
_LONGER, _COMPARED = 3, 2_000
_NEAR, _FAR = 0.75, 0.8
"""How alike names must be: in one namespace, and in two."""


@dataclass(frozen=True)
class Known:
    """What there is."""

    base: str
    prefixes: Mapping[str, str]
    names: Mapping[str, frozenset[str]]
    """By kind (class, property, datatype, language, graph) what there is of it in the default graph."""
    pairs: frozenset[tuple[str, str]]
    """Classes and the properties that their things have."""
    namespaces: frozenset[str] = field(default_factory=frozenset)
    """Those of the classes and properties."""

    @property
    def graphs(self) -> tuple[str, ...]:
        """All graphs, the one without a name first."""
        return ("", *sorted(self.names["graph"])[:_GRAPHS])

    def is_language(self, tag: str) -> bool:
        """Whether there are texts in a language, or in a variety of it."""
        return any(one == tag or one.startswith(tag + "-") for one in self.names["language"])

    def similar(self, iri: str, kind: str) -> str | None:
        """The class or property that may have been meant."""
        namespace, local = split(iri)
        known = sorted(self.names.get(kind, ()))
        same = [one for one in known if split(one)[0] == namespace]
        return (
            _exactly(local, [one for one in known if akin(split(one)[0], namespace)])
            or _exactly(local.lower(), same)
            or _nearly(local, same, _NEAR)
            or _exactly(local, known)
            or _nearly(local, known, _FAR)
        )

    def similar_namespace(self, namespace: str, prefix: str | None) -> str | None:
        """The namespace that may have been meant, one that the release uses."""
        alike = [one for one in sorted(self.namespaces) if akin(one, namespace)]
        bound = self.prefixes.get(prefix or "")
        return next(iter(alike), None) or (bound if bound in self.namespaces and bound != namespace else None)


async def find_known(asking: Asking, release: Release) -> Known:
    """Read the statistics of a release.

    Raises:
        OutOfTime: they could not be read in time.
    """
    base = release.base
    rows = await asking.rows(_inventory(base))
    names = {kind: frozenset(_values(rows, kind)) for kind in (*_PARTS, "graph")}
    pairs = await asking.rows(
        f"{_PREFIXES}SELECT DISTINCT ?class ?property {{ GRAPH <{base}void> {{ "
        f"?part void:class ?class ; void:propertyPartition/void:property ?property }} }} LIMIT {_MOST}"
    )
    return Known(
        base,
        release.prefixes,
        names,
        frozenset((one["class"]["value"], one["property"]["value"]) for one in pairs),
        frozenset(split(one)[0] for one in names["class"] | names["property"]),
    )


def split(iri: str) -> tuple[str, str]:
    """The namespace of a name, up to the last `#` or `/` (`:` in a URN), and its local part."""
    at = max(iri.rfind("#"), iri.rfind("/")) + 1 or iri.rfind(":") + 1
    return iri[:at], iri[at:]


def akin(one: str, other: str) -> bool:
    """Whether two namespaces differ as people confuse them: http and https, www, a slash or a hash at the end."""
    return one != other and _bare(one) == _bare(other)


def _bare(namespace: str) -> str:
    return namespace.partition("://")[2].removeprefix("www.").rstrip("#/").lower()


def _inventory(base: str) -> str:
    unions = [
        f"{{ <{base}{DEFAULT_GRAPH}> {relation} [ {common} ?{kind} ] }}" for kind, (relation, common) in _PARTS.items()
    ]
    unions.append(f"{{ <{base}{OFFERED}> sd:namedGraph ?graph }}")
    return f"{_PREFIXES}SELECT * {{ GRAPH <{base}void> {{ {' UNION '.join(unions)} }} }} LIMIT {_MOST}"


def _values(rows: Iterable[Row], name: str) -> Iterable[str]:
    return (one[name]["value"] for one in rows if name in one)


def _exactly(local: str, known: Iterable[str]) -> str | None:
    return next((one for one in known if split(one)[1] == local or split(one)[1].lower() == local), None)


def _nearly(local: str, known: Iterable[str], cutoff: float) -> str | None:
    by_local = {split(one)[1].lower(): one for one in sorted(known, reverse=True)}
    about = [one for one in by_local if abs(len(one) - len(local)) <= _LONGER]  # comparing all would take too long
    close = difflib.get_close_matches(local.lower(), about[:_COMPARED], n=1, cutoff=cutoff)
    return by_local[close[0]] if close else None
