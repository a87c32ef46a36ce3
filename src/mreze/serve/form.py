"""The form in which people give values to the parameters of a saved query."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from mreze.datablocks import Term
from mreze.lexical import WAYS
from mreze.namespaces import PREFIXES
from mreze.parameters import Parameter
from mreze.queries import SavedQuery
from mreze.release import Release
from mreze.serve.arguments import EXAMPLE, IRI_WAY
from mreze.serve.pages import Reader, interface_text
from mreze.serve.service import Service
from mreze.serve.view import Viewer
from mreze.texts import pick

MOST: Final = 200
"""How many things of a class can be chosen from; of more, the address is written."""
_XSD: Final = PREFIXES["xsd"]
_INPUTS: Final = {
    _XSD + "integer": "number",
    _XSD + "nonNegativeInteger": "number",
    _XSD + "positiveInteger": "number",
    _XSD + "date": "date",
    _XSD + "anyURI": "url",
}
"""Types of input elements that offer exactly what a datatype allows; the others are texts."""
_TAKEN: Final = {"number": re.compile(r"(-?[0-9]+)?\Z"), "date": re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?\Z")}
"""What such elements take; anything else they would not even show."""
_LOCAL: Final = re.compile(r"[A-Za-z][\w-]*\Z", re.ASCII)
_LEAST: Final = {_XSD + "nonNegativeInteger": "0", _XSD + "positiveInteger": "1"}


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values to choose from."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of a form."""

    name: str
    label: str
    hint: str
    """How a value is written, and what is asked without one; nothing where there are options."""
    input: str
    """Type of the input element."""
    value: str
    options: tuple[Option, ...]
    """To choose from; nothing where the value is written."""
    required: bool
    least: str | None
    language: str | None


def fields(service: Service, reader: Reader, query: SavedQuery, sent: Mapping[str, str]) -> list[Field]:
    """The fields of a query's form, filled with what was sent, else with the default."""
    return [_field(service, reader, one, sent.get(one.name)) for one in query.parameters]


def _field(service: Service, reader: Reader, parameter: Parameter, sent: str | None) -> Field:
    written = [shown(one, service.release) for one in parameter.values]
    default = written[0] if len(written) == 1 and not parameter.required else ""
    value = default if sent is None else sent
    datatype = parameter.datatype or ""
    options = tuple(_options(service, reader, parameter, value, written))
    element = _input(datatype, value)
    return Field(
        parameter.name,
        pick(parameter.label, reader.language) or parameter.name,
        "" if options else _hint(reader, parameter, written),
        element,
        value,
        options,
        parameter.required,
        _LEAST.get(datatype) if element == "number" else None,
        parameter.language,
    )


def _input(datatype: str, value: str) -> str:
    """The type of the element; a plain one for a value that is wrong, so that it can be seen and mended."""
    found = _INPUTS.get(datatype, "text")
    return found if found not in _TAKEN or _TAKEN[found].match(value) else "text"


def shown(term: Term, release: Release) -> str:
    """A value as it is given in an address: a thing of the site by its path, a term by its prefixed name."""
    if not isinstance(term, ox.NamedNode):
        return term.value
    things = release.base + "id/"
    if term.value.startswith(things):
        return term.value.removeprefix(things)
    for prefix, namespace in release.prefixes.items():
        local = term.value.removeprefix(namespace)
        if local != term.value and _LOCAL.match(local):
            return f"{prefix}:{local}"
    return term.value


def _hint(reader: Reader, parameter: Parameter, written: list[str]) -> str:
    if parameter.datatype is None:
        told = interface_text(reader, IRI_WAY, example=EXAMPLE)
    else:
        told = interface_text(reader, WAYS[parameter.datatype])
    values = ", ".join(written)
    if parameter.required:
        return told + (interface_text(reader, "; for example: {values}", values=values) if values else "")
    return told + interface_text(reader, "; without one: {values}", values=values or interface_text(reader, "any"))


def _options(
    service: Service, reader: Reader, parameter: Parameter, value: str, written: list[str]
) -> Iterator[Option]:
    found = list(_choices(service, reader, parameter))
    if not found:
        return
    if parameter.required:
        yield Option("", "")
    elif len(written) != 1:
        yield Option("", ", ".join(written) or interface_text(reader, "any"))
    if value and value not in {one.value for one in found}:
        yield Option(value, value)
    yield from found


def _choices(service: Service, reader: Reader, parameter: Parameter) -> list[Option]:
    if parameter.datatype == _XSD + "boolean":
        return [Option("true", interface_text(reader, "Yes")), Option("false", interface_text(reader, "No"))]
    things = service.store.instances(parameter.range) if parameter.range else []
    if len(things) > MOST:
        return []
    viewer = Viewer(
        (), service.store.labels(things), base=service.release.base, language=reader.language, root=reader.request.root
    )
    found = [Option(shown(one, service.release), viewer.label(one.value).text) for one in things]
    return sorted(found, key=lambda one: one.text.casefold())
