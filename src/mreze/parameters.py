"""Parameters of saved queries: variables of a data block whose values can be given by whoever asks.

    #+ parameter ?year: xsd:integer
    SELECT … { VALUES ?year { 2010 } … }

What stands in the block is what is asked where nobody says otherwise: the file is a whole query, in every engine. A
value that is given takes its place: it is read as a term of the declared type, and the block is written anew from
terms (`datablocks.replace`); nothing that a client sent becomes text of a query. The engine's own substitution is no
choice: it wants the variable among the columns, and its optimizer takes it for unbound, so that `=` compares terms,
BOUND is false and ASK fails (tests/engine/test_parameters.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from mreze.datablocks import DataBlock, Term, data_blocks, resolve, rows, used, write
from mreze.errors import SiteError
from mreze.headers import PARAMETER, Header
from mreze.lexical import WAYS, is_valid
from mreze.namespaces import PREFIXES
from mreze.texts import Text

IRI: Final = "iri"
LANG_STRING: Final = PREFIXES["rdf"] + "langString"
RESERVED: Final = frozenset({"lang", "release"})
"""Parameters that every page has."""
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_REQUIRED: Final = "required"
_TYPES: Final = {
    f"{prefix}:{one.removeprefix(PREFIXES[prefix])}": one
    for one in WAYS
    for prefix in ("xsd", "rdf")
    if one.startswith(PREFIXES[prefix])
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a query."""

    name: str
    """Of its variable."""
    type: str
    """As the header has it: `xsd:integer`, `iri org:Organization`, `rdf:langString sr-cyrl`."""
    datatype: str | None
    """Of its values; None where they are IRIs."""
    language: str | None
    """Of its values, where they are texts in a language."""
    range: str | None
    """Class of which its values are, where it says one."""
    required: bool
    """Whether a value must be given: then what stands in the block is an example."""
    values: tuple[Term, ...]
    """What stands in the block; nothing where any value will do."""
    label: Text
    line: int

    def literal(self, value: str) -> ox.Literal:
        """A value, which is no IRI, as a term.

        Raises:
            ValueError: it is none of the datatype.
        """
        if self.language:
            return ox.Literal(value, language=self.language)
        datatype = self.datatype or ""
        if datatype != _TYPES["xsd:string"]:
            value = value.strip()
        if not is_valid(value, datatype):
            raise ValueError(value)
        return ox.Literal(value, datatype=ox.NamedNode(datatype))

    def accepts(self, term: Term) -> bool:
        """Whether a term is of its type."""
        if self.datatype is None or isinstance(term, ox.NamedNode):
            return self.datatype is None and isinstance(term, ox.NamedNode)
        same = term.datatype.value == self.datatype and (term.language or None) == self.language
        return same and is_valid(term.value, self.datatype)


def read_parameters(query: str, headers: Sequence[Header], path: Path) -> tuple[Parameter, ...]:
    """The parameters that the header of a query declares, in its order.

    Raises:
        SiteError: a declaration is wrong, or does not fit the query.
    """
    declared = [one for one in headers if one.key == PARAMETER]
    typed = {one.variable for one in declared if one.language is None}
    for one in declared:
        if one.variable not in typed:
            raise _error(one, path, "has no type", f"Add `#+ parameter ?{one.variable}: xsd:string`, or what it is.")
    reader = _Reader(query, path)
    return tuple(reader.read(one, declared) for one in declared if one.language is None)


class _Reader:
    """Reads the parameters of one query."""

    def __init__(self, query: str, path: Path) -> None:
        self.query = query
        self.path = path
        self.blocks = data_blocks(query)
        self.used = used(query)

    def read(self, header: Header, declared: Sequence[Header]) -> Parameter:
        name = header.variable or ""
        if not _NAME.match(name) or name in RESERVED:
            raise _error(header, self.path, "cannot be called so", "Choose a name of ASCII letters that is not `lang`.")
        kind, *rest = header.value.split() or [""]
        required = bool(rest) and rest[-1] == _REQUIRED
        argument = " ".join(rest[:-1] if required else rest)
        datatype, language, kinds = self._type(header, kind, argument)
        written = f"{kind} {argument}".rstrip()
        label = {one.language: one.value for one in declared if one.variable == name and one.language}
        found = Parameter(name, written, datatype, language, kinds, required, (), label, header.line)
        return self._with_values(header, found, [one.variable or "" for one in declared])

    def _type(self, header: Header, kind: str, argument: str) -> tuple[str | None, str | None, str | None]:
        """Datatype, language and class."""
        if kind == IRI:
            range_ = resolve(self.query, argument) if argument else None
            if argument and range_ is None:
                raise _error(header, self.path, f"is of {argument!r}, which is no class", "Write `iri prefix:Class`.")
            return None, None, range_.value if range_ else None
        datatype = _TYPES.get(kind)
        if datatype is None or (argument and datatype != LANG_STRING):
            raise _error(
                header, self.path, f"has the type {header.value!r}, which is unknown",
                f"Types are {IRI}, {IRI} CLASS, {', '.join(sorted(_TYPES))} TAG; `required` may follow.",
            )  # fmt: skip
        if datatype != LANG_STRING:
            return datatype, None, None
        try:
            return datatype, ox.Literal("", language=argument).language, None
        except ValueError as error:
            remedy = "Write `rdf:langString sr-cyrl`."
            raise _error(header, self.path, f"is in {argument!r}, which is no language tag", remedy) from error

    def _with_values(self, header: Header, found: Parameter, declared: Sequence[str]) -> Parameter:
        name = found.name
        blocks = [one for one in self.blocks if name in one.names]
        if not blocks:
            raise _error(
                header, self.path, "stands in no data block of the query",
                f"Write `VALUES ?{name} {{ … }}` with its default, or with UNDEF where any value will do.",
            )  # fmt: skip
        if name not in self.used:
            raise _error(
                header, self.path, "is no variable of the query outside of its data block", "Use it, or drop it."
            )
        if self.used[name]:
            raise _error(header, self.path, "is assigned by the query itself (AS)", "Give one of the two another name.")
        columns = [self._column(header, one, name, declared) for one in blocks]
        if any(one != columns[0] for one in columns):
            raise _error(header, self.path, "has another default in another data block", "Write the same in each.")
        values = tuple(one for one in columns[0] if one is not None)
        for one in values:
            if not found.accepts(one):
                remedy = "Write one with its datatype, or declare the type that it has."
                raise _error(header, self.path, f"is {found.type}, but its default {write(one)} is not", remedy)
        return replace(found, values=values)

    def _column(self, header: Header, block: DataBlock, name: str, declared: Sequence[str]) -> list[Term | None]:
        """What stands for one variable in a block that can be written anew."""
        strange = [one for one in block.names if one not in declared]
        if strange:
            remedy = f"Declare ?{strange[0]} too, or give ?{name} a block of its own."
            raise _error(header, self.path, f"shares a data block with ?{strange[0]}", remedy)
        try:
            found = rows(self.query, block)
        except SyntaxError as error:
            raise _error(
                header, self.path, f"has a data block that is not understood: {error.msg}", "Mend it."
            ) from error
        if not found or (len(found) > 1 and len(block.names) > 1):
            raise _error(header, self.path, f"has a data block of {len(found)} rows", "Give the block one row.")
        return [row[block.names.index(name)] for row in found]


def _error(header: Header, path: Path, message: str, remedy: str) -> SiteError:
    return SiteError(f"the parameter ?{header.variable} {message}.", path=path, line=header.line, remedy=remedy)
