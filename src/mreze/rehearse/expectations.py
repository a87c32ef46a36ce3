"""What of a catalogue's statements should arrive at a reader: rules, and how one tells whether a rule is kept.

A reader has a table with a rule for each property that it is known to take. A property without a rule is looked for
anywhere in what the reader stored; where it is not, the reader has no field for it, which is told apart from a loss.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from mreze.findings import Names
from mreze.namespaces import RDF_TYPE, term
from mreze.rehearse.readers import Told
from mreze.rehearse.verdict import Harvested, Loss, Object, Subject, Verdict

_NAMES: Final = ("rdfs:label", "skos:prefLabel", "foaf:name", "vcard:fn")
UNSPOKEN: Final = frozenset({RDF_TYPE})
"""Properties that tell the reader what it reads: nothing to store."""


@dataclass(frozen=True, slots=True)
class Case:
    """One property of one thing, and what the reader stored of that thing."""

    catalogue: Harvested
    values: Sequence[Object]
    product: Mapping[str, Any]
    language: str
    """The portal's, as a tag."""
    names: Mapping[str, str | None] = field(default_factory=dict)
    """The tags that the portal makes of words."""

    def stored(self, path: str) -> Any:
        """What stands in a field, such as `harvest.uri`; None where nothing does."""
        found: Any = self.product
        for name in path.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        return found

    def listed(self, path: str) -> list[str]:
        """What stands in a field that has several values, as text."""
        found = self.stored(path)
        if isinstance(found, str) and found.startswith("["):
            found = json.loads(found)
        return [str(one) for one in found] if isinstance(found, list) else [] if found is None else [str(found)]


Arrives = Callable[[Case], bool | None]
"""Whether it arrives; None where the reader does not take values such as these."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A property that a reader is known to take."""

    property: str
    arrives: Arrives
    lost: str = "it does not arrive as it was written"
    """Why it is lost where it does not arrive."""
    unread: str = "values such as these are not taken"
    """Why it is not read where `arrives` says None."""
    every: bool = False
    """Whether each value is taken, and not the one in the portal's language."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known of a reader: its rules, by class."""

    name: str
    title: str
    datasets: tuple[Rule, ...]
    distributions: tuple[Rule, ...]
    services: tuple[Rule, ...]
    resource: Callable[[Case], Mapping[str, Any] | None]
    """Finds what was stored of the distribution whose node is the only value of the case."""
    fields: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict
    """What was stored of a dataset, by the names of fields that the rules use."""


def spoken(path: str) -> Arrives:
    """The text in the portal's language stands in the field."""
    return lambda case: (
        (spoken := in_language(case.values, case.language)) is not None and same(case.stored(path), spoken)
    )


def label(path: str, *properties: str) -> Arrives:
    """The name of the thing that is referred to stands in the field, in the portal's language."""

    def arrives(case: Case) -> bool:
        return any(same(case.stored(path), one) for one in _spoken(case, *properties))

    return arrives


def label_or_name(path: str, *properties: str) -> Arrives:
    """What is referred to by IRI stands in the field by its name, or where it has none by its IRI."""

    def arrives(case: Case) -> bool:
        wanted = _spoken(case, *properties) or [worded(one) for one in case.values]
        return any(same(stored, one) for one in wanted for stored in case.listed(path))

    return arrives


def some_label(path: str, *properties: str) -> Arrives:
    """A name of what is referred to stands in the field, whatever its language; or its IRI where it has none."""

    def arrives(case: Case) -> bool:
        named = [
            worded(one) for node in case.values for kind in properties for one in case.catalogue.objects(node, kind)
        ]
        return any(same(stored, one) for one in named or map(worded, case.values) for stored in case.listed(path))

    return arrives


def each(path: str) -> Arrives:
    """Each value stands in the field."""
    return lambda case: {worded(one) for one in case.values} <= set(case.listed(path))


def tail(path: str) -> Arrives:
    """The value, or the last part of its IRI, stands in the field."""

    def arrives(case: Case) -> bool:
        return all({one, _tail(one)} & {_plain(stored) for stored in case.listed(path)} for one in _plains(case))

    return arrives


def moment(path: str) -> Arrives:
    """The date or the moment stands in the field."""
    return lambda case: _moment(case.stored(path)) in {_moment(worded(one)) for one in case.values}


def in_language(values: Sequence[Object], language: str) -> str | None:
    """The text that a portal of the language should show; None where it has to guess."""
    literals = [one for one in values if isinstance(one, Literal)]
    if len(literals) == 1 and not literals[0].language:
        return literals[0].value
    return next((one.value for one in literals if (one.language or "").lower() == language.lower()), None)


def worded(value: Object) -> str:
    """A value as text."""
    return value.value if isinstance(value, NamedNode | Literal) else str(value)


def same(stored: Any, text: str) -> bool:
    """Whether a text was stored as it was written, but for space around it."""
    return isinstance(stored, str) and stored.strip() == text.strip()


