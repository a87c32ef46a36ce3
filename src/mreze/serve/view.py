"""A description as a page shows it: rows of words and links, in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.namespaces import RDF_TYPE, RDFS_LABEL, SKOS_PREF_LABEL, term
from mreze.serve.iris import encode
from mreze.serve.spoken import say_date, say_point, tag_of
from mreze.serve.wording import PROPERTIES, shorten, wording
from mreze.texts import is_blank, pick, text

_ORDER: Final = {name: place for place, name in enumerate(PROPERTIES)}
DEEPEST: Final = 4
LABELS: Final = (SKOS_PREF_LABEL, RDFS_LABEL, term("dct:title"), term("foaf:name"), term("vcard:fn"))
"""What a thing is called by, the best first."""
QUOTED: Final = term("oa:SpecificResource")
_BOOLEAN: Final = term("xsd:boolean")
STATEMENT: Final = term("rdf:Statement")
Subject = NamedNode | BlankNode
Node = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that a fact was read from."""

    id: str
    """Empty where the page has had it before."""
    words: str
    source: Value
    language: str | None = None
    """Tag of the words, where the data tell it."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a row."""

    text: str
    href: str | None = None
    language: str | None = None
    """Language tag of the text, for the reader's software."""
    foreign: str | None = None
    """The same, where it should be shown: the text is not in the language of the page."""
    title: str | None = None
    machine: str | None = None
    """A date as it stands in the data, where the text says it in words."""
    part: Part | None = None
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A property and its values."""

    name: Value
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A thing, or a part of one, with its rows."""

    id: str
    iri: str
    kinds: tuple[Value, ...]
    rows: tuple[Row, ...]


