"""Write Turtle that diffs well: the same triples always give the same text, and one changed triple one changed line.

A block is a subject, then one statement a line, then a lone dot. Subjects and predicates are sorted, `a` comes first,
only prefixes that are used are declared. Syntax: https://www.w3.org/TR/turtle/
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, Triple

from mreze.abbreviations import Abbreviations
from mreze.namespaces import RDF_TYPE, term

Statements = dict["NamedNode | BlankNode", dict[NamedNode, list["Node"]]]
Node = NamedNode | BlankNode | Literal

_INTEGER: Final = re.compile(r"[+-]?[0-9]+\Z")
_DECIMAL: Final = re.compile(r"[+-]?[0-9]*\.[0-9]+\Z")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
# Characters that a reader cannot see are written as escapes, so that a no-break space in a quote survives editors.
_SPECIAL: Final = re.compile(
    '[\\\\"\\x00-\\x1f\\x7f-\\xa0\\xad\\u061c\\u200b-\\u200f\\u2028-\\u202f\\u2060-\\u206f\\ufeff]'
)
_XSD_STRING: Final = term("xsd:string")
_FIRST, _REST, _NIL, _LIST = term("rdf:first"), term("rdf:rest"), term("rdf:nil"), term("rdf:List")


def write(
    triples: Iterable[Triple | Quad],
    prefixes: Mapping[str, str],
    *,
    comments: Mapping[str, list[str]] | None = None,
    relative_to: str | None = None,
) -> str:
    """Return the triples as Turtle, in the house form.

    Args:
        triples: what to write; of quads the graph name is left out; repeated ones are written once.
        prefixes: the prefixes that may be used.
        comments: by subject IRI; "" for those at the top, a line feed for those at the end.
        relative_to: IRIs that start with this are written relative to it (for locations of a release).
    """
    relative = {} if relative_to is None else {relative_to: ""}
    return _Writer(triples, Abbreviations(prefixes), comments or {}, relative).text()


def write_blocks(
    triples: Iterable[Triple], abbreviations: Abbreviations, relative: Mapping[str, str], label: str = ""
) -> tuple[list[str], dict[str, str]]:
    """Return the blocks of one graph of a document, and the prefixes that they use.

    Args:
        triples: the graph.
        abbreviations: the prefixed names that may be used.
        relative: what stands in place of the beginnings of IRIs that are written relative to the document.
        label: what the labels of blank nodes start with, where the document has other graphs.
    """
    writer = _Writer(triples, abbreviations, {}, relative, label)
    return writer.blocks(), writer.used


def write_named_blocks(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the blocks of a graph by their subjects, as N-Triples writes these, and the prefixes that they use."""
    writer = _Writer(triples, Abbreviations(prefixes), {}, {})
    return {str(one): writer.block(one) for one in writer.subjects()}, writer.used