def judge(reader: Reader, case: Case, dataset: NamedNode, told: Told) -> Verdict:
    """What a reader makes of a dataset and its distributions."""
    survives: list[str] = []
    lost: list[Loss] = []
    unread: list[Loss] = []
    for what, outcome in _statements(reader, case, dataset, told):
        if outcome is None:
            survives.append(what)
        else:
            (unread if outcome[0] else lost).append(Loss(what, outcome[1]))
    return Verdict(reader.name, dataset.value, tuple(sorted(survives)), _sorted(lost), unread=_sorted(unread))


def judge_service(reader: Reader, case: Case, service: NamedNode) -> Verdict:
    """What a reader makes of a data service."""
    outcomes = list(_outcomes(reader, reader.services, case, service, ""))
    survives = sorted(what for what, outcome in outcomes if outcome is None)
    lost = [Loss(what, outcome[1]) for what, outcome in outcomes if outcome and not outcome[0]]
    unread = [Loss(what, outcome[1]) for what, outcome in outcomes if outcome and outcome[0]]
    return Verdict(reader.name, service.value, tuple(survives), _sorted(lost), unread=_sorted(unread))


Outcome = tuple[bool, str] | None
"""None where it arrives; else whether the reader takes no such thing, and why it does not arrive."""


def _statements(reader: Reader, case: Case, dataset: NamedNode, told: Told) -> Iterator[tuple[str, Outcome]]:
    product = told.product or {}
    known = Case(case.catalogue, (), product, case.language, case.names)
    yield from _outcomes(reader, reader.datasets, known, dataset, "")
    for node in case.catalogue.objects(dataset, "dcat:distribution"):
        part = _part(node, dataset)
        resource = reader.resource(Case(case.catalogue, (node,), product, case.language, case.names))
        if resource is None:
            yield f"dcat:distribution{part}", (False, f"{reader.title} makes no resource of it")
            continue
        yield f"dcat:distribution{part}", None
        if isinstance(node, Subject):
            at = Case(case.catalogue, (), resource, case.language, case.names)
            yield from _outcomes(reader, reader.distributions, at, node, part)


def _outcomes(
    reader: Reader, rules: Sequence[Rule], case: Case, node: Subject, part: str
) -> Iterator[tuple[str, Outcome]]:
    by_property = {term(one.property): one for one in rules}
    for predicate, values in case.catalogue.properties(node).items():
        if predicate in UNSPOKEN or predicate == term("dcat:distribution"):
            continue
        at = Case(case.catalogue, tuple(values), case.product, case.language, case.names)
        yield Names().shorten(predicate.value) + part, _outcome(reader, by_property.get(predicate), at)


def _outcome(reader: Reader, rule: Rule | None, case: Case) -> Outcome:
    if rule is None:
        everything = json.dumps(case.product, ensure_ascii=False)
        found = all(json.dumps(worded(one), ensure_ascii=False)[1:-1] in everything for one in case.values)
        return None if found else (True, f"{reader.title} has no field for it")
    arrives = rule.arrives(case)
    if arrives is None:
        return True, rule.unread
    if arrives:
        return None
    texts = [
        *case.values,
        *(one for value in case.values for name in _NAMES for one in case.catalogue.objects(value, name)),
    ]
    tagged = [one for one in texts if isinstance(one, Literal) and one.language]
    if tagged and not rule.every and in_language(tagged, case.language) is None:
        return False, f"no text is tagged @{case.language}, the portal's language: it shows an arbitrary one"
    if tagged and _garbled(case, tagged):
        return False, "the site does not send charset=utf-8: the reader takes its bytes for ISO 8859-1"
    return False, rule.lost


def _garbled(case: Case, texts: Sequence[Object]) -> bool:
    """Whether a text was stored as one sees it who takes UTF-8 for ISO 8859-1, as RFC 2616 once said of text."""
    spoken = in_language(texts, case.language) or ""
    return not spoken.isascii() and any(
        same(one, spoken.encode().decode("latin-1")) for one in _strings(dict(case.product))
    )


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(inner)


def _spoken(case: Case, *properties: str) -> list[str]:
    found = []
    for value in case.values:
        for one in properties:
            spoken = in_language(case.catalogue.objects(value, one), case.language)
            found += [] if spoken is None else [spoken]
    return found


def _part(node: Object, dataset: NamedNode) -> str:
    name = worded(node)
    return f" of {name.removeprefix(dataset.value) or name}"


def _plains(case: Case) -> list[str]:
    return [_plain(worded(one)) for one in case.values]


def _plain(text: str) -> str:
    return text.lower().removeprefix("https://www.iana.org/assignments/media-types/")


def _tail(text: str) -> str:
    return text.rstrip("/").rpartition("/")[2] if text.startswith("http") else text


def _moment(stored: Any) -> date | None:
    if isinstance(stored, Mapping) and isinstance(stored.get("$date"), int):
        return datetime.fromtimestamp(stored["$date"] / 1000, UTC).date()
    try:
        return datetime.fromisoformat(str(stored)).date()
    except ValueError:
        return None


def _sorted(losses: Sequence[Loss]) -> tuple[Loss, ...]:
    return tuple(sorted(losses, key=lambda one: (one.what, one.why)))
