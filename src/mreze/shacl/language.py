"""How much of SHACL shapes use: what any engine follows, what only the reference is trusted with, what none follows.

Both engines follow SHACL Core alike, as tests/engine/shacl/ shows. Comparing is where they part: SPARQL, by whose `<`
https://www.w3.org/TR/shacl/#core-components-range goes, cannot compare two values of xsd:gYear; rdflib, and so pySHACL,
compares them by date.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, Triple

from mreze.namespaces import PREFIXES, term

_SHACL: Final = PREFIXES["sh"]
_CORE: Final = frozenset(
    term(f"sh:{name}")
    for name in (
        "alternativePath", "and", "class", "closed", "datatype", "deactivated", "declare", "defaultValue",
        "description", "disjoint", "equals", "flags", "group", "hasValue", "ignoredProperties", "in",
        "inversePath", "languageIn", "lessThan", "lessThanOrEquals", "maxCount", "maxExclusive", "maxInclusive",
        "maxLength", "message", "minCount", "minExclusive", "minInclusive", "minLength", "name", "namespace", "node",
        "nodeKind", "not", "oneOrMorePath", "or", "order", "path", "pattern", "prefix", "prefixes", "property",
        "qualifiedMaxCount", "qualifiedMinCount", "qualifiedValueShape", "qualifiedValueShapesDisjoint", "severity",
        "shapesGraph", "suggestedShapesGraph", "targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf",
        "uniqueLang", "xone", "zeroOrMorePath", "zeroOrOnePath",
    )
)  # fmt: skip
"""Properties of https://www.w3.org/TR/shacl/#core."""
_SPARQL: Final = frozenset(
    term(f"sh:{name}")
    for name in (
        "ask", "labelTemplate", "nodeValidator", "optional", "parameter", "propertyValidator", "select", "sparql",
        "validator",
    )
)  # fmt: skip
"""Properties of https://www.w3.org/TR/shacl/#sparql-constraints and of components of one's own."""
_KNOWN: Final = _CORE | _SPARQL
_ADVANCED: Final = frozenset({term("sh:expression"), term("sh:js"), term("sh:rule"), term("sh:target")})
"""Of https://www.w3.org/TR/shacl-af/ and https://www.w3.org/TR/shacl-js/ what would demand something."""
_ORDERING: Final = frozenset({term("sh:lessThan"), term("sh:lessThanOrEquals")})
_RANGES: Final = frozenset(
    term(f"sh:{name}") for name in ("maxExclusive", "maxInclusive", "minExclusive", "minInclusive")
)
_COMPARED_ALIKE: Final = frozenset(
    term(f"xsd:{name}") for name in ("date", "dateTime", "decimal", "double", "float", "int", "integer", "long")
)


def of_reference(shapes: Iterable[Triple]) -> list[Triple]:
    """The statements that only the reference is trusted with: SPARQL, and values that engines order differently."""
    return [one for one in shapes if one.predicate in _SPARQL | _ORDERING or _orders_others(one)]


def unfollowed(shapes: Iterable[Triple]) -> list[Triple]:
    """The statements that demand what no engine looks at: rules, JavaScript, expressions, targets found by a query."""
    return [one for one in shapes if one.predicate in _ADVANCED]


def followed(shapes: Iterable[Triple]) -> list[Triple]:
    """The statements that the reference follows; the fast engine knows some of SHACL 1.2 besides."""
    return [one for one in shapes if one.predicate in _KNOWN or not one.predicate.value.startswith(_SHACL)]


def _orders_others(one: Triple) -> bool:
    limit = one.object
    return one.predicate in _RANGES and not (isinstance(limit, Literal) and limit.datatype in _COMPARED_ALIKE)
