"""How nginx serves a copy as the server serves the site: two files of its configuration.

https://nginx.org/en/docs/http/ngx_http_map_module.html: the first pattern that matches decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import unquote, urlsplit

from mreze.formats import DOCUMENTS, GRAPHS, HTML, Format
from mreze.release import Release
from mreze.serve.export.copying import ERRORS, Copied
from mreze.serve.export.guide import render
from mreze.serve.export.wishes import (
    ANY,
    EXACT,
    QUALITIES,
    TYPE,
    accepted_languages,
    language_pattern,
    media_wishes,
)
from mreze.serve.iris import encode
from mreze.serve.pages import html_language
from mreze.serve.problems import PROBLEM

Lines = list[tuple[str, str]]
Types = Mapping[str, Mapping[str, str]]
"""Content types by extension, by the first part of the path or the name of a file at the top."""
_ALWAYS: Final = (
    "access-control-allow-origin",
    "access-control-expose-headers",
    "mreze-release",
    "x-content-type-options",
)
_OF_PAGES: Final = ("content-security-policy", "referrer-policy")
_CHARSET: Final = "; charset=utf-8"


def http_part(release: Release, copied: Copied, types: Types, public_url: str) -> str:
    """What stands in the block `http`: what the client wishes for."""
    prefix = prefix_of(public_url)
    offers = list(dict.fromkeys([DOCUMENTS, (PROBLEM, HTML), *copied.offers.values()]))
    forms = {one.extension + one.media_type: one for offer in offers for one in offer}
    numbers = {key: number for number, key in enumerate(forms)}
    return render(
        "nginx-http.conf",
        release=release,
        public_url=public_url,
        prefix=prefix,
        qualities=[(number, _quote(media_wishes(forms[key], number))) for key, number in numbers.items()],
        offers=[_source(one, numbers) for one in offers],
        best=[quality + specific for quality in QUALITIES for specific in (EXACT, TYPE, ANY)],
        negotiated=_quote(_negotiated(copied, offers, prefix)),
        folders=[
            (re.escape(prefix + "/" + one.rstrip("/")), one) for one in copied.offers if not one or one[-1] == "/"
        ],
        languages=list(_languages(release.languages)),
        accepted=_quote(accepted_languages(release.languages)),
        links=_quote(_links(release, copied, public_url)),
        moved=_quote((_of(prefix, path), target) for path, (_, target) in sorted(copied.moved.items())),
        fixed="|".join(sorted({"gz", *_usual_types(types)})),
        lasting=_quote((f"^{re.escape(f'{prefix}/{name}')}$", one) for name, one in sorted(copied.lasting.items())),
        policies=[(name, copied.headers.get(name, "")) for name in _OF_PAGES],
    )


def server_part(release: Release, copied: Copied, types: Types, public_url: str) -> str:
    """What stands in the block `server`: which file answers."""
    prefix = prefix_of(public_url)
    usual = _usual_types(types)
    return render(
        "nginx-server.conf",
        release=release,
        public_url=public_url,
        prefix=prefix,
        pattern=re.escape(prefix),
        always=[(_title(one), copied.headers[one]) for one in _ALWAYS if one in copied.headers],
        policies=[_title(one) for one in _OF_PAGES],
        errors=ERRORS,
        types=_by_type(usual),
        charset=sorted({_media(one) for group in types.values() for one in group.values() if _CHARSET in one}),
        exceptions=[
            (_in(group, differing), differing)
            for group, known in sorted(types.items())
            if (differing := {name: _media(one) for name, one in known.items() if usual[name] != one})
        ],
        documents="|".join(one.extension for one in DOCUMENTS),
        tags="|".join(re.escape(one) for one in release.languages[1:]),
        first=DOCUMENTS[0].extension,
        problem=PROBLEM.media_type,
        moved=bool(copied.moved),
    )


def prefix_of(public_url: str) -> str:
    """The path of the site's address, decoded, without the slash at its end."""
    return unquote(urlsplit(public_url).path).rstrip("/")


