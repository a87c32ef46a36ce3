"""The fast engine: the package shacl, many times as fast as pySHACL (tests/bench/README.md).

It reads N-Triples and gives terms back as they are written, but names blank nodes anew. So blank shapes get IRIs while
it runs, and each blank node of the data is pointed to by an IRI that has its label; a shape of ours tells which is it.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import shacl
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from mreze.namespaces import RDF_TYPE, term
from mreze.shacl.language import followed
from mreze.shacl.results import Node, RefusedError, Result, node_of
from mreze.storage import storing_aside

_NAMES: Final = NamedNode("urn:x-mreze:names")
"""From an IRI with the label of a blank node to that node: no path and no closed shape can see it."""
_NAMING: Final = NamedNode("urn:x-mreze:naming")
_SPACE: Final = "urn:x-mreze:blank:"
_BLANK: Final = re.compile(rb"^_:(\S+) |> _:(\S+) \.$", re.MULTILINE)
"""The label of a blank node where it is a subject or an object: no literal looks so."""
_BLOCK: Final = 1 << 22
"""How many bytes of data are held at once."""
_PROPERTY: Final = re.compile("<([^<>]*)>")
"""A path of one property; longer ones are written as in SPARQL."""
_PATH, _FIRST, _REST = term("sh:path"), term("rdf:first"), term("rdf:rest")


def run(data: Iterable[Path], shapes: Iterable[Triple]) -> list[Result]:
    """Validate what files of N-Triples say together; they may hold a triple more than once.

    Args:
        data: files as pyoxigraph writes them: a triple a line, one space between terms.
        shapes: all statements of the shapes.

    Raises:
        RefusedError: the engine refuses the shapes.
        StorageError: there is no room for temporary files.
    """
    with storing_aside(), tempfile.TemporaryDirectory(prefix="mreze-shacl-") as folder:
        path = Path(folder) / "data.nt"
        with path.open("wb") as file:
            for one in data:
                file.writelines(_pointed(one))
        return _run(path, shapes)


def _run(path: Path, shapes: Iterable[Triple]) -> list[Result]:
    written = io.BytesIO()
    serialize([*_named(followed(shapes)), *_naming_shape()], written, format=RdfFormat.N_TRIPLES)
    try:
        compiled = shacl.Shapes.from_text(written.getvalue().decode(), "ntriples")
        results = compiled.validate_file(str(path)).results
    except ValueError as error:
        raise RefusedError(" ".join(str(error).split())) from error
    naming = f"<{_NAMING.value}>"
    labels = {one.focus_node: _label(one.value) for one in results if one.source_shape == naming and one.value}
    return [_result(one, labels) for one in results if one.source_shape != naming]


def _pointed(path: Path) -> Iterator[bytes]:
    """The lines of a file in blocks, each with pointers to its blank nodes; to one that comes again there are more."""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            block += file.readline()
            yield block
            if b"_:" in block:
                yield from dict.fromkeys(map(_pointer, _BLANK.findall(block)))


def _pointer(found: tuple[bytes, bytes]) -> bytes:
    label = found[0] or found[1]
    return b"<%b%b> <%b> _:%b .\n" % (_SPACE.encode(), label, _NAMES.value.encode(), label)


def _naming_shape() -> Iterator[Triple]:
    """A shape that every pointer fails: its results name the nodes."""
    back = BlankNode()
    yield Triple(_NAMING, RDF_TYPE, term("sh:PropertyShape"))
    yield Triple(_NAMING, term("sh:targetObjectsOf"), _NAMES)
    yield Triple(_NAMING, _PATH, back)
    yield Triple(back, term("sh:inversePath"), _NAMES)
    yield Triple(_NAMING, term("sh:nodeKind"), term("sh:BlankNode"))


def _named(shapes: list[Triple]) -> Iterator[Triple]:
    """Shapes with IRIs for blank nodes, but for those of paths and lists: an IRI there would be a property."""
    kept = _of_paths(shapes) | {one.subject for one in shapes if one.predicate in {_FIRST, _REST}}
    for one in shapes:
        subject, target = one.subject, one.object
        if isinstance(subject, BlankNode) and subject not in kept:
            subject = _iri(subject)
        if isinstance(target, BlankNode) and target not in kept:
            target = _iri(target)
        yield Triple(subject, one.predicate, target)


def _of_paths(shapes: list[Triple]) -> set[Triple | Node]:
    """The blank nodes of paths."""
    leads: dict[Triple | Node, list[Triple | Node]] = {}
    for one in shapes:
        leads.setdefault(one.subject, []).append(one.object)
    waiting = [one.object for one in shapes if one.predicate == _PATH and isinstance(one.object, BlankNode)]
    found: set[Triple | Node] = set()
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += [one for one in leads.get(node, []) if isinstance(one, BlankNode)]
    return found


def _iri(node: BlankNode) -> NamedNode:
    return NamedNode(_SPACE + node.value)


def _label(written: str) -> str:
    return "_:" + written.removeprefix(f"<{_SPACE}").removesuffix(">")


def _result(result: shacl.Result, labels: dict[str, str]) -> Result:
    shape = _node(result.source_shape, labels) if result.source_shape else None
    if isinstance(shape, NamedNode) and shape.value.startswith(_SPACE):
        shape = BlankNode(shape.value.removeprefix(_SPACE))
    property_ = _PROPERTY.fullmatch(result.path or "")
    return Result(
        focus=_node(result.focus_node, labels),
        path=NamedNode(property_[1]) if property_ else None,
        value=_node(result.value, labels) if result.value is not None else None,
        shape=None if isinstance(shape, Literal) else shape,
        component=NamedNode(result.component_iri),
        severity=NamedNode(result.severity_iri),
        messages=(),
    )


def _node(written: str, labels: dict[str, str]) -> Node:
    """A term of N-Triples; a blank node of the data has its own label again."""
    return node_of(labels.get(written, written))
