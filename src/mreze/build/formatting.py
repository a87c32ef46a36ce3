"""Turtle files in the house form: what `mreze format` writes and `mreze check` asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from mreze import turtle
from mreze.build.graph import SiteGraph
from mreze.build.reading import BYTE_ORDER_MARK, Document
from mreze.errors import SiteError
from mreze.findings import Finding
from mreze.formats import TURTLE
from mreze.namespaces import PREFIXES
from mreze.scan import scan
from mreze.texts import text

_TEMPORARY: Final = ".mreze-format"


def formatted(written: str, path: Path) -> str:
    """The text in the house form; no literal is changed, no comment lost.

    Raises:
        SyntaxError: it is not Turtle.
        SiteError: the form would not say the same (an error of mreze: nothing must be written then).
    """
    plain = written.removeprefix(BYTE_ORDER_MARK)
    found = scan(plain)
    triples = list(parse(plain, format=RdfFormat.TURTLE))
    prefixes = {prefix: namespace for prefix, (namespace, _) in found.prefixes.items()}
    # A prefix that the file binds otherwise is kept as it is there: the spelling check tells of it.
    known = {prefix: iri for prefix, iri in PREFIXES.items() if prefix not in prefixes}
    result = turtle.write(triples, {**known, **prefixes}, comments=found.comments)
    if _canonical(result) != _canonical(plain):
        raise SiteError("formatting would change what the file says; it was left alone.", path=path)
    return result


def check_formatting(graph: SiteGraph) -> list[Finding]:
    """Tell of the Turtle files that `mreze format` would change."""
    return [_finding(one) for one in graph.documents if one.file.format is TURTLE and one.complete and _differs(one)]


def rewrite(path: Path, content: str) -> None:
    """Put a text in the place of a file's, whole or not at all; the file keeps its mode."""
    temporary = path.with_name(path.name + _TEMPORARY)
    try:
        temporary.write_bytes(content.encode())
        temporary.chmod(path.stat().st_mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _differs(document: Document) -> bool:
    plain = document.text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n")
    prefixes = {prefix: namespace for prefix, (namespace, _) in document.scan.prefixes.items()}
    known = {prefix: iri for prefix, iri in PREFIXES.items() if prefix not in prefixes}
    return turtle.write(document.quads, {**known, **prefixes}, comments=document.scan.comments) != plain


def _finding(document: Document) -> Finding:
    return Finding(
        "warning",
        "format",
        text("The file is not in the house form of Turtle."),
        text("Run `mreze format`."),
        document.path,
    )


def _canonical(written: str) -> Dataset:
    graph = Dataset(parse(written, format=RdfFormat.TURTLE))
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return graph
