"""A file of the site with links more, in the form it has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Triple

from mreze.errors import SiteError
from mreze.formats import TRIG, TURTLE
from mreze.gather.linking import Link
from mreze.houseform import formatted
from mreze.reading import BYTE_ORDER_MARK, Document


def inserted(document: Document, links: Sequence[Link], root: Path) -> str:
    """The text of a file that states links of things that it describes; each stays in the graph of its thing.

    Args:
        document: the file.
        links: of things that it describes.
        root: the site's folder, as the person names it.

    Raises:
        SiteError: the file cannot be read whole, or is of a syntax that only people write.
    """
    if not document.complete:
        raise SiteError("cannot be read whole.", path=root / document.path, remedy="Mend it first: mreze check")
    taken = {quad.subject.value for quad in document.quads if isinstance(quad.subject, NamedNode)}
    triples = [triple for link in links for triple in link.triples(taken)]
    if document.file.format is TURTLE:
        return formatted(document.text, document.path, triples)
    if document.file.format is TRIG:
        remedy = "Write the link by hand, in the graph where it belongs: " + " ".join(f"{one} ." for one in triples)
        raise SiteError("TriG, whose graphs nobody sorts.", path=root / document.path, remedy=remedy)
    return _lines(document, [f"{one}{_graph(document, one)} .\n" for one in triples])


def _graph(document: Document, triple: Triple) -> str:
    """The graph name that a line has, in N-Quads: that of what else is said of the thing."""
    thing = triple.subject.value.partition("#")[0] if isinstance(triple.subject, NamedNode) else ""
    names = {
        quad.graph_name
        for quad in document.quads
        if isinstance(quad.subject, NamedNode) and quad.subject.value == thing
    }
    name = min(names, key=str, default=DefaultGraph())
    return "" if isinstance(name, DefaultGraph) else f" {name}"


def _lines(document: Document, more: Sequence[str]) -> str:
    """The lines of a list and more: sorted if they were, else at its end."""
    plain = document.text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n")
    lines = [f"{one}\n" for one in plain.split("\n") if one]
    added = [one for one in dict.fromkeys(more) if one not in set(lines)]
    return "".join(sorted([*lines, *added]) if lines == sorted(lines) else [*lines, *added])
