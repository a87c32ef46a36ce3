"""Write the change feeds of a release: those of the release before, and what this one changes.

Closed pages are taken over as they are; only the open page of a feed that grows is written anew. A first release
creates everything. So does one whose predecessor was built before there were feeds: its streams and pages have other
names, so that clients begin anew too. A feed that is damaged stops the build.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Final

from pyoxigraph import RdfFormat, Triple, parse

from mreze.build.atom import write_atom
from mreze.build.contents import Contents
from mreze.build.entities import entities
from mreze.build.feed_activities import Activity, Told, dataset_activities, entity_activities
from mreze.build.feed_list import about, write_list
from mreze.build.feed_pages import PageWriter, read_page, write_root
from mreze.build.workers import Workers
from mreze.build.writer import ReleaseWriter
from mreze.errors import ReleaseError
from mreze.feeds import CATALOG, INDEX, LIST, ChangedThing, Entry, Feed, FeedIndex, FeedPage, read_index, write_index
from mreze.formats import FEEDS
from mreze.release import LOCATION, Release, ReleaseFile, release_order

PAGE: Final = 250
"""How many activities a page holds."""
_ENTRIES: Final = 100
"""How many releases people are told of."""
_THINGS: Final = 100
"""How many things of a release people are told of."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The release that is being built, as its activities are dated."""

    name: str
    published: str
    """As xsd:dateTime."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page to be written, in whichever process."""

    writer: PageWriter
    feed: Feed
    page: FeedPage
    members: Sequence[Activity]

    def write(self) -> list[ReleaseFile]:
        return self.writer.write(self.feed, self.page, self.members)


@dataclass(slots=True)
class _Pager:
    """A feed that is being continued."""

    feed: Feed
    writer: PageWriter
    pages: list[FeedPage] = field(default_factory=list)
    """Those that are written."""

    def cut(self, activities: Iterable[Activity]) -> Iterator[_Page]:
        """The pages that activities fill; only the last one may be open."""
        left = iter(activities)
        while members := tuple(islice(left, PAGE)):
            name = f"{self.feed.beginning}-{len(self.pages) + 1}"
            first, last = members[0].published, members[-1].published
            page = FeedPage(name, len(members), first, last, closed=len(members) == PAGE)
            self.pages.append(page)
            yield _Page(self.writer, self.feed, page, members)