class Viewer:
    """Turns triples into rows."""

    def __init__(
        self,
        triples: Iterable[Triple],
        labels: Iterable[Triple],
        *,
        base: str,
        language: str,
        root: str,
        query: str = "",
    ) -> None:
        """Prepare.

        Args:
            triples: what there is to show.
            labels: labels of what the triples mention.
            base: the site's base IRI; what stands under it is linked within the site.
            language: of the page.
            root: relative reference to the home page.
            query: what links within the site carry on: "?lang=en", or nothing.
        """
        self.language = language
        self._base, self._root, self._query = base, root, query
        self._anchored: set[str] = set()
        self._by_subject: dict[Subject, dict[NamedNode, list[Node]]] = {}
        self._labels: dict[str, dict[NamedNode, dict[str, str]]] = {}
        self.add(triples)
        self.learn([*labels, *(one for one in triples if one.predicate in LABELS)])

    def add(self, triples: Iterable[Triple]) -> None:
        """There is more to show."""
        for one in triples:
            if isinstance(one.subject, Triple):
                continue  # a statement about a statement has no row of its own
            objects = self._by_subject.setdefault(one.subject, {}).setdefault(one.predicate, [])
            if one.object not in objects:
                objects.append(one.object)

    def learn(self, labels: Iterable[Triple]) -> None:
        """There are more labels; one that nobody could see is none."""
        for one in labels:
            name = one.object
            if isinstance(name, Literal) and isinstance(one.subject, NamedNode) and not is_blank(name.value):
                texts = self._labels.setdefault(one.subject.value, {}).setdefault(one.predicate, {})
                texts[name.language or ""] = name.value

    def part(self, iri: str, depth: int = 0) -> Part:
        """A thing with its rows; parts of it that a row leads to stand in the row, down to a depth."""
        anchor = self._anchor(iri)
        whole = NamedNode(iri.partition("#")[0])
        subject = NamedNode(iri)
        predicates = self._by_subject.get(subject, {})
        same_labels = set(predicates.get(RDFS_LABEL, [])) == set(predicates.get(SKOS_PREF_LABEL, []))
        hidden = {RDF_TYPE, *([term("rdf:subject")] if depth == 0 else []), *([RDFS_LABEL] if same_labels else [])}
        rows = [
            Row(self.link(predicate.value), tuple(self._values(iri, objects, depth)))
            for predicate, objects in predicates.items()
            if predicate not in hidden and not (depth and objects == [whole])
        ]
        rows.sort(key=lambda row: self.place(row.name))
        return Part(anchor, iri, self.kinds(iri), tuple(rows))

    def said(self, iri: str) -> Mapping[NamedNode, list[Node]]:
        """What is said of a thing or a part, by property."""
        return self._by_subject.get(NamedNode(iri), {})

    def is_of(self, iri: str, *kinds: NamedNode) -> bool:
        """Whether it is of one of the classes."""
        return not set(kinds).isdisjoint(self.said(iri).get(RDF_TYPE, []))

    def kinds(self, iri: str) -> tuple[Value, ...]:
        """The classes of it, each name once."""
        found = self._sorted(self.said(iri).get(RDF_TYPE, []))
        links = (self.link(one.value) for one in found if isinstance(one, NamedNode))
        return tuple({value.text: value for value in links}.values())

    def names(self, iri: str) -> list[Value]:
        """What a thing is called, in each language once; in that of the page first."""
        texts: dict[str, str] = {}
        for predicate in LABELS:
            texts = {**self._labels.get(iri, {}).get(predicate, {}), **texts}
        exact = {
            (one, tag.partition("-")[0]) for tag, one in texts.items() if "-" in tag
        }  # then the tongue tells nothing
        told = [(tag, one) for tag, one in texts.items() if (one, tag) not in exact]
        found = [Value(one, None, tag, self._foreign(tag)) for tag, one in told]
        return sorted(found, key=lambda one: (one.foreign is not None, one.language or ""))

    def others(self, iri: str, parts: Iterable[str]) -> list[Part]:
        """Those parts that no row of the thing and no statement shows."""
        shown = {iri, *self._reached(iri, DEEPEST)}
        for one in parts:
            if self._is(NamedNode(one), STATEMENT):
                shown |= {one, *self._reached(one, DEEPEST)}
        return [self.part(one) for one in parts if one not in shown]

    def link(self, iri: str) -> Value:
        """An IRI by its label, linked."""
        text, language = self._label(iri)
        return Value(text, self._href(iri), language, self._foreign(language), iri)

    def label(self, iri: str) -> Value:
        """An IRI by its label."""
        text, language = self._label(iri)
        return Value(text, None, language, self._foreign(language), iri)

    def value(self, iri: str, node: Node, depth: int = 0) -> Value:
        """A value of the thing with this IRI."""
        if isinstance(node, Literal):
            return self._literal(node)
        if not isinstance(node, NamedNode):
            return Value(str(node))
        if self._is(node, QUOTED) and (quote := self._quote(node)) is not None:
            return Value(quote.words, quote=quote)
        own = iri.partition("#")[0]
        if node.value.startswith(own + "#") and node in self._by_subject and depth < DEEPEST:
            return Value(node.value, part=self.part(node.value, depth + 1))
        return self.link(node.value)

    def _values(self, iri: str, objects: list[Node], depth: int) -> Iterable[Value]:
        return [self.value(iri, one, depth) for one in self._sorted(objects)]

    def _sorted(self, objects: Iterable[Node]) -> list[Node]:
        def key(node: Node) -> tuple[bool, str]:
            foreign = isinstance(node, Literal) and node.language not in {None, self.language}
            return foreign, str(node)

        return sorted(objects, key=key)

    def _is(self, node: NamedNode, kind: NamedNode) -> bool:
        return kind in self._by_subject.get(node, {}).get(RDF_TYPE, [])

    def _reached(self, iri: str, depth: int) -> set[str]:
        found: set[str] = set()
        for objects in self._by_subject.get(NamedNode(iri), {}).values():
            for one in objects:
                if isinstance(one, NamedNode) and one.value.startswith(iri.partition("#")[0] + "#"):
                    found.add(one.value)
                    if depth:
                        found |= self._reached(one.value, depth - 1)
        return found

    def _quote(self, node: NamedNode) -> Quote | None:
        said = self._by_subject[node]
        selectors = [one for one in said.get(term("oa:hasSelector"), []) if isinstance(one, NamedNode | BlankNode)]
        words = [one for two in selectors for one in self._by_subject.get(two, {}).get(term("oa:exact"), [])]
        sources = [one for one in said.get(term("oa:hasSource"), []) if isinstance(one, NamedNode)]
        if len(words) != 1 or len(sources) != 1 or not isinstance(words[0], Literal):
            return None
        told = (tag_of(getattr(one, "value", ""), words[0].value) for one in said.get(term("dct:language"), []))
        language = next((one for one in told if one), words[0].language)
        return Quote(self._anchor(node.value), words[0].value, self.link(sources[0].value), language)

    def unanchored(self, parts: Iterable[str]) -> list[str]:
        """The fragments of parts that nothing on the page has for an anchor so far."""
        return [one for part in parts if (one := part.partition("#")[2]) and one not in self._anchored]

    def _anchor(self, iri: str) -> str:
        """What the part can be linked by, where it stands first; a page has each anchor once."""
        fragment = iri.partition("#")[2]
        first = fragment not in self._anchored
        self._anchored.add(fragment)
        return fragment if first else ""

    def _literal(self, literal: Literal) -> Value:
        if literal.language:
            return Value(literal.value, None, literal.language, self._foreign(literal.language))
        plain = literal.datatype == term("xsd:string")
        title = None if plain else shorten(literal.datatype.value) or literal.datatype.value
        if (spoken := say_date(literal, self.language)) is not None:
            # HTML knows no years before our era (https://html.spec.whatwg.org/multipage/text-level-semantics.html#the-time-element)
            return Value(spoken, title=literal.value, machine=None if literal.value[0] == "-" else literal.value)
        if literal.datatype == _BOOLEAN:
            said = text("Yes") if literal.value in {"true", "1"} else text("No")
            return Value(pick(said, self.language), title=literal.value)
        if (spoken := say_point(literal)) is not None:
            return Value(spoken, title=literal.value)
        return Value(literal.value, title=title)

    def _label(self, iri: str) -> tuple[str, str | None]:
        texts: Mapping[str, str] = {}
        for predicate in LABELS:
            texts = texts or self._labels.get(iri, {}).get(predicate, {})
        name = shorten(iri)
        texts = texts or (wording(name) if name else {})
        if not texts:
            return name or self._below(iri) or iri, None
        text = pick(texts, self.language)
        return text, next((tag for tag, one in texts.items() if one == text and tag == self.language), None) or next(
            tag for tag, one in texts.items() if one == text
        )

    def _below(self, iri: str) -> str | None:
        return iri.removeprefix(self._base) if iri.startswith(self._base) and iri != self._base else None

    def _href(self, iri: str) -> str:
        below = self._below(iri)
        if below is None:
            return encode(iri) if iri.startswith(("http://", "https://")) else ""
        path, sharp, fragment = below.partition("#")
        path = "doc/" + path.removeprefix("id/") if path.startswith("id/") else path
        return self._root + encode(path) + self._query + sharp + encode(fragment)

    def _foreign(self, language: str | None) -> str | None:
        return language if language and language != self.language else None

    def place(self, name: Value) -> tuple[int, str, str]:
        """Where a row of this name stands among others."""
        known = shorten(name.title or "")
        own = len(_ORDER) // 2  # a site's own terms stand between the names and the addresses
        return _ORDER.get(known or "", own), name.text, name.title or ""
