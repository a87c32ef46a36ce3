"""A query as the server that has the data is asked: with the graphs by their names there, and not knowing of others.

`GRAPH <iri>` names the graph there. `GRAPH ?g { … }` becomes `GRAPH ?there { VALUES (?g ?there) { … } … }`: so the
client's variable has the name that the client knows wherever the query uses it, and in the answer.
FROM and FROM NAMED are left out: what the query runs over goes with it (SPARQL 1.1 Protocol, 2.1.4). `*` becomes the
variables that it stands for, in one order whichever server answers. GRAPH with a variable around a subquery is refused:
Oxigraph leaves the variable without a value, and Virtuoso takes what stands in any graph that it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from mreze.serve import lexer
from mreze.serve.backend.names import NOTHING, Names
from mreze.serve.dataset import DatasetClause, read_dataset
from mreze.serve.prologue import SPACE, Prologue, read_prologue

_GRAPH: Final = re.compile(r"GRAPH\Z", re.IGNORECASE)
_FROM: Final = re.compile(r"FROM(?:NAMED)?\Z", re.IGNORECASE)
_STAR: Final = re.compile(rf"{SPACE}(?:DISTINCT|REDUCED)?{SPACE}()\*", re.IGNORECASE)
_LIMIT: Final = re.compile(r"LIMIT\Z", re.IGNORECASE)
_OFFSET: Final = re.compile(r"OFFSET\Z", re.IGNORECASE)
_SELECTS: Final = re.compile(r"(?:SELECT|DESCRIBE)\Z", re.IGNORECASE)
_IRI: Final = frozenset({"iri", "prefixed"})
_HELPER: Final = "there"
_ABSOLUTE: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:(?!\.)[^\\]*>\Z")
_SUBQUERY: Final = (
    "GRAPH with a variable cannot have a subquery in it here, as servers take its statements from other graphs too. "
    "Write the GRAPH into the subquery, and name its variable in the SELECT"
)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What is sent."""

    text: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


@dataclass(slots=True)
class _Edits:
    """Places of a text, and what stands there instead."""

    query: str
    made: list[tuple[int, int, str]] = field(default_factory=list)

    def put(self, start: int, end: int, text: str) -> None:
        self.made.append((start, end, text))

    def applied(self) -> str:
        parts, at = [], 0
        for start, end, text in sorted(self.made):
            parts += [self.query[at:start], text]
            at = end
        return "".join([*parts, self.query[at:]])


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    start: int
    end: int
    text: str


def rewrite(query: str, base: str, asked: DatasetClause, names: Names, limit: str = "") -> Rewritten:
    """Put a query into the words of the server that has the data.

    Args:
        query: one that the engine here can read.
        base: its relative IRIs are resolved against this.
        asked: the graphs that the request names; they go before those that the query names.
        names: of the graphs.
        limit: the LIMIT that an OFFSET without one gets.

    Raises:
        ValueError: no server that is known does with it as it should.
    """
    clause = asked if asked.default or asked.named else read_dataset(query, base)
    default, named = _dataset(clause, names)
    prologue = read_prologue(query, base)
    found = [_Token(kind, start, end, query[start:end]) for kind, start, end in lexer.places(query, prologue.end)]
    edits = _Edits(query)
    _drop_clauses(found, edits, template=lexer.form(query) == "CONSTRUCT")
    _name_graphs(found, edits, prologue, _seen(clause, names))
    _name_variables(found, edits, base)
    _limit_offsets(found, edits, limit)
    _spell_out(found, edits, prologue)
    return Rewritten(edits.applied(), default, named)


def _spell_out(found: list[_Token], edits: _Edits, prologue: Prologue) -> None:
    """Write relative IRIs in full, and the prologue anew: a second BASE is more than Virtuoso reads."""
    declared = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prologue.prefixes.items())
    edits.put(0, prologue.end, declared)
    changed = [(start, end) for start, end, _ in edits.made]
    for one in found:
        done = any(start <= one.start < end for start, end in changed)
        if one.kind == "iri" and not done and not _ABSOLUTE.match(one.text):
            edits.put(one.start, one.end, f"<{prologue.iri(one.text) or NOTHING}>")


