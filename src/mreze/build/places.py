"""Where in a site something is said: the file and the line of a thing or of one of its properties."""

from __future__ import annotations

from pathlib import Path

from mreze.graph import SiteGraph


def place(graph: SiteGraph, subject: str, predicate: str | None = None) -> tuple[Path | None, int | None]:
    """The file that describes the subject, and the line of the property, else of the subject, else none."""
    document = graph.document_of(subject)
    if document is None:
        return None, None
    if subject.startswith("_:"):
        return document.path, None
    return document.path, document.scan.line(subject, predicate) or document.scan.line(subject.partition("#")[0])