@dataclass(slots=True)
class _FeedWriter:
    """Writes the feeds of one release."""

    contents: Contents
    writer: ReleaseWriter
    release: Release
    """The release as far as it is written: its dumps are."""
    old: Release | None
    """The one before, where there are feeds to continue."""
    moment: Moment
    pages: PageWriter
    hands: Workers
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    things: list[ChangedThing] = field(default_factory=list)

    def write(self, past: FeedIndex, catalogue: set[Triple]) -> FeedIndex:
        feeds = [self._continue(past, name, self._changes(name)) for name in self._names(past)]
        feeds.append(self._continue(past, CATALOG, self._catalogue_changes(catalogue)))
        entries = past.entries
        if any(self.counts.values()):
            entry = Entry(self.moment.name, self.moment.published, self.counts, tuple(self.things))
            entries = (entry, *entries)[:_ENTRIES]
        index = FeedIndex(tuple(sorted(feeds, key=lambda one: one.name)), entries)
        self._write_entrances(index)
        self.writer.write(INDEX, write_index(index))
        return index

    def _names(self, past: FeedIndex) -> list[str]:
        """Of the datasets that there are, and of those that there were."""
        names = {one.name for one in self.contents.site.datasets} | {one.name for one in past.feeds}
        return sorted(names - {CATALOG})

    def _changes(self, name: str) -> Iterator[Told]:
        return dataset_activities(name, self.old, self.release, self.moment.published)

    def _catalogue_changes(self, catalogue: set[Triple]) -> Iterator[Told]:
        root = self.contents.site.catalog_iri
        before = entities(_read_catalogue(self.old), root) if self.old else {}
        return entity_activities(before, entities(catalogue, root), self.moment.published)

    def _continue(self, past: FeedIndex, name: str, changes: Iterable[Told]) -> Feed:
        feed = past.find(name) or Feed(name, self.moment.name)
        open_pages = [one for one in feed.pages if not one.closed]
        pager = _Pager(replace(feed, pages=()), self.pages, [one for one in feed.pages if one.closed])
        self._keep(feed, pager.pages)
        news = self._counted(name, changes)
        first = next(news, None)
        if first is not None:
            before = [one for page in open_pages for one in self._read(feed, page)]
            for files in self.hands.each(_Page.write, pager.cut(chain(before, [first], news))):
                self.writer.take(*files)
        else:  # nothing is added to what is open
            self._keep(feed, open_pages)
            pager.pages += open_pages
        return replace(feed, pages=tuple(pager.pages))

    def _counted(self, name: str, changes: Iterable[Told]) -> Iterator[Activity]:
        counts: Counter[str] = Counter()
        seen: set[tuple[str, str]] = {(one.iri, one.kind) for one in self.things}
        for told in changes:
            activity = told.activity
            counts[activity.verb] += 1
            if len(self.things) < _THINGS and name != CATALOG and (activity.thing, activity.verb) not in seen:
                seen.add((activity.thing, activity.verb))
                self.things.append(ChangedThing(activity.thing, activity.verb, told.labels()))
            yield activity
        if counts:
            self.counts[name] = dict(sorted(counts.items()))

    def _keep(self, feed: Feed, pages: Sequence[FeedPage]) -> None:
        if pages:
            assert self.old is not None  # noqa: S101 - the pages are its
            paths = [f"{feed.page_path(page)}.{form.extension}" for page in pages for form in FEEDS]
            self.writer.keep(self.old, paths, self.hands)

    def _read(self, feed: Feed, page: FeedPage) -> list[Activity]:
        assert self.old is not None  # noqa: S101 - likewise
        content = self.old.read(f"{feed.page_path(page)}.{FEEDS[0].extension}")
        return read_page(feed, page, content, self.contents.site.base)

    def _write_entrances(self, index: FeedIndex) -> None:
        """What a client, or a person, begins with."""
        base, prefixes = self.contents.site.base, self.contents.prefixes
        for feed in index.feeds:
            for extension, content in write_root(feed, base, about(self.contents, feed), prefixes).items():
                self.writer.write(f"{feed.path}.{extension}", content)
        for path, content in write_atom(index, self.contents, self.release.datasets).items():
            self.writer.write(path, content)
        self.writer.write(LIST, write_list(index, self.contents))


def write_feeds(
    contents: Contents, writer: ReleaseWriter, previous: Release | None, release: Release, name: str,
    catalogue: set[Triple], hands: Workers,
) -> FeedIndex:  # fmt: skip
    """Write the feeds of a release.

    Args:
        contents: what it holds.
        writer: where to.
        previous: the release before.
        release: the release as far as it is written: its dumps are.
        name: what it will be called.
        catalogue: its catalogue.
        hands: who writes pages.

    Raises:
        ReleaseError: what the release before has of feeds is damaged.
    """
    past = read_index(previous) if previous is not None else None
    old = previous if past is not None else None
    past = past or FeedIndex()
    moment = Moment(name, published(name, past))
    pages = PageWriter(writer.folder, contents.site.base, contents.prefixes)
    return _FeedWriter(contents, writer, release, old, moment, pages, hands).write(past, catalogue)


def published(name: str, past: FeedIndex) -> str:
    """When a release is published, as xsd:dateTime; never before what is in the feeds already.

    It is on the day of the release, a second later for each release of that day before it.

    Args:
        name: of the release.
        past: the feeds that it continues.
    """
    day, number = release_order(name)
    found = datetime.datetime.fromisoformat(f"{day}T00:00:00+00:00") + datetime.timedelta(seconds=number - 1)
    if past.last:
        found = max(found, datetime.datetime.fromisoformat(past.last) + datetime.timedelta(seconds=1))
    return found.strftime("%Y-%m-%dT%H:%M:%SZ")


def _read_catalogue(release: Release) -> set[Triple]:
    try:
        content = release.read("catalog.ttl")
        return {one.triple for one in parse(content, format=RdfFormat.TURTLE, base_iri=LOCATION)}
    except SyntaxError as error:
        raise ReleaseError(f"{release.root}/catalog.ttl: damaged. Restore the release from a copy.") from error