def _quote(lines: Iterable[tuple[str, str]]) -> Lines:
    """Patterns and values as they stand between double and single quotes."""
    return [(pattern.replace('"', '\\"'), value.replace("'", "\\'")) for pattern, value in lines]


def _source(offer: tuple[Format, ...], numbers: Mapping[str, int]) -> str:
    """The qualities of what is offered, the best liked of us first."""
    return " ".join(f"{one.extension}=$mreze_q{numbers[one.extension + one.media_type]}" for one in offer)


def _negotiated(copied: Copied, offers: list[tuple[Format, ...]], prefix: str) -> Iterable[tuple[str, str]]:
    yield f"^{re.escape(prefix)}/(?:doc|id)/", f"$mreze_offer{offers.index(DOCUMENTS)}"
    for path, offer in copied.offers.items():
        slash = "/?" if path.endswith("/") else ""
        yield f"^{re.escape(prefix + '/' + unquote(path.rstrip('/')))}{slash}$", f"$mreze_offer{offers.index(offer)}"


def _languages(languages: tuple[str, ...]) -> Iterable[dict[str, object]]:
    for number, one in enumerate(languages):
        yield {
            "tag": one,
            "html": html_language(one),
            "suffix": "" if number == 0 else f".{one}",
            "asked": f"^{language_pattern(one, languages)}$",
        }


def _links(release: Release, copied: Copied, public_url: str) -> Iterable[tuple[str, str]]:
    """Link headers (RFC 8288), by what was asked for."""
    prefix, tags = re.escape(encode(prefix_of(public_url))), "|".join(re.escape(one) for one in release.languages[1:])
    variant = rf"(?:\.page-\d+)?(?:\.(?:{tags}))?" if tags else r"(?:\.page-\d+)?"
    ending = rf"{variant}(?:\.(?:{'|'.join(one.extension for one in DOCUMENTS)}))?(?:\?|$)"
    at = f"{public_url}doc/$mreze_t"
    yield (
        rf"^{prefix}/doc/(?<mreze_t>[^?<>]+?){ending}",
        ", ".join(
            [
                *(f'<{release.base}id/$mreze_t>; rel="{one}"' for one in ("cite-as", "describes")),
                f'<{at}>; rel="canonical"',
                *(f'<{at}.{one.extension}>; rel="alternate"; type="{one.media_type}"' for one in DOCUMENTS),
                *(f'<{at}.{one.extension}>; rel="describedby"; type="{one.media_type}"' for one in GRAPHS),
            ]
        ),
    )
    for path, header in copied.links.items():
        form = (
            r"(?:index\.[^/?]+)?"
            if not path or path.endswith("/")
            else r"(?:\.[^/?]+)?"
            if path in copied.offers
            else ""
        )
        yield rf"^{prefix}/{re.escape(path)}{form}(?:\?|$)", header


def _of(prefix: str, path: str) -> str:
    return (
        rf"^{re.escape(prefix)}/(?:id|doc)/{re.escape(path)}(?:\.(?:{'|'.join(one.extension for one in DOCUMENTS)}))?$"
    )


def _in(group: str, extensions: Iterable[str]) -> str:
    """The pattern of files of a folder, or of the one file at the top, with these extensions."""
    return re.escape(group) + (rf".+\.(?:{'|'.join(sorted(extensions))})" if group.endswith("/") else "")


def _usual_types(types: Types) -> dict[str, str]:
    """The content type that an extension has in most folders."""
    found: dict[str, list[str]] = {}
    for group in types.values():
        for extension, one in group.items():
            found.setdefault(extension, []).append(one)
    return {extension: max(sorted(set(every)), key=every.count) for extension, every in sorted(found.items())}


def _by_type(usual: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted((_media(one), extension) for extension, one in usual.items())


def _media(content_type: str) -> str:
    return content_type.partition(";")[0]


def _title(name: str) -> str:
    return "-".join(one.capitalize() for one in name.split("-"))
