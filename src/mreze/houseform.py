"""Turtle in the house form: what `mreze format` writes and whatever else writes into a site's files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Triple, parse

from mreze import turtle
from mreze.errors import SiteError
from mreze.namespaces import PREFIXES
from mreze.reading import BYTE_ORDER_MARK
from mreze.scan import scan

_TEMPORARY: Final = ".mreze-format"


def formatted(written: str, path: Path, more: Iterable[Triple] = ()) -> str:
    """The text in the house form; no literal is changed, no comment lost.

    Args:
        written: Turtle.
        path: of the file, for errors.
        more: triples, without blank nodes, that it is to say too.

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
    more = list(more)
    result = turtle.write([*triples, *more], {**known, **prefixes}, comments=found.comments)
    if _canonical(result) != _canonical(plain, more):
        raise SiteError("formatting would change what the file says; it was left alone.", path=path)
    return result


def rewrite(path: Path, content: str) -> None:
    """Put a text in the place of a file's, whole or not at all; the file keeps its mode."""
    temporary = path.with_name(path.name + _TEMPORARY)
    try:
        temporary.write_bytes(content.encode())
        temporary.chmod(path.stat().st_mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _canonical(written: str, more: Iterable[Triple] = ()) -> Dataset:
    quads = [*parse(written, format=RdfFormat.TURTLE), *(Quad(*one) for one in more)]
    graph = Dataset(quads)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return graph
