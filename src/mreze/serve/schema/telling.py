"""Demands of shapes as lines of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from mreze.serve.pages import Reader, interface_text
from mreze.serve.schema.demands import Demand, Shape
from mreze.serve.schema.phrases import Phrase, Speaker
from mreze.serve.schema.said import Said
from mreze.serve.view import Value, Viewer
from mreze.texts import Text, pick


@dataclass(frozen=True, slots=True)
class Told:
    """A demand, in words."""

    id: str
    iri: str
    shape: Value
    """The shape that it belongs to."""
    name: Value | None
    path: tuple[Value, ...]
    """Nothing where it is about the things themselves."""
    count: str
    phrases: tuple[Phrase, ...]
    severity: str
    message: Value | None
    findings: int
    """How often it was not kept in this release."""

    @property
    def empty(self) -> bool:
        """Whether it demands nothing."""
        return not (self.path or self.phrases or self.message)


class Teller:
    """Tells demands to a reader."""

    def __init__(self, said: Said, viewer: Viewer, reader: Reader, findings: Mapping[str, int]) -> None:
        """Prepare.

        Args:
            said: the graph of the shapes.
            viewer: what names things.
            reader: for whom.
            findings: how often each shape was not kept, by IRI.
        """
        self.speaker = Speaker(said, viewer, reader)
        self._said, self._viewer, self._reader, self._findings = said, viewer, reader, findings
        self._anchored: set[str] = set()

    def name(self, shape: Shape) -> Value:
        """What a shape is called."""
        return self._viewer.link(shape.iri)

    def tell(self, demand: Demand, shape: Value) -> Told:
        """One demand of a shape."""
        said, node = self._said, demand.node
        iri = node.value if isinstance(node, NamedNode) else ""
        return Told(
            id=self.anchor(iri),
            iri=iri,
            shape=shape,
            name=self.text(said.texts(node, "sh:name")),
            path=self.speaker.path(demand.path) if demand.path is not None else (),
            count=self.speaker.count(demand),
            phrases=self.speaker.demand(node),
            severity=interface_text(self._reader, demand.severity),
            message=self.text(said.texts(node, "sh:message")),
            findings=self._findings.get(iri, 0),
        )

    def anchor(self, iri: str) -> str:
        """What something can be linked by; a page has each anchor once."""
        fragment = iri.partition("#")[2]
        if fragment in self._anchored:
            return ""
        self._anchored.add(fragment)
        return fragment

    def text(self, texts: Text) -> Value | None:
        """A text in the reader's language, or the nearest, which then is named."""
        return spoken(texts, self._reader.language)


def spoken(texts: Text, language: str) -> Value | None:
    """A text in a language, or the nearest that there is, which then is named; None of none."""
    if not texts:
        return None
    found = pick(texts, language)
    tag = language if texts.get(language) == found else next(tag for tag, one in texts.items() if one == found)
    return Value(found, None, tag or None, tag if tag and tag != language else None)