class _Writer:
    """One document, or one graph of a document, being written."""

    def __init__(
        self,
        triples: Iterable[Triple | Quad],
        abbreviations: Abbreviations,
        comments: Mapping[str, list[str]],
        relative: Mapping[str, str],
        label: str = "",
    ) -> None:
        self.abbreviations = abbreviations
        self.comments = comments
        self.relative = relative
        self.label = label
        self.used: dict[str, str] = {}
        self.names: dict[NamedNode, str] = {}
        self.statements = _statements(triples)
        self.inlined, self.lists = self.find_inlined()

    def text(self) -> str:
        blocks = self.blocks()
        header = declarations(self.used)
        top = "".join(f"{line}\n" for line in self.comments.get("", ()))
        end = "".join(f"{line}\n" for line in self.comments.get("\n", ()))
        return "\n".join(part for part in (top + header, *blocks, end) if part)

    def blocks(self) -> list[str]:
        """A block for each subject; `used` has the prefixes of them all from then on."""
        return [self.block(subject) for subject in self.subjects()]

    def subjects(self) -> list[NamedNode | BlankNode]:
        """The subjects that have a block, in order."""
        return sorted((one for one in self.statements if one not in self.inlined), key=_subject_key)

    def block(self, subject: NamedNode | BlankNode) -> str:
        key = subject.value if isinstance(subject, NamedNode) else f"_:{subject.value}"
        head = "".join(f"{line}\n" for line in self.comments.get(key, ()))
        lines = "".join(f"    {line} ;\n" for line in self.predicate_lines(subject, 1))
        return f"{head}{self.node(subject, 1)}\n{lines}.\n"

    def predicate_lines(self, subject: NamedNode | BlankNode, depth: int) -> Iterable[str]:
        written = [
            ("a" if predicate == RDF_TYPE else self.node(predicate, depth), objects)
            for predicate, objects in self.statements[subject].items()
        ]
        for predicate, objects in sorted(written, key=lambda it: (it[0] != "a", it[0])):
            for one in sorted({self.node(each, depth) for each in objects}):
                yield f"{predicate} {one}"

    def node(self, node: Node, depth: int) -> str:
        if isinstance(node, NamedNode):
            return self.iri(node)
        if isinstance(node, Literal):
            return self.literal(node)
        if node in self.lists:
            return "( " + " ".join(self.node(item, depth) for item in self.lists[node]) + " )"
        if node in self.inlined:
            inner = "".join(f"{'    ' * (depth + 1)}{line} ;\n" for line in self.predicate_lines(node, depth + 1))
            return f"[\n{inner}{'    ' * depth}]"
        return f"_:{self.label}{node.value}"

    def iri(self, node: NamedNode) -> str:
        if (name := self.names.get(node)) is None:
            name = self.names[node] = self.shorten(node.value)
        return name

    def shorten(self, iri: str) -> str:
        for beginning, instead in self.relative.items():
            if iri.startswith(beginning):
                return f"<{instead}{iri.removeprefix(beginning)}>"
        found = self.abbreviations.known(iri)
        if found is None:
            return f"<{iri}>"
        self.used[found.prefix] = found.namespace
        return found.name

    def literal(self, literal: Literal) -> str:
        value, datatype = literal.value, literal.datatype
        if literal.language is not None:
            return f'"{_escape(value)}"@{literal.language}'
        if datatype == _XSD_STRING:
            return f'"{_escape(value)}"'
        local = datatype.value.removeprefix(_XSD_STRING.value.removesuffix("string"))
        if (
            (local == "integer" and _INTEGER.match(value))
            or (local == "decimal" and _DECIMAL.match(value))
            or (local == "boolean" and value in {"true", "false"})
        ):
            return value
        return f'"{_escape(value)}"^^{self.iri(datatype)}'

    def find_inlined(self) -> tuple[set[BlankNode], dict[BlankNode, list[Node]]]:
        """Blank nodes that can be written where they are pointed to: with exactly one pointer, not in a circle."""
        pointers: Counter[BlankNode] = Counter()
        parents: dict[BlankNode, NamedNode | BlankNode] = {}
        for subject, predicates in self.statements.items():
            for objects in predicates.values():
                for one in objects:
                    if isinstance(one, BlankNode):
                        pointers[one] += 1
                        parents[one] = subject
        single = {node for node, count in pointers.items() if count == 1 and node in self.statements}
        inlined = {node for node in single if not _in_circle(node, parents)}
        lists = {node: items for node in inlined if (items := self.list_items(node, inlined)) is not None}
        return inlined, lists

    def list_items(self, head: BlankNode, inlined: set[BlankNode]) -> list[Node] | None:
        items: list[Node] = []
        node: Node = head
        while node != _NIL:
            if not isinstance(node, BlankNode) or node not in inlined:
                return None
            predicates = self.statements[node]
            if set(predicates) != {_FIRST, _REST} or len(predicates[_FIRST]) != 1 or len(predicates[_REST]) != 1:
                return None
            items.append(predicates[_FIRST][0])
            node = predicates[_REST][0]
        return items


def declarations(prefixes: Mapping[str, str]) -> str:
    """The lines that declare prefixes, in the order of the alphabet."""
    return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(prefixes.items()))


def _statements(triples: Iterable[Triple | Quad]) -> Statements:
    """Group by subject and predicate; blank nodes get labels that depend on the graph alone."""
    graph = Dataset(Quad(one.subject, one.predicate, one.object) for one in triples)
    if any(isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode) for quad in graph):
        graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    found: Statements = defaultdict(lambda: defaultdict(list))
    for quad in graph:
        if isinstance(quad.subject, Triple) or isinstance(quad.object, Triple):
            raise TypeError("a triple term cannot be written in Turtle 1.1")
        found[quad.subject][quad.predicate].append(quad.object)
    return found


def _in_circle(node: BlankNode, parents: Mapping[BlankNode, NamedNode | BlankNode]) -> bool:
    seen = {node}
    above: NamedNode | BlankNode | None = parents.get(node)
    while isinstance(above, BlankNode):
        if above in seen:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def _subject_key(subject: NamedNode | BlankNode) -> tuple[bool, str]:
    return isinstance(subject, BlankNode), subject.value


def _escape(value: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}", value)
