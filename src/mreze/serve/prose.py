"""The pages in Markdown that the author of a site wrote; whatever HTML stands in them is text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup

from mreze.authored import PAGES, heading, page_name
from mreze.release import Release
from mreze.texts import Text


@dataclass(frozen=True, slots=True)
class Prose:
    """A page in each language that it was written in."""

    name: str
    headings: Text
    files: Text
    """Paths in the release by language."""


def read_prose(release: Release) -> tuple[Prose, ...]:
    """The pages of a release, in the order of their names.

    Raises:
        ReleaseError: one cannot be read.
    """
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for path in release.files:
        if path.startswith(f"{PAGES}/") and (name := page_name(path)):
            found[name[0]][name[1]] = path
    return tuple(
        Prose(name, {tag: heading(release.read(path).decode()) or name for tag, path in files.items()}, files)
        for name, files in sorted(found.items())
    )


def to_html(text: str) -> Markup:
    """CommonMark with tables as HTML; tags in the text are shown, links lead to no script."""
    return Markup(_parser().render(text))  # noqa: S704 - the parser escapes all HTML, as `html` is off


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")
