"""Links of pages, from what a server answers to the files of a copy.

What the copy does not have is linked no more: its words stay (a placeholder,
https://html.spec.whatwg.org/#the-a-element).
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from mreze.serve.export.names import INDEX, address, form
from mreze.serve.services import is_live

_TAG: Final = re.compile(r"<(a|link)\b[^>]*>")
_HREF: Final = re.compile(r'\shref="([^"]*)"')
_OF_LINKS: Final = re.compile(r'\s(?:href|type|rel|hreflang|download)(?:="[^"]*")?(?=[\s>])')
_ENTRY: Final = re.compile(r"<loc>([^<]*)</loc>")
_LONGEST_WORD: Final = 3_500
"""Bytes of a word of nginx's configuration, which may have 4,096 with what is around it."""
_KNOWN: Final = frozenset({"lang", "page", "v"})


def without_live(header: str, location: str) -> str:
    """A Link header without links to what needs a server, as many as a configuration holds in one word."""
    kept: list[str] = []
    for one in re.split(r",\s*(?=<)", header):
        room = _LONGEST_WORD - len(", ".join(kept))
        if not is_live(one.partition(">")[0].removeprefix("<"), location) and len(one) < room:
            kept.append(one)
    return ", ".join(kept)


def parts_of(sitemap: str, location: str) -> list[str]:
    """The paths of the sitemaps that a sitemap lists."""
    listed = (html.unescape(one) for one in _ENTRY.findall(sitemap))
    return [one.removeprefix(location) for one in listed if one.startswith(location + "sitemap/")]


@dataclass(frozen=True, slots=True)
class Links:
    """What a copy has, and where it will stand."""

    location: str
    """Ends with a slash."""
    languages: tuple[str, ...]
    pages: Mapping[str, int]
    """How many pages there are for people at each path; the paths decoded, those of folders with `index` at the end."""
    has: Callable[[str], bool]
    """Whether there is a file of this name."""

    def in_page(self, content: str, path: str, language: str, *, anywhere: bool = False) -> str:
        """The HTML of a page with its links to files.

        Args:
            content: as the server has it.
            path: where the server has it.
            language: of the page.
            anywhere: whether it stands in for pages that are not there: then no link can be relative.
        """

        def mend(match: re.Match[str]) -> str:
            tag = match[0]
            found = _HREF.search(tag)
            if found is None:
                return tag
            target = self._mended(html.unescape(found[1]), path, language, anywhere=anywhere)
            if target is None:
                return _OF_LINKS.sub("", tag) if match[1] == "a" else ""
            return f"{tag[: found.start(1)]}{html.escape(target)}{tag[found.end(1) :]}"

        return _TAG.sub(mend, content)

    def in_sitemap(self, content: str) -> str:
        """A sitemap with addresses that work without negotiation too."""

        def mend(match: re.Match[str]) -> str:
            target = self._mended(html.unescape(match[1]), "", self.languages[0])
            return f"<loc>{html.escape(target)}</loc>" if target else match[0]

        return _ENTRY.sub(mend, content)

    def _mended(self, href: str, path: str, language: str, *, anywhere: bool = False) -> str | None:
        """A reference to a file; as it was where it leads elsewhere, None where it leads to nothing."""
        absolute = urljoin(self.location + path, href)
        if href.startswith("#") or not absolute.startswith(self.location):
            return href
        parts = urlsplit(absolute)
        given = dict(parse_qsl(parts.query, keep_blank_values=True))
        name = self._file(unquote(absolute[len(self.location) :].partition("#")[0].partition("?")[0]), given, language)
        if name is None:
            return None
        rest = (f"?v={given['v']}" if "v" in given else "") + (f"#{parts.fragment}" if parts.fragment else "")
        if href.startswith(self.location):
            return self.location + address(name) + rest
        if anywhere:
            return urlsplit(self.location).path + address(name) + rest
        relative = address(posixpath.relpath("/" + name, "/" + posixpath.dirname(unquote(path))))
        return ("./" if ":" in relative.partition("/")[0] else "") + relative + rest

    def _file(self, name: str, given: Mapping[str, str], language: str) -> str | None:
        if not given.keys() <= _KNOWN:
            return None
        start = name + INDEX if not name or name.endswith("/") else name
        known = (start, start.removesuffix(".html"), f"{start}/{INDEX}")
        of_page = next((one for one in known if one in self.pages), None)
        if of_page is None:
            return name if self.has(name) else None
        page, asked = given.get("page", "1"), given.get("lang", language)
        if not page.isdigit() or not 1 <= int(page) <= self.pages[of_page] or asked not in self.languages:
            return None
        return form(of_page, "html", int(page), "" if asked == self.languages[0] else asked)
