"""Pages for people: templates, and what all of them are given."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final
from urllib.parse import urlencode

import jinja2
from babel.core import get_global

from mreze.authored import LEAST_SHARED, SHARED, TEMPLATES, picture_size
from mreze.feeds import atom_path
from mreze.formats import Format
from mreze.release import CHANGES, Release
from mreze.serve.exchange import PARAMETER, Request, Response
from mreze.serve.negotiation import choose_language
from mreze.serve.prose import read_prose
from mreze.texts import LANGUAGES, pick, text

_NAMES: Final = {"en": "English", "sr-cyrl": "Српски", "sr-latn": "Srpski"}
_LOCALES: Final = {"en": "en_GB"}
"""What Open Graph calls a language, where that is not by the territory that comes first to mind."""
_LONGEST_SUMMARY: Final = 200
"""Characters of a summary that search engines and others show."""
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer-when-downgrade",
    "Content-Language": "",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a page: in which language, and from where links start."""

    request: Request
    language: str

    @property
    def carried(self) -> dict[str, str]:
        """What links within the site carry on: the language, where the reader chose it, and the release likewise."""
        language = {"lang": self.language} if "lang" in self.request.parameters else {}
        return language | ({PARAMETER: self.request.release} if self.request.release else {})

    @property
    def query(self) -> str:
        """The same as the query of an address."""
        return f"?{urlencode(self.carried)}" if self.carried else ""

    @property
    def here(self) -> str:
        """The last part of the path: a relative reference to this very page."""
        return self.request.path.rpartition("/")[2] or "./"

    def at(self, **parameters: object) -> str:
        """A relative reference to this page with other parameters."""
        return self.here + self._parameters(parameters)

    def address(self, **parameters: object) -> str:
        """The same as an address: what others than this reader are told of."""
        return self.request.location + self.request.path + self._parameters(parameters)

    def _parameters(self, parameters: Mapping[str, object]) -> str:
        kept = {name: value for name, value in self.request.parameters.items() if name not in parameters}
        given = {name: str(value) for name, value in parameters.items() if value is not None}
        encoded = urlencode(kept | given)
        return f"?{encoded}" if encoded else ""


@dataclass(frozen=True, slots=True)
class Shared:
    """The picture beside a link to the site, elsewhere (https://ogp.me/#structured)."""

    path: str
    width: int
    height: int


