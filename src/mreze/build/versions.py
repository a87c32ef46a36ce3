"""Versions of datasets: each release in which the data of a dataset changed is one, with an IRI that stays.

https://www.w3.org/TR/vocab-dcat-3/#dataset-versions. The dataset itself and its dct:identifier stay the same; a version
is `<base>dataset/<name>/<release>`. The catalogue names the version that it is about and the IRI of the one before, and
does not describe that: portals would harvest one more dataset.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from mreze.activities import spoken
from mreze.errors import ReleaseError
from mreze.namespaces import RDF_TYPE, term
from mreze.release import LOCATION, VERSIONS, Release, ReleaseDataset, release_order
from mreze.site import Site, SiteDataset
from mreze.summary import Counts, summarise
from mreze.texts import Text

_WRITTEN: Final = frozenset({term("dcat:version"), term("dct:modified")})
"""What the build says of a dataset in its author's place."""
Histories = Mapping[str, tuple["Version", ...]]
"""The versions of each dataset by its name, the latest last."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a dataset."""

    name: str
    """Of the release in which its data became what they are."""
    date: str
    """Of that release, YYYY-MM-DD."""
    notes: Text = field(default_factory=dict)
    """What changed from the version before."""


def histories(release: Release) -> Histories:
    """The versions that a release knows; of one that does not say, the release itself.

    Raises:
        ReleaseError: the file is gone or damaged.
    """
    if VERSIONS not in release.files:
        return {one.name: (Version(release.name, release.date),) for one in release.datasets}
    try:
        triples = [one.triple for one in parse(release.read(VERSIONS), format=RdfFormat.TURTLE, base_iri=LOCATION)]
    except SyntaxError as error:
        raise ReleaseError(f"{release.root / VERSIONS}: not as it was written. Build the release again.") from error
    return {one.name: tuple(_read(triples, one.iri + "/")) for one in release.datasets}


def continue_histories(
    site: Site, previous: Release | None, name: str, date: str, changed: Mapping[str, Counts]
) -> Histories:
    """The versions of a site's datasets, with a new one of each that is new or changed.

    Args:
        site: the site.
        previous: the release before.
        name: of the new release.
        date: of the new release.
        changed: how much changed, by dataset.
    """
    known = histories(previous) if previous else {}
    found: dict[str, tuple[Version, ...]] = {}
    for dataset in site.datasets:
        versions = known.get(dataset.name, ())
        counts = changed.get(dataset.name, {})
        if counts or not versions:
            since = versions[-1].name if versions else None
            versions = (*versions, Version(name, date, summarise(counts, since)))
        found[dataset.name] = versions
    return found


def versions(site: Site, datasets: Iterable[ReleaseDataset], known: Histories) -> Iterator[Triple]:
    """Every version of every dataset, described."""
    for dataset in datasets:
        before: NamedNode | None = None
        for version in known[dataset.name]:
            iri = _iri(dataset, version)
            yield Triple(iri, RDF_TYPE, term("dcat:Dataset"))
            yield Triple(iri, term("dcat:isVersionOf"), NamedNode(dataset.iri))
            yield Triple(iri, term("dct:issued"), _day(version))
            for language, title in dataset.titles.items():
                yield Triple(iri, term("dct:title"), Literal(f"{title}, {version.name}", language=language))
            yield from _described(site, iri, version, before)
            before = iri


def versioned(site: Site, catalogue: Iterable[Triple], known: Histories, release: Version) -> Iterator[Triple]:
    """A catalogue with its version and that of each dataset, whose dct:modified is the day its data last changed.

    Args:
        site: the site.
        catalogue: what else the catalogue says.
        known: the versions of the datasets.
        release: the release, as a version of the catalogue.
    """
    yield from _described(site, NamedNode(site.catalog_iri), release, None)
    own = {NamedNode(one.iri) for one in site.datasets}
    yield from (one for one in catalogue if one.subject not in own or one.predicate not in _WRITTEN)
    for dataset in site.datasets:
        *earlier, version = known[dataset.name]
        yield Triple(NamedNode(dataset.iri), term("dct:modified"), _day(version))
        before = _iri(dataset, earlier[-1]) if earlier else None
        yield from _described(site, NamedNode(dataset.iri), version, before)


def _described(site: Site, iri: NamedNode, version: Version, before: NamedNode | None) -> Iterator[Triple]:
    yield Triple(iri, term("dcat:version"), Literal(version.name))
    if before is not None:
        yield Triple(iri, term("dcat:previousVersion"), before)
    for language in spoken(version.notes, site.languages) if version.notes else ():
        yield Triple(iri, term("adms:versionNotes"), Literal(version.notes[language], language=language))


def _iri(dataset: SiteDataset | ReleaseDataset, version: Version) -> NamedNode:
    return NamedNode(f"{dataset.iri}/{version.name}")


def _day(version: Version) -> Literal:
    return Literal(version.date, datatype=term("xsd:date"))


def _read(triples: Iterable[Triple], space: str) -> Iterator[Version]:
    """The versions whose IRIs start with this, the earliest first."""
    dates: dict[str, str] = {}
    notes: dict[str, Text] = {}
    for one in triples:
        name = one.subject.value.removeprefix(space) if isinstance(one.subject, NamedNode) else ""
        if f"<{space}{name}>" != str(one.subject) or not isinstance(one.object, Literal):
            continue
        if one.predicate == term("dct:issued"):
            dates[name] = one.object.value
        elif one.predicate == term("adms:versionNotes"):
            notes.setdefault(name, {})[one.object.language or "en"] = one.object.value
    for name in sorted(dates, key=release_order):
        yield Version(name, dates[name], dict(sorted(notes.get(name, {}).items())))