def _limit_offsets(found: list[_Token], edits: _Edits, limit: str) -> None:
    """Give each OFFSET the limit beside which no LIMIT stands."""
    for at, one in enumerate(found):
        beside = [other for other in (*found[max(0, at - 1) : at], *found[at + 1 : at + 2]) if other.kind == "word"]
        if limit and one.kind == "word" and _OFFSET.match(one.text) and not any(_LIMIT.match(b.text) for b in beside):
            edits.put(one.start, one.start, f"{limit} ")


def _dataset(clause: DatasetClause, names: Names) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The graphs that a query runs over, there; never none, as that would mean all that there are."""
    if not (clause.default or clause.named):
        return (names.default,), names.named
    default = tuple(dict.fromkeys(map(names.of, clause.default)))
    return default or (NOTHING,), tuple(dict.fromkeys((*map(names.of, clause.named), NOTHING)))


def _seen(clause: DatasetClause, names: Names) -> Names:
    """The named graphs that the query can see."""
    if not (clause.default or clause.named):
        return names
    return Names(names.default, {one: names.there[one] for one in dict.fromkeys(clause.named) if one in names.there})


def _drop_clauses(found: list[_Token], edits: _Edits, *, template: bool) -> None:
    """Leave out FROM and FROM NAMED; they stand before the pattern."""
    start: int | None = None
    for one in found:
        if one.kind == "open" and not template:
            return
        if one.kind == "close":
            template = False
        elif one.kind == "word" and (match := _FROM.search(one.text)):
            start = one.start + match.start()
        elif one.kind in _IRI and start is not None:
            edits.put(start, one.end, " ")
            start = None


def _name_graphs(found: list[_Token], edits: _Edits, prologue: Prologue, names: Names) -> None:
    """Name the graphs as they are called there."""
    for at, one in enumerate(found[:-1]):
        if one.kind != "word" or not _GRAPH.search(one.text):
            continue
        graph = found[at + 1]
        if graph.kind in _IRI:
            edits.put(graph.start, graph.end, f"<{names.of(prologue.iri(graph.text) or NOTHING)}>")
        elif graph.kind == "variable":
            _name_each(found, at + 1, edits, names)


def _name_each(found: list[_Token], at: int, edits: _Edits, names: Names) -> None:
    """Have a variable stand for the graphs' names here, and another one, which nobody else uses, for those there."""
    variable = found[at]
    helper = f"?{variable.text[1:]}_{_HELPER}"
    while any(one.text[1:] == helper[1:] for one in found if one.kind == "variable"):
        helper += "_"
    edits.put(variable.start, variable.end, helper)
    group = _group(found, at + 1)
    if any(one.kind == "word" and _SELECTS.search(one.text) for one in group):
        raise ValueError(_SUBQUERY)
    table = " ".join(f"(<{here}> <{there}>)" for here, there in names.there.items())
    edits.put(group[0].end, group[0].end, f" VALUES ({variable.text} {helper}) {{ {table} }} ")


def _group(found: list[_Token], opened: int) -> list[_Token]:
    """The tokens from a bracket to the one that closes it."""
    depth = 0
    for at in range(opened, len(found)):
        depth += {"open": 1, "close": -1}.get(found[at].kind, 0)
        if depth == 0:
            return found[opened : at + 1]
    return found[opened:]


def _name_variables(found: list[_Token], edits: _Edits, base: str) -> None:
    """Put the variables in the place of the `*` of the query itself; those of subqueries are seen by it alone."""
    first = next((one for one in found if one.kind == "word" and _SELECTS.search(one.text)), None)
    before = next((one.start for one in found if one.kind == "open"), len(edits.query))
    if first is None or first.start > before or not (star := _STAR.match(edits.query, first.end)):
        return
    variables = list(_variables(edits.query, first, base))
    if variables:
        edits.put(star.start(1), star.end(), " ".join(variables))


def _variables(query: str, first: _Token, base: str) -> Iterator[str]:
    """What the `*` stands for, as the engine has it; of DESCRIBE it says it of the SELECT that is like it."""
    keyword = _SELECTS.search(first.text)
    start = first.start + (keyword.start() if keyword else 0)
    results = ox.Store().query(f"{query[:start]}SELECT{query[first.end :]}", base_iri=base)
    assert isinstance(results, ox.QuerySolutions)  # noqa: S101 - it is a SELECT
    for one in results.variables:
        yield str(one)
