"""What an authority's endpoint is asked, in SPARQL 1.1 without anybody's extensions.

Blazegraph (Wikidata), Virtuoso (the EU's) and Oxigraph evaluate all of it: data blocks of what is looked for, and a
few patterns that begin with it. Only `within` has no such beginning: it reads all things of a country and a type, and
is asked last, of few.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode

from mreze.gather.authorities import Authority, Role
from mreze.gather.model import Point, Variables

FOUND: Final = Variables(things=("item",), terms=("value",))
"""What the answers to `named` and `having` have."""
NEAR: Final = Variables(things=("item",), terms=("latitude", "longitude"))
"""What those to `within` have."""
SAID: Final = Variables(things=("item", "property"), terms=("value",))
"""What those to `described` and `called` have."""
KINDS: Final = Variables(things=("item", "kind"))
"""What those to `narrower` have."""
_XSD: Final = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
_DEGREE: Final = 111.0
"""Kilometres."""
MOST_WITHIN: Final = 500
"""So many things at most are taken from the places of one question."""


def literal(text: str, tag: str = "") -> str:
    """A literal; the tag is written as it is given, since some stores compare it so."""
    return f"{Literal(text)}@{tag}" if tag else str(Literal(text))


def iri(text: str) -> str | None:
    """An IRI; None where the text is none."""
    try:
        return str(NamedNode(text))
    except ValueError:
        return None


def _block(variable: str, terms: Iterable[str | None]) -> str:
    return f"VALUES ?{variable} {{ {' '.join(one for one in terms if one)} }}"


def _either(authority: Authority, *roles: Role) -> str:
    return "|".join(f"<{one}>" for one in authority.properties(*roles))


def named(authority: Authority, names: Sequence[tuple[str, str]]) -> str:
    """What is called so: ?item and ?value, the name.

    Args:
        authority: whose endpoint it is.
        names: each with its tag.
    """
    path = _either(authority, Role.NAME, Role.OTHER_NAME)
    block = _block("value", (literal(*one) for one in names))
    return f"SELECT DISTINCT ?item ?value WHERE {{\n  {block}\n  ?item {path} ?value .\n}}"


def having(authority: Authority, role: Role, values: Iterable[str | None]) -> str:
    """What has one of these values, terms of SPARQL, for a role: ?item and ?value."""
    path = _either(authority, role)
    return f"SELECT DISTINCT ?item ?value WHERE {{\n  {_block('value', values)}\n  ?item {path} ?value .\n}}"


def within(authority: Authority, places: Sequence[tuple[Point, str]], types: Sequence[str], kilometres: float) -> str:
    """What lies near: ?item, ?latitude, ?longitude.

    Args:
        authority: whose endpoint it is.
        places: a point, and its country as the authority writes it, a term of SPARQL.
        types: IRIs; any if empty.
        kilometres: half of the side of the square in which is looked.
    """
    rows = " ".join(f"({' '.join(_square(point, kilometres))} {country})" for point, country in places)
    typed = ""
    if types and (path := _either(authority, Role.TYPE)):
        typed = f"  {_block('type', map(iri, types))}\n  ?item {path} ?type .\n"
    return (
        f"{_XSD}SELECT DISTINCT ?item ?latitude ?longitude WHERE {{\n"
        f"  VALUES (?south ?north ?west ?east ?country) {{ {rows} }}\n"
        f"{typed}  ?item {_either(authority, Role.COUNTRY)} ?country .\n{_position(authority)}"
        "  FILTER (?latitude >= ?south && ?latitude <= ?north && ?longitude >= ?west && ?longitude <= ?east)\n"
        f"}} LIMIT {MOST_WITHIN}"
    )


def _position(authority: Authority) -> str:
    if path := _either(authority, Role.POINT):
        # On another body than the Earth, Wikidata names that before the point.
        return (
            f"  ?item {path} ?point .\n"
            '  FILTER (STRSTARTS(LCASE(STR(?point)), "point("))\n'
            '  BIND (STRAFTER(LCASE(STR(?point)), "point(") AS ?pair)\n'
            '  BIND (xsd:double(STRBEFORE(?pair, " ")) AS ?longitude)\n'
            '  BIND (xsd:double(STRBEFORE(STRAFTER(?pair, " "), ")")) AS ?latitude)\n'
        )
    north, east = _either(authority, Role.LATITUDE), _either(authority, Role.LONGITUDE)
    return (
        f"  ?item {north} ?north_south ; {east} ?east_west .\n"
        "  BIND (xsd:double(STR(?north_south)) AS ?latitude)\n  BIND (xsd:double(STR(?east_west)) AS ?longitude)\n"
    )


def _square(point: Point, kilometres: float) -> list[str]:
    high = kilometres / _DEGREE
    wide = high / max(math.cos(math.radians(point.latitude)), 0.01)
    edges = (point.latitude - high, point.latitude + high, point.longitude - wide, point.longitude + wide)
    return [f"{one:.4f}" for one in edges]


def described(authority: Authority, items: Iterable[str], languages: Sequence[str]) -> str:
    """What is said of items: ?item, ?property, ?value.

    Args:
        authority: whose endpoint it is.
        items: IRIs.
        languages: tags in lower case; texts in others are left out.
    """
    tags = ", ".join(literal(one) for one in languages)
    return (
        "SELECT ?item ?property ?value WHERE {\n"
        f"  {_block('item', map(iri, items))}\n  {_block('property', map(iri, authority.roles))}\n"
        "  ?item ?property ?value .\n"
        f"  FILTER (!isLiteral(?value) || LCASE(LANG(?value)) IN ({tags}))\n}}"
    )


def narrower(authority: Authority, types: Iterable[str], kinds: Iterable[str]) -> str:
    """Which types are or lie under which kinds: ?item, the type, and ?kind.

    The kinds are a filter, since a store that begins with them reads all that lies under them.
    """
    wanted = ", ".join(one for one in map(iri, kinds) if one)
    return (
        "SELECT DISTINCT ?item ?kind WHERE {\n"
        f"  {_block('item', map(iri, types))}\n"
        f"  ?item <{authority.subclass}>* ?kind .\n  FILTER (?kind IN ({wanted}))\n}}"
    )


def called(authority: Authority, items: Iterable[str], languages: Sequence[str]) -> str:
    """What things that items refer to are called, and the codes of countries: ?item, ?property, ?value."""
    properties = [*authority.properties(Role.NAME), authority.code_of_country]
    tags = ", ".join(literal(one) for one in languages)
    return (
        "SELECT ?item ?property ?value WHERE {\n"
        f"  {_block('item', map(iri, items))}\n  {_block('property', (iri(one) for one in properties if one))}\n"
        "  ?item ?property ?value .\n"
        f"  FILTER (LCASE(LANG(?value)) IN ({tags}))\n}}"
    )