class Pages:
    """Renders templates for one release; where nothing is `live` they show nothing that needs a server."""

    def __init__(self, release: Release, *, live: bool = True, old: bool = False) -> None:
        """Prepare.

        Args:
            release: whose pages they are.
            live: whether a server answers.
            old: whether it is not the current release.
        """
        self.release = release
        self.old = old
        self.live = live
        self._searchable = live and release.indexed
        self.languages = tuple(release.languages)
        self.prose = read_prose(release)
        own = jinja2.PackageLoader("mreze.serve")
        self._environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader([_authored(release), own, jinja2.PrefixLoader({"mreze": own})]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._static = _digest()
        self._environment.filters["shortened"] = shortened
        self._shared = _shared(release, self._static)
        self._environment.filters["html_language"] = html_language
        self._environment.filters["open_graph_locale"] = open_graph_locale

    def reader(self, request: Request) -> Reader:
        """Who reads the answer to a request; an `lang` that the site does not have counts as none."""
        header = request.headers.get("accept-language")
        return Reader(request, choose_language(request.parameters.get("lang"), header, self.languages))

    def page(
        self,
        template: str,
        reader: Reader,
        *,
        alternates: Sequence[tuple[Format, str]] = (),
        status: int = 200,
        summary: str = "",
        **values: object,
    ) -> Response:
        """Render a page.

        Args:
            template: its file.
            reader: for whom.
            alternates: the same in other syntaxes: format and relative reference.
            status: of the answer.
            summary: what the page tells, for search engines and whoever links to it.
            **values: what the template shows.
        """
        language = reader.language
        spoken = pick({one: one for one in LANGUAGES}, language)  # what mreze itself says, data apart
        content = self._environment.get_template(template).render(
            values,
            language=language,
            spoken=spoken,
            html_language=html_language(spoken),
            languages=[
                {
                    "tag": tag,
                    "html": html_language(tag),
                    "name": _NAMES.get(tag, tag),
                    "href": reader.at(lang=tag),
                    "address": reader.address(lang=tag),
                }
                for tag in self.languages
            ],
            default_address=reader.address(lang=None),
            own_address=reader.address(lang=language),
            location=reader.request.location,
            summary=shortened(summary),
            root=reader.request.root,
            query=reader.query,
            carried=reader.carried,
            release_query=reader.request.keep(""),
            language_query=f"?lang={language}" if "lang" in reader.carried else "",
            old=self.old,
            current=reader.at(release=None),
            release=self.release.name,
            changes=CHANGES in self.release.files,
            live=self.live,
            searchable=self._searchable,
            static=self._static,
            shared=self._shared,
            site_title=pick(self.release.titles, language),
            prose=[(pick(one.headings, language), one.name) for one in self.prose],
            atom=atom_path(self.release, language),
            alternates=[
                {"media_type": one.media_type, "name": one.name, "href": reader.request.keep(href)}
                for one, href in alternates
            ],
            t=lambda english, **inserted: pick(text(english, **inserted), language),
        )
        headers = _HEADERS | {"Content-Language": html_language(language), "Vary": "Accept, Accept-Language"}
        return Response(content.encode(), "text/html; charset=utf-8", status, headers)


def _authored(release: Release) -> jinja2.BaseLoader:
    """The templates that the site's author wrote: only what the manifest lists."""
    prefix = f"{TEMPLATES}/"
    found = {path.removeprefix(prefix): path for path in release.files if path.startswith(prefix)}
    return jinja2.FunctionLoader(lambda name: release.read(found[name]).decode() if name in found else None)


def _shared(release: Release, static: str) -> Shared:
    """The picture of the site: its author's, else that of all sites."""
    content = release.read(SHARED) if SHARED in release.files else b""
    if size := picture_size(content):
        return Shared(f"{SHARED}?v={hashlib.sha256(content).hexdigest()[:8]}", *size)
    return Shared(f"static/share.png?v={static}", *LEAST_SHARED)


def _digest() -> str:
    """Changes when a static file does, so that browsers may keep them."""
    folder = resources.files("mreze.serve") / "static"
    contents = (one.read_bytes() for one in sorted(folder.iterdir(), key=lambda file: file.name))
    return hashlib.sha256(b"".join(contents)).hexdigest()[:8]


def html_language(tag: str) -> str:
    """A language tag as BCP 47 recommends to write it: sr-Cyrl, en-GB."""
    first, *rest = tag.split("-")
    return "-".join(
        [first.lower(), *(one.title() if len(one) == 4 else one.upper() if len(one) == 2 else one for one in rest)]
    )


def open_graph_locale(tag: str) -> str:
    """A language as Open Graph wants it, language_TERRITORY (https://ogp.me/#optional): where it is mostly spoken."""
    language = tag.partition("-")[0]
    return _LOCALES.get(language) or "_".join(str(get_global("likely_subtags").get(language, "")).split("_")[::2])


def shortened(text: str, most: int = _LONGEST_SUMMARY) -> str:
    """A text that is not longer than so many characters, cut between words."""
    whole = " ".join(text.split())
    if len(whole) <= most:
        return whole
    return f"{whole[: most - 1].rpartition(' ')[0] or whole[: most - 1]}…"


def interface_text(reader: Reader, english: str, **values: object) -> str:
    """A text of the interface in the reader's language; one that no translation has is English."""
    return pick(text(english, **values), reader.language if reader.language in LANGUAGES else "en")
