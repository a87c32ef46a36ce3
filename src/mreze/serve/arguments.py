"""The values that a request gives to the parameters of a saved query."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import parse_qsl

import pyoxigraph as ox

from mreze.datablocks import Term
from mreze.errors import BadRequest
from mreze.lexical import WAYS
from mreze.namespaces import RDF_TYPE
from mreze.parameters import RESERVED, Parameter
from mreze.release import Release
from mreze.serve.documents import find
from mreze.serve.exchange import Request
from mreze.serve.store import Store

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|(?:urn|tag|mailto|info|did|data|tel):", re.IGNORECASE)
IRI_WAY: Final = "an IRI, a prefixed name, or a path of this site such as {example}"
EXAMPLE: Final = "kind/name"
_MOST: Final = 100
_LONGEST: Final = 200


def given(parameters: Sequence[Parameter], request: Request) -> dict[str, str]:
    """The values as they were sent; what is empty counts as not sent, because forms send every field.

    Raises:
        BadRequest: a name is unknown, or comes twice.
    """
    known = {one.name for one in parameters}
    found: dict[str, str] = {}
    for name, value in _pairs(request):
        if name in known and name in found:
            raise BadRequest(f"The parameter {name} comes twice. Give it once.")
        if name not in known | RESERVED:
            there = [*(f"{one.name} ({one.type})" for one in parameters), *sorted(RESERVED)]
            raise BadRequest(f"There is no parameter {name!r} here. There are: {', '.join(there)}.")
        if name in known:
            found[name] = value
    return found


def missing(parameters: Sequence[Parameter], sent: Mapping[str, str]) -> list[Parameter]:
    """Those that must be given and are not."""
    return [one for one in parameters if one.required and one.name not in sent]


def read_values(
    parameters: Sequence[Parameter], sent: Mapping[str, str], store: Store, release: Release
) -> dict[str, Term]:
    """The values as terms of the declared types.

    Raises:
        BadRequest: one is missing, or is not of its type.
    """
    for one in missing(parameters, sent):
        raise BadRequest(f"The parameter {one.name} ({one.type}) is missing. Give it {way(one)}.")
    return {one.name: _value(one, sent[one.name], store, release) for one in parameters if one.name in sent}


def way(parameter: Parameter) -> str:
    """How a value of the parameter is written, in English."""
    if parameter.datatype is None:
        return IRI_WAY.format(example=EXAMPLE) + (f", of the class <{parameter.range}>" if parameter.range else "")
    return WAYS[parameter.datatype]


def _pairs(request: Request) -> list[tuple[str, str]]:
    try:
        return parse_qsl(request.query_string, errors="strict", max_num_fields=_MOST)
    except ValueError as error:
        raise BadRequest(f"The parameters cannot be read: {error}") from error


def _value(parameter: Parameter, value: str, store: Store, release: Release) -> Term:
    told = f"The parameter {parameter.name} ({parameter.type}) cannot be {value[:_LONGEST]!r}"
    try:
        if parameter.datatype is not None:
            return parameter.literal(value)
        found = ox.NamedNode(_iri(value.strip(), store, release))
    except ValueError as error:
        why = "" if str(error) == value else f": {error}"
        raise BadRequest(f"{told}{why}. Give it {way(parameter)}.") from error
    kind = parameter.range
    if kind and ox.Triple(found, RDF_TYPE, ox.NamedNode(kind)) not in store.outgoing([found]):
        raise BadRequest(f"{told}: nothing of that class is called {found} here. Give it {way(parameter)}.")
    return found


def _iri(value: str, store: Store, release: Release) -> str:
    """The IRI that a value means.

    Raises:
        ValueError: it means none.
    """
    if value.startswith("<") and value.endswith(">"):
        value = value[1:-1]
    prefix, colon, local = value.partition(":")
    if colon and prefix in release.prefixes and not local.startswith("//"):
        return release.prefixes[prefix] + local
    things = release.base + "id/"
    if _SCHEME.match(value) and not value.startswith(things):
        return value
    path, sharp, fragment = value.removeprefix(things).removeprefix("/").removeprefix("id/").partition("#")
    topic = find(store, release, path)
    if topic is not None:
        return topic.thing + sharp + fragment
    if value.startswith(things):
        return value
    raise ValueError(f"there is no prefix {prefix}: here" if colon else f"nothing here is called {things}{path}")
