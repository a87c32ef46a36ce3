"""What a person's submission of QuickStatements does at Wikidata, as its RDF, written after the old parser's code.

A line finds the statement of the item that has its value, or makes one; adds qualifiers that are not there, and all its
sources as one reference, whatever stands before S.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha1

import httpx
from tests.wikidata import PREFIXES

Pairs = list[tuple[str, str]]
_TIME = re.compile(r"\+([0-9]{4,}-[0-9]{2}-[0-9]{2})T00:00:00Z/([0-9]+)")
_TEXT = re.compile(r'([a-z_-]+):"(.*)"')


@dataclass
class Statement:
    """A statement that lines have made."""

    item: str
    property: str
    value: str
    qualifiers: Pairs = field(default_factory=list)
    references: list[Pairs] = field(default_factory=list)


def submitted(commands: str) -> list[Statement]:
    """The statements that commands make, each with all that is said of it; what V1 cannot read is an AssertionError."""
    found: dict[tuple[str, str, str], Statement] = {}
    for line in commands.splitlines():
        item, name, value, *more = line.split("\t")
        assert re.fullmatch(r"Q[0-9]+", item), line
        assert re.fullmatch(r"P[0-9]+", name), line
        assert len(more) % 2 == 0, line
        statement = found.setdefault((item, name, value), Statement(item, name, value))
        pairs = list(zip(more[::2], more[1::2], strict=True))
        for key, each in pairs:
            assert re.fullmatch(r"[PS][0-9]+", key), line
            _object(each)
        statement.qualifiers += [one for one in pairs if one[0][0] == "P" and one not in statement.qualifiers]
        sources = [(f"P{key[1:]}", each) for key, each in pairs if key[0] == "S"]
        if sources and sources not in statement.references:
            statement.references.append(sources)
    return list(found.values())


def load(endpoint: str, *turtles: str) -> None:
    """Add to what a server of tests.wikidata.sparql_server holds."""
    for one in turtles:
        content, headers = (PREFIXES + one).encode(), {"Content-Type": "text/turtle"}
        address = endpoint.removesuffix("query") + "store?default"
        httpx.post(address, content=content, headers=headers, timeout=30).raise_for_status()


def turtle(statements: Sequence[Statement]) -> str:
    """The statements as Wikidata's dumps have them; prefixes are those of tests.wikidata."""
    return "\n".join(line for one in statements for line in _statement(one))


def _statement(one: Statement) -> Iterator[str]:
    name = f"wds:{one.item}-{_hash(one.property, one.value)}"
    yield f"wd:{one.item} p:{one.property} {name} ."
    yield f"{name} wikibase:rank wikibase:NormalRank ."
    if one.value == "novalue":
        yield f"{name} a wdno:{one.property} ."
    else:
        yield from _value(name, "ps", one.property, one.value)
    for key, value in one.qualifiers:
        yield from _value(name, "pq", key, value)
    for sources in one.references:
        reference = f"wdref:{_hash(*(part for pair in sources for part in pair))}"
        yield f"{name} prov:wasDerivedFrom {reference} ."
        for key, value in sources:
            yield from _value(reference, "pr", key, value)


def _value(subject: str, prefix: str, name: str, value: str) -> Iterator[str]:
    yield f"{subject} {prefix}:{name} {_object(value)} ."
    if found := _TIME.fullmatch(value):
        node = f"wdv:{_hash(value)}"
        yield f"{subject} {prefix}v:{name} {node} ."
        yield f'{node} wikibase:timeValue {_object(value)} ; wikibase:timePrecision "{found[2]}"^^xsd:integer .'
        yield f"{node} wikibase:timeCalendarModel wd:Q1985727 ."


def _object(value: str) -> str:
    """A value as the object of a triple; a time that is not known to the day is its first."""
    if found := _TIME.fullmatch(value):
        return f'"{found[1].replace("-00", "-01")}T00:00:00Z"^^xsd:dateTime'
    if re.fullmatch(r"Q[0-9]+", value):
        return f"wd:{value}"
    if value.startswith('"') and value.endswith('"'):
        return f"<{value[1:-1]}>"
    found = _TEXT.fullmatch(value)
    assert found or value in {"novalue", "somevalue"}, value
    return f'"{_escaped(found[2])}"@{found[1]}' if found else "[]"


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"')


def _hash(*parts: str) -> str:
    return sha1("\t".join(parts).encode(), usedforsecurity=False).hexdigest()
