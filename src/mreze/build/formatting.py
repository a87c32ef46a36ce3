"""Are a site's Turtle files in the house form, which `mreze format` writes?"""

from __future__ import annotations

from mreze import turtle
from mreze.build.remembered import each
from mreze.findings import Finding
from mreze.formats import TURTLE
from mreze.graph import SiteGraph
from mreze.namespaces import PREFIXES
from mreze.reading import BYTE_ORDER_MARK, Document
from mreze.source import written
from mreze.texts import text


def check_formatting(graph: SiteGraph) -> list[Finding]:
    """Tell of the Turtle files that `mreze format` would change."""
    ours = [one for one in graph.documents if _is_ours(one)]
    return list(each(graph, "formatting", (), ours, lambda one: [_finding(one)] if _differs(one) else []))


def _is_ours(document: Document) -> bool:
    """Whether a person may have written it: a bulk file has no form but its syntax."""
    return document.file.format is TURTLE and document.complete and not document.bulk


def _differs(document: Document) -> bool:
    plain = written(document.portion.root / document.path).removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n")
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
