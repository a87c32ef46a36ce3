"""What Wikidata states of items: statements with rank, qualifiers and references, in few queries of its endpoint.

The form of the data is https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format: `p:` leads from an item to its
statements, `ps:` to the value, `psv:` to a time with its precision; `pq:`/`pqv:` of qualifiers and `pr:`/`prv:` of
references likewise. That there is no value is a class, `wdno:`; that it is unknown a blank node or an IRI in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from mreze.errors import GatherError
from mreze.gather.inquiries import EXISTING, MODIFIED, NAMES, QUALIFIERS, REFERENCES, STATEMENTS, TRUTHY, VARIABLES
from mreze.gather.model import (
    Address,
    Endpoint,
    Item,
    Moment,
    NoValue,
    Rank,
    Reference,
    Row,
    SomeValue,
    Theirs,
    Value,
)  # fmt: skip
from mreze.gather.values import entity, moment

BATCH: Final = 100
"""How many items are asked for at once."""
_LANGUAGES: Final = ("en", "sr", "sr-ec", "sr-el")
_GENERATED: Final = "/.well-known/genid/"
"""In the IRIs that stand for blank nodes where an endpoint has none."""
_NO_SOURCE: Final = frozenset(
    ("P143", "P248", "P304", "P407", "P577", "P813", "P854", "P887", "P1065", "P1476", "P1683", "P3452", "P4656")
)
"""Properties of references that are read by name, or tell more of a source without being one."""
Values = dict[str, list[Value]]


@dataclass(frozen=True, slots=True)
class Stated:
    """What an endpoint says of the items that it was asked for."""

    statements: tuple[Theirs, ...] = ()
    merged: Mapping[str, str] = field(default_factory=dict)
    """The items that others were merged into, by the IRI of these."""
    missing: frozenset[str] = frozenset()
    """Items that do not exist."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What items are called, in English, else in Serbian, by IRI."""
    modified: str = ""
    """When its data were last brought up to date, an xsd:dateTime; "" where it does not say."""


def read_theirs(
    endpoint: Endpoint,
    items: Iterable[str],
    values: Iterable[str],
    properties: Sequence[str],
    qualifiers: Sequence[str],
) -> Stated:
    """Ask what is stated of items.

    Args:
        endpoint: of Wikidata, or of something like it.
        items: IRIs of the items whose statements are wanted.
        values: IRIs of other items that must exist, as the site refers to them.
        properties: of the statements: P463.
        qualifiers: P580.

    Raises:
        GatherError: there is no answer that can be read, or it is no copy of Wikidata.
    """
    wanted = sorted(set(items))
    known = sorted({*wanted, *values})
    merged, there = _existing(endpoint, known)
    if len(known) > 1 and not there:
        told = f"the endpoint knows none of the {len(known)} items that the site is linked with."
        raise GatherError(f"{told} Give the address of Wikidata's, or of a copy of it: --endpoint URL")
    asked = sorted({merged.get(one, one) for one in wanted if one in there})
    statements = [one for batch in _batches(asked) for one in _statements(endpoint, batch, properties, qualifiers)]
    _demand_whole(endpoint, asked, statements, properties)
    names, also_merged = _names(endpoint, sorted({*asked, *known, *_mentioned(statements)}))
    named = tuple(_named(one, names) for one in sorted(statements, key=_order))
    return Stated(named, merged | also_merged, frozenset(known) - there, names, _modified(endpoint))


def _demand_whole(
    endpoint: Endpoint, items: Sequence[str], statements: Sequence[Theirs], properties: Sequence[str]
) -> None:
    """An endpoint with the short form of statements only (wdt:) would make everything seem to be missing there."""
    asking = {"items": _iris(items[:BATCH]), "direct": " ".join(f"wdt:{one}" for one in properties)}
    if items and not statements and _ask(endpoint, TRUTHY, **asking):
        told = "the endpoint has only the short form of statements (wdt:), without ranks, qualifiers and references."
        raise GatherError(f"{told} Give the address of one that has them all: --endpoint URL")


def _ask(endpoint: Endpoint, inquiry: str, **asking: str) -> list[Row]:
    return endpoint.select(inquiry.format(**asking), VARIABLES[inquiry])


def _existing(endpoint: Endpoint, items: Sequence[str]) -> tuple[dict[str, str], set[str]]:
    merged, there = {}, set()
    for batch in _batches(items):
        for row in _ask(endpoint, EXISTING, items=_iris(batch)):
            there.add(row["item"].value)
            if "into" in row and entity(row["into"].value):
                merged[row["item"].value] = row["into"].value
    return merged, there


