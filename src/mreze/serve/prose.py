"""The pages in Markdown that the author of a site wrote; whatever HTML stands in them is text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

from mreze.authored import PAGES, heading, is_elsewhere, page_name
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
    """CommonMark with tables as HTML; tags are shown, links lead to no script, images from elsewhere are links."""
    return Markup(_parser().render(text))  # noqa: S704 - the parser escapes all HTML, as `html` is off


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.core.ruler.push("elsewhere", _link_images)
    return parser


def _link_images(state: StateCore) -> None:
    """Make links of images from elsewhere; within a link, where there may be no other, they are their text."""
    for block in state.tokens:
        depth, found = 0, list[Token]()
        for one in block.children or ():
            depth += one.nesting if one.type in {"link_open", "link_close"} else 0
            found += _linked(one, depth > 0) if _is_foreign(one) else [one]
        block.children = found if block.children is not None else None


def _is_foreign(token: Token) -> bool:
    return token.type == "image" and is_elsewhere(str(token.attrGet("src") or ""))


def _linked(image: Token, within: bool) -> list[Token]:
    address = str(image.attrGet("src"))
    text = Token("text", "", 0, content=image.content or address)
    if within:
        return [text]
    return [Token("link_open", "a", 1, attrs={"href": address}), text, Token("link_close", "a", -1)]
