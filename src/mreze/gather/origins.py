"""Which sources come from Wikimedia: what was read there is nothing to send back as evidence of one's own.

That is told by the address: by its host, by the address that it carries within itself, as archives, translators and
caches have it, and by the host of a mirror. What hides where it leads to counts as theirs: it may be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote, urlsplit

from pyoxigraph import Literal, NamedNode, Triple

from mreze.namespaces import term

_HOSTS: Final = (
    "dbpedia.org", "mediawiki.org", "wikibooks.org", "wikidata.org", "wikifunctions.org", "wikimedia.org",
    "wikinews.org", "wikipedia.org", "wikiquote.org", "wikisource.org", "wikispecies.org", "wikiversity.org",
    "wikivoyage.org", "wiktionary.org",
)  # fmt: skip
"""Wikimedia's projects, and DBpedia, which is made of them."""
_MIRRORS: Final = (
    "0wikipedia.org", "alchetron.com", "dbpedia.lod.live", "en-academic.com", "infogalactic.com", "justapedia.org",
    "thereaderwiki.com", "toolforge.org", "wiki2.org", "wikimili.com", "wikiwand.com", "wikizero.com", "wmcloud.org",
    "wmflabs.org",
)  # fmt: skip
"""Hosts with copies of Wikipedia or Wikidata under names of their own, and Wikimedia's tools."""
_SHORT: Final = (
    "archive.fo", "archive.is", "archive.li", "archive.md", "archive.ph", "archive.today", "archive.vn", "bit.ly",
    "t.co", "tinyurl.com", "w.wiki",
)  # fmt: skip
"""Hosts whose addresses hide where they lead to, unless they carry it."""
_TRANSLATED: Final = ".translate.goog"
"""Behind a host whose dots are hyphens and whose hyphens are two, en-m-wikipedia-org.translate.goog."""
_CARRIED: Final = re.compile(r"https?:/+(?:[^/?#@\s]*@)?([\w.-]+)|(?<=[/=:])([\w-]+(?:\.[\w-]+)+)(?=/)", re.IGNORECASE)
"""An address in another: the host behind its scheme, or one that a path follows."""
_UNWRAPPED: Final = 4
"""So often an address may have been escaped to be carried."""
_ORIGINS: Final = frozenset(
    term(one) for one in ("prov:wasDerivedFrom", "prov:hadPrimarySource", "prov:wasQuotedFrom", "schema:url")
)


def of_wikimedia(address: str) -> bool:
    """Whether an address is at one of Wikimedia's projects, DBpedia or a copy of them, or hides whether it is."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    carried = _carried(f"{parts.path}?{parts.query}#{parts.fragment}")
    if _among(host, _SHORT) and not carried:
        return True
    return any(_among(_plain(one), (*_HOSTS, *_MIRRORS)) for one in (host, *carried))


def _carried(rest: str) -> list[str]:
    """The hosts of the addresses that the path, the query or the fragment of one holds."""
    for _ in range(_UNWRAPPED):
        rest = unquote(rest)
    return [(one[1] or one[2]).lower().rstrip(".") for one in _CARRIED.finditer(rest)]


def _plain(host: str) -> str:
    """The host of what is translated, any other as it is."""
    if not host.endswith(_TRANSLATED):
        return host
    words = host.removesuffix(_TRANSLATED).split("--")
    return "-".join(one.replace("-", ".") for one in words)


def _among(host: str, hosts: Iterable[str]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in hosts)


def derived_sources(triples: Iterable[Triple]) -> frozenset[str]:
    """The IRIs of the sources that are at Wikimedia, or were made of what is, however often it was handed on."""
    made: defaultdict[str, set[str]] = defaultdict(set)
    for one in triples:
        if one.predicate in _ORIGINS and isinstance(one.object, NamedNode | Literal):
            made[one.object.value].add(str(one.subject.value) if isinstance(one.subject, NamedNode) else "")
    found: set[str] = set()
    waiting = [one for one in made if of_wikimedia(one)]
    while waiting:
        new = made.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return frozenset(found - {""})