def _statements(
    endpoint: Endpoint, items: Sequence[str], properties: Sequence[str], qualifiers: Sequence[str]
) -> Iterator[Theirs]:
    asking = {
        "items": _iris(items),
        "leading": " ".join(f"p:{one}" for one in properties),
        "properties": " ".join(f"(p:{one} ps:{one} psv:{one} wdno:{one})" for one in properties),
        "qualifiers": " ".join(f"(pq:{one} pqv:{one} wdno:{one})" for one in qualifiers),
    }
    rows = _ask(endpoint, STATEMENTS, **asking)
    qualified = _qualifiers(_ask(endpoint, QUALIFIERS, **asking)) if qualifiers and rows else {}
    referred = _references(_ask(endpoint, REFERENCES, **asking)) if rows else {}
    for iri, row in {row["statement"].value: row for row in rows}.items():
        found = {name: tuple(values) for name, values in sorted(qualified.get(iri, {}).items())}
        yield Theirs(
            iri, row["item"].value, _local(row["property"]), _value(row), rank=_rank(row), qualifiers=found,
            references=referred.get(iri, ()),
        )  # fmt: skip


def _qualifiers(rows: Iterable[Row]) -> dict[str, Values]:
    """The qualifiers of each statement. A time comes twice, bare and with its precision: the latter is taken."""
    found: dict[str, Values] = {}
    for row in rows:
        if "time" not in row and _is_time(row.get("value")):
            continue
        values = found.setdefault(row["statement"].value, {}).setdefault(_local(row["qualifier"]), [])
        value = NoValue() if _is_none(row.get("value")) else _value(row)
        values.extend([value] if value not in values else [])
        values.sort(key=str)
    return found


def _references(rows: Iterable[Row]) -> dict[str, tuple[Reference, ...]]:
    collected: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows:
        one = collected.setdefault(row["statement"].value, {}).setdefault(row["reference"].value, {})
        if "time" in row:
            read = _value(row)
            one["read"] = read.text if isinstance(read, Moment) else ""
        else:
            name, value = _local(row["property"]), row["value"].value
            one[name] = min(value, one.get(name, value))
    return {
        statement: tuple(sorted(map(_reference, found.values()), key=str)) for statement, found in collected.items()
    }


def _reference(found: Mapping[str, str]) -> Reference:
    return Reference(
        url=found.get("P854", ""),
        stated_in=found.get("P248", ""),
        imported_from=found.get("P143", ""),
        retrieved=found.get("read", found.get("P813", "")[:10]),
        identifiers=tuple(sorted(one for one in found if one not in _NO_SOURCE and one != "read")),
    )


def _names(endpoint: Endpoint, items: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    names: dict[str, tuple[int, str]] = {}
    merged = {}
    for batch in _batches(items):
        for row in _ask(endpoint, NAMES, items=_iris(batch)):
            iri, name = row["item"].value, row.get("name")
            if isinstance(name, Literal) and (name.language or "").lower() in _LANGUAGES:
                label = (_LANGUAGES.index((name.language or "").lower()), name.value)
                names[iri] = min(label, names.get(iri, label))
            elif "into" in row and entity(row["into"].value):
                merged[iri] = row["into"].value
    return {iri: name for iri, (_, name) in sorted(names.items())}, merged


def _mentioned(statements: Iterable[Theirs]) -> Iterator[str]:
    for one in statements:
        values = (one.value, *(value for values in one.qualifiers.values() for value in values))
        yield from (value.iri for value in values if isinstance(value, Item))
        references = (iri for each in one.references for iri in (each.stated_in, each.imported_from))
        yield from (iri for iri in references if entity(iri))


def _modified(endpoint: Endpoint) -> str:
    rows = endpoint.select(MODIFIED, VARIABLES[MODIFIED])
    return max((row["modified"].value for row in rows if "modified" in row), default="")


def _value(row: Row) -> Value:
    """What stands there. What has no form here counts as unknown: it is shown, and nothing is made of it."""
    value, time, precision, calendar = map(row.get, ("value", "time", "precision", "calendar"))
    if "none" in row:
        return NoValue()
    try:
        if time is not None and precision is not None:
            return moment(time.value, int(precision.value), calendar.value if calendar else "")
        if _is_time(value) and value is not None:
            # Nobody says how precise it is: as a year it claims least.
            return moment(value.value, 9)
    except ValueError:
        return SomeValue()
    if value is None or isinstance(value, BlankNode) or _GENERATED in value.value:
        return SomeValue()
    return Item(value.value) if entity(value.value) else Address(value.value)


def _is_time(node: NamedNode | Literal | BlankNode | None) -> bool:
    return isinstance(node, Literal) and node.datatype.value.endswith("#dateTime")


def _is_none(node: NamedNode | Literal | BlankNode | None) -> bool:
    return isinstance(node, NamedNode) and "/prop/novalue/" in node.value


def _rank(row: Row) -> Rank:
    name = _local(row["rank"]).removesuffix("Rank").lower() if "rank" in row else ""
    return next((one for one in Rank if one.value == name), Rank.NORMAL)


def _named(one: Theirs, names: Mapping[str, str]) -> Theirs:
    name = names.get(one.value.iri, "") if isinstance(one.value, Item) else ""
    return Theirs(one.iri, one.item, one.property, one.value, name, one.rank, one.qualifiers, one.references)


def _order(one: Theirs) -> tuple[str, int, str]:
    return one.item, int(one.property[1:]), one.iri


def _local(node: NamedNode | Literal | BlankNode) -> str:
    return node.value.rpartition("/")[2].rpartition("#")[2]


def _iris(items: Iterable[str]) -> str:
    return " ".join(f"<{one}>" for one in items)


def _batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
