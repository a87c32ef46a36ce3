"""Where in a site something is said: the file and the line of a thing or of one of its properties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from mreze.findings import Finding
from mreze.graph import SiteGraph


def place(graph: SiteGraph, subject: str, predicate: str | None = None) -> tuple[Path | None, int | None]:
    """The file that describes the subject, and the line of the property, else of the subject, else none."""
    document = graph.document_of(subject)
    if document is None:
        return None, None
    if subject.startswith("_:"):
        return document.path, None
    return document.path, document.scan.line(subject, predicate) or document.scan.line(subject.partition("#")[0])


def located(graph: SiteGraph, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with their lines in bulk files, of which each is looked through once."""
    found = list(findings)
    bulk = {one.path: one for one in graph.documents if one.bulk}
    wanted: dict[Path, set[str]] = {}
    for one in found:
        if one.path in bulk and one.line is None and one.focus:
            wanted.setdefault(one.path, set()).update({one.focus, one.focus.partition("#")[0]})
    lines = {path: bulk[path].lines_of(subjects) for path, subjects in wanted.items()}
    return [
        replace(one, line=_line(lines[one.path], one)) if one.path in lines and not one.line else one for one in found
    ]


def _line(lines: Mapping[tuple[str, str | None], int], finding: Finding) -> int | None:
    focus = finding.focus or ""
    thing = lines.get((focus, None)) or lines.get((focus.partition("#")[0], None))
    return lines.get((focus, finding.predicate)) or thing
