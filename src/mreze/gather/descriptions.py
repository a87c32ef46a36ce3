"""What an authority's endpoint says of candidates: read as descriptions.

Three questions a batch: what is said of the items; of which of the site's types they are, narrower ones included; and
what their types and countries are called. An item that was merged into another is described as that one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import Literal, NamedNode

from mreze.coordinates import read_point
from mreze.gather import questions
from mreze.gather.authorities import Authority, Role
from mreze.gather.described import Description, Named
from mreze.gather.model import Endpoint, Point, Row, Variables
from mreze.gather.retrieval import batches
from mreze.matching.model import Kind, Label
from mreze.progress import Progress

_ITEMS: Final = 50
_MOST_MERGERS: Final = 5
"""So many times an item may have been merged into another."""
_YEAR: Final = re.compile(r"[0-9]{4}(?=-|$)", re.ASCII)
_ELSEWHERE: Final = re.compile(r"<http://www\.wikidata\.org/entity/(?!Q2>)")
"""A point on another body than the Earth (Q2), which Wikidata names before it."""
_ORDER: Final = ("en", "mul", "")
Said = Mapping[str, Sequence[tuple[Role, NamedNode | Literal]]]
"""By item."""


@dataclass(frozen=True, slots=True)
class Descriptions:
    """What is said of items."""

    items: Mapping[str, Description]
    """By IRI; what is not described is not there."""
    merged: Mapping[str, str]
    """IRIs of items that were merged, and of those that they were merged into."""
    asked: bool = True
    """Whether an endpoint was asked at all."""


@dataclass(frozen=True)
class Describing:
    """Asks an endpoint what it says of items."""

    endpoint: Endpoint
    authority: Authority
    languages: Sequence[str]
    """Tags in lower case."""
    progress: Progress

    def read(self, items: Iterable[str], types: Iterable[str]) -> Descriptions:
        """The descriptions of items, and of those that they were merged into.

        Args:
            items: IRIs.
            types: IRIs of the types that are of interest.

        Raises:
            GatherError: there is no answer that can be read.
        """
        said: dict[str, list[tuple[Role, NamedNode | Literal]]] = {}
        left = sorted(set(items))
        for _ in range(_MOST_MERGERS):
            said.update(self._said(left))
            left = sorted({into for one in left if (into := self._merged(said.get(one, ())))} - set(said))
            if not left:
                break
        whole = [one for one in said if not self._merged(said[one])]
        kinds = self._kinds({one: _values(said[one], Role.TYPE) for one in whole}, set(types))
        names = self._names({one for item in whole for one in _referred(said[item])})
        described = {
            one: self._with_country(_description(one, said[one], kinds.get(one, frozenset()), names)) for one in whole
        }
        merged = {one: into for one in said if (into := self._merged(said[one]))}
        return Descriptions(described, {one: _last(one, merged) for one in merged})

    def _with_country(self, one: Description) -> Description:
        """With the country that its IRI tells, where nothing else does."""
        found = self.authority.country.match(one.iri) if self.authority.country and not one.countries else None
        return replace(one, countries=(Named(found[1], found[1], found[1]),)) if found else one

    def _merged(self, said: Sequence[tuple[Role, NamedNode | Literal]]) -> str:
        into = (one.value for role, one in said if role is Role.MERGED)
        return next((one for one in sorted(into) if self.authority.owns(one)), "")

    def _said(self, items: Sequence[str]) -> dict[str, list[tuple[Role, NamedNode | Literal]]]:
        found: dict[str, list[tuple[Role, NamedNode | Literal]]] = defaultdict(list)
        rows = self._ask("reading descriptions", items, questions.described)
        for row in sorted(rows, key=str):
            item, told, value = row.get("item"), row.get("property"), row.get("value")
            role = self.authority.roles.get(told.value) if isinstance(told, NamedNode) else None
            if isinstance(item, NamedNode) and role and isinstance(value, NamedNode | Literal):
                found[item.value].append((role, value))
        return dict(found)

    def _ask(
        self,
        step: str,
        items: Sequence[str],
        question: Callable[[Authority, Sequence[str], Sequence[str]], str],
        variables: Variables = questions.SAID,
    ) -> list[Row]:
        parts = list(batches(items, _ITEMS))
        rows: list[Row] = []
        for number, part in enumerate(parts):
            self.progress(step, number, len(parts))
            rows += self.endpoint.select(question(self.authority, part, self.languages), variables)
        return rows

    def _kinds(self, types: Mapping[str, Sequence[str]], wanted: set[str]) -> dict[str, frozenset[str]]:
        """Of the types that are wanted, those that each item is of."""
        kinds = sorted(one for one in wanted if self.authority.owns(one))
        if not kinds or not self.authority.subclass:
            return {}
        known = sorted({one for each in types.values() for one in each if self.authority.owns(one)})
        rows = self._ask(
            "reading types", known, lambda who, part, _: questions.narrower(who, part, kinds), questions.KINDS
        )
        above: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            item, kind = row.get("item"), row.get("kind")
            if isinstance(item, NamedNode) and isinstance(kind, NamedNode):
                above[item.value].add(kind.value)
        return {one: frozenset(kind for each in of for kind in above.get(each, ())) for one, of in types.items()}

    def _names(self, items: set[str]) -> Mapping[str, Named]:
        owned = sorted(one for one in items if self.authority.owns(one))
        names: dict[str, dict[str, str]] = defaultdict(dict)
        codes: dict[str, str] = {}
        for row in sorted(self._ask("reading names", owned, questions.called), key=str):
            item, told, value = row.get("item"), row.get("property"), row.get("value")
            if isinstance(item, NamedNode) and isinstance(told, NamedNode) and isinstance(value, Literal):
                if told.value == self.authority.code_of_country:
                    codes.setdefault(item.value, value.value)
                else:
                    names[item.value].setdefault((value.language or "").lower(), value.value)
        return {one: Named(one, _pick(names[one]), codes.get(one, "")) for one in {*names, *codes}}


def _referred(said: Sequence[tuple[Role, NamedNode | Literal]]) -> list[str]:
    return [*_values(said, Role.TYPE), *_values(said, Role.COUNTRY)]


def _values(said: Sequence[tuple[Role, NamedNode | Literal]], role: Role) -> list[str]:
    """The IRIs that are said for a role."""
    return [one.value for known, one in said if known is role and isinstance(one, NamedNode)]


def _last(item: str, merged: Mapping[str, str]) -> str:
    for _ in range(_MOST_MERGERS):
        item = merged.get(item, item)
    return item


def _pick(texts: Mapping[str, str]) -> str:
    """A text in English if there is one, else in a language that many are the same in, else in any."""
    return next((texts[tag] for tag in (*_ORDER, *sorted(texts)) if tag in texts), "")


def _description(
    iri: str, said: Sequence[tuple[Role, NamedNode | Literal]], kinds: frozenset[str], names: Mapping[str, Named]
) -> Description:
    values: dict[Role, list[str]] = defaultdict(list)
    texts: dict[str, str] = {}
    labels = []
    for role, one in said:
        values[role].append(one.value)
        language = (one.language or "").lower() if isinstance(one, Literal) else ""
        if role in {Role.NAME, Role.OTHER_NAME}:
            labels.append(Label(one.value, language, Kind.PREFERRED if role is Role.NAME else Kind.ALTERNATIVE))
        if role is Role.DESCRIPTION:
            texts.setdefault(language, one.value)
    return Description(
        iri=iri,
        labels=tuple(sorted(labels, key=_rank)),
        description=_pick(texts),
        types=tuple(names.get(one, Named(one)) for one in values[Role.TYPE]),
        kinds=kinds,
        countries=tuple(_country(one, names) for one in values[Role.COUNTRY]),
        point=_point(values),
        homepages=tuple(values[Role.HOMEPAGE]),
        geonames=tuple(values[Role.GEONAMES]),
        codes=tuple(dict.fromkeys(values[Role.CODE])),
        years=tuple(sorted({int(found[0]) for one in values[Role.FOUNDED] if (found := _YEAR.match(one))})),
    )


def _rank(label: Label) -> tuple[bool, int, str, str]:
    order = _ORDER.index(label.language) if label.language in _ORDER else len(_ORDER)
    return label.kind is not Kind.PREFERRED, order, label.language, label.text


def _country(value: str, names: Mapping[str, Named]) -> Named:
    """A country that is an IRI with what is known of it, or one that is a code."""
    return names.get(value, Named(value)) if "://" in value else Named(value, value, value)


def _point(values: Mapping[Role, Sequence[str]]) -> Point | None:
    for text in values.get(Role.POINT, ()):
        if not _ELSEWHERE.match(text) and (found := read_point(text)):
            return Point(*found)
    pairs = zip(values.get(Role.LATITUDE, ()), values.get(Role.LONGITUDE, ()), strict=False)
    read = (read_point(f"{latitude}, {longitude}") for latitude, longitude in pairs)
    return next((Point(*one) for one in read if one), None)
