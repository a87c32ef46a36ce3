"""The change feeds of a release: what there is of them, and where. `build` writes the files, `serve` hands them out.

A feed is an append-only list of activities (something was created, updated, deleted), in pages. A page that is full is
closed and keeps its bytes from release to release; the last one may be open. All links in them are relative, so that
they are the same files wherever they are served:

feeds.json                     what this module reads and writes
feeds.ttl                      the list of the feeds
feed/<name>.trig .jsonld       where a client begins: which page holds which time
feed/<name>/<page>.trig …      the pages; <page> is the release that the feed begins with, and a number
feed/all.atom                  for people, in the site's first language; feed/all.<language>.atom in the others

<name> is that of a dataset, or `catalog`. https://w3id.org/ldes/specification
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Final

from mreze.errors import ReleaseError
from mreze.formats import ATOM
from mreze.release import Release

INDEX: Final = "feeds.json"
LIST: Final = "feeds.ttl"
FOLDER: Final = "feed/"
CATALOG: Final = "catalog"
"""Name of the feed of what the catalogue describes."""
ALL: Final = "all"
"""Name of the feed for people."""
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of a feed."""

    name: str
    members: int
    first: str
    """When its first activity was published, as xsd:dateTime."""
    last: str
    """When its last one was."""
    closed: bool
    """Whether it never changes again."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and its pages."""

    name: str
    beginning: str
    """Name of the release that it begins with: one that begins anew is another stream."""
    pages: tuple[FeedPage, ...] = ()

    def stream(self, base: str) -> str:
        """IRI of the stream of events."""
        return f"{base}{FOLDER}{self.name}#{self.beginning}"

    def page_path(self, page: FeedPage) -> str:
        """Path of a page, without an extension."""
        return f"{FOLDER}{self.name}/{page.name}"

    @property
    def path(self) -> str:
        """Path of the page that a client begins with, without an extension."""
        return FOLDER + self.name

    @property
    def members(self) -> int:
        """How many activities there are."""
        return sum(one.members for one in self.pages)


@dataclass(frozen=True, slots=True)
class ChangedThing:
    """A thing that changed, as people are told."""

    iri: str
    kind: str
    """Create, Update or Delete."""
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a release changed."""

    release: str
    published: str
    counts: dict[str, dict[str, int]]
    """By name of the feed and kind of activity, how many there were."""
    things: tuple[ChangedThing, ...]
    """The first of them."""


@dataclass(frozen=True, slots=True)
class FeedIndex:
    """All feeds of a release."""

    feeds: tuple[Feed, ...] = ()
    entries: tuple[Entry, ...] = ()
    """The releases that changed something, the newest first; of many only the last ones."""

    @property
    def last(self) -> str:
        """When the last activity was published; "" if there is none."""
        return max((page.last for feed in self.feeds for page in feed.pages), default="")

    def find(self, name: str) -> Feed | None:
        """The feed of this name, or None."""
        return next((one for one in self.feeds if one.name == name), None)


def read_index(release: Release) -> FeedIndex | None:
    """The feeds of a release; None where it was built before there were any.

    Raises:
        ReleaseError: the index is gone or damaged.
    """
    if INDEX not in release.files:
        return None
    try:
        return _from_json(json.loads(release.read(INDEX)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReleaseError(f"{release.root / INDEX}: damaged: {error!r}. Restore the release from a copy.") from error


def atom_path(release: Release, language: str) -> str | None:
    """The feed for people in a language; None where the release has none."""
    names = [f"{FOLDER}{ALL}.{language}.{ATOM.extension}", f"{FOLDER}{ALL}.{ATOM.extension}"]
    return next((one for one in names if one in release.files), None)


def write_index(index: FeedIndex) -> bytes:
    """The text of an index."""
    content = {"version": _VERSION, **asdict(index)}
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _from_json(content: dict[str, Any]) -> FeedIndex:
    if content["version"] != _VERSION:
        raise ValueError(f"not of version {_VERSION}")
    return FeedIndex(
        tuple(
            Feed(one["name"], one["beginning"], tuple(FeedPage(**page) for page in one["pages"]))
            for one in content["feeds"]
        ),
        tuple(
            Entry(
                one["release"], one["published"], one["counts"], tuple(ChangedThing(**thing) for thing in one["things"])
            )
            for one in content["entries"]
        ),
    )
