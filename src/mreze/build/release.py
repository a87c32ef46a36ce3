"""Build a release of a site: read, check, write, rename."""

from __future__ import annotations

import datetime
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pyoxigraph import Triple

from mreze import turtle
from mreze.build.authors import read_authored
from mreze.build.cache import open_cache
from mreze.build.carrying import carry, mark_store
from mreze.build.catalog import catalog
from mreze.build.changelog import tell
from mreze.build.check import check_site
from mreze.build.contents import Contents
from mreze.build.dates import latest_date
from mreze.build.differing import Comparison
from mreze.build.dumps import put_contents, write_dumps
from mreze.build.examples import draw_rows
from mreze.build.feeds import write_feeds
from mreze.build.index import start_names
from mreze.build.inputs import input_digest
from mreze.build.numbers import Count, Numbers, counting, keep_counted
from mreze.build.quality import measure_quality
from mreze.build.stage import WHOLE, Stage
from mreze.build.store import loading, write_store
from mreze.build.versions import continue_histories, versioned, versions
from mreze.build.void import void
from mreze.build.workers import processors, workers
from mreze.build.writer import ReleaseWriter, finish, free_name, unfinished
from mreze.errors import MrezeError, SiteError, UsageError
from mreze.findings import Finding, Names
from mreze.graph import SiteGraph, read_site
from mreze.pictures import picture_path
from mreze.progress import Progress, unwatched
from mreze.quality import QUALITY, write_quality
from mreze.release import (
    CHANGES,
    LOCATION,
    MANIFEST,
    STORE,
    VERSIONS,
    Release,
    ReleaseFile,
    manifest,
    release_before,
)
from mreze.shacl.engines import Engine
from mreze.shelf import Shelf
from mreze.site import Site, open_site
from mreze.staging import Staging

RELEASES: Final = "releases"
"""Where releases are kept, in the site's folder, unless the operator names another place."""


class GateClosedError(MrezeError):
    """The check found violations; nothing was built."""

    def __init__(self, names: Names, findings: list[Finding]) -> None:
        violations = sum(1 for one in findings if one.severity == "violation")
        super().__init__(f"{violations} violation{'s' if violations != 1 else ''}: nothing was built.")
        self.names = names
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Built:
    """A release that was built, and what its check had to say."""

    folder: Path
    site: Site
    names: Names
    findings: list[Finding]
    removed: tuple[str, ...] = ()
    """Names of older releases that made room for it."""


@dataclass(frozen=True, slots=True)
class _Step:
    """Which release follows which."""

    name: str
    date: str
    previous: Release | None
    jobs: int | None
    """How many processes write it; None for as many as there are processors."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """What the check had to say, and who is told how it goes on."""

    findings: list[Finding]
    progress: Progress
    loaded: Future[None]
    """The loading of the store, which goes on meanwhile."""


def build_release(
    root: Path,
    out: Path | None = None,
    date: str | None = None,
    progress: Progress = unwatched,
    *,
    insist: bool = False,
    keep: int | None = None,
    engine: Engine | None = None,
    jobs: int | None = None,
    full: bool = False,
) -> Built:
    """Check a site, write a release of it, and make that the current one.

    Args:
        root: the site's folder.
        out: the folder of releases; `releases` in the site's folder if None.
        date: the release's, YYYY-MM-DD; today (UTC) if None.
        progress: told what is being done.
        insist: whether datasets may lose more since the last release than they usually may.
        keep: how many releases stay in the folder; all if None.
        engine: what validates with SHACL, where the operator names it.
        jobs: how many processes may work at a time; as many as there are processors if None.
        full: whether everything is made anew, also what an earlier build kept.

    Raises:
        GateClosedError: the check found violations, or something that was published would vanish.
        SiteError: the folder is not a site, or says something later than the date.
        UsageError: the date is not one.
        ReleaseError: the release cannot be written, or the one before it not be read.
    """
    day = _day(date)
    shelf = Shelf(out or root / RELEASES)
    name = free_name(shelf.folder, day, shelf.removed())
    step = _Step(name, day, release_before(shelf.folder, name), jobs)
    site = open_site(root)
    with unfinished(shelf.folder) as writer, open_cache(shelf.folder, fresh=full) as cache:
        with TemporaryDirectory(prefix=".stage-", dir=writer.folder) as stage:
            graph = read_site(site, progress, jobs or processors(), Staging(Path(stage), cache), lasting=True)
            comparison = Comparison(graph, None if full else step.previous)
            graph = carry(comparison)
            with closing(graph):
                findings = check_site(
                    graph, progress, step.previous, insist=insist, engine=engine, comparison=comparison
                )
                if any(one.severity == "violation" for one in findings):
                    raise GateClosedError(graph.names, findings)
                _refuse_the_future(graph, day)
                contents = Contents(graph)
                with loading(contents) as loaded:
                    _write(contents, Stage(Path(stage)), writer, step, _Checked(findings, progress, loaded))
            mark_store(graph.store_folder, contents)
            graph.store_folder.rename(writer.folder / STORE)
        progress("renaming")
        folder = finish(writer, name)
        cache.clear()
    shelf.switch(name)
    removed = shelf.prune(keep) if keep is not None else []
    return Built(folder, site, graph.names, findings, tuple(removed))


def build_for_serving(root: Path, progress: Progress = unwatched) -> Path:
    """The release to serve of a site: the current one if it was made of what the site holds now, else a new one.

    It is the current one from then on.
    """
    latest = Shelf(root / RELEASES).latest()
    if latest is not None and latest.input == input_digest(open_site(root)):
        return latest.root
    return build_release(root, progress=progress).folder


def _day(date: str | None) -> str:
    try:
        return (datetime.date.fromisoformat(date) if date else datetime.datetime.now(datetime.UTC).date()).isoformat()
    except ValueError as error:
        raise UsageError(f"--date {date!r} is not a day. Write it as YYYY-MM-DD.") from error


def _refuse_the_future(graph: SiteGraph, day: str) -> None:
    latest = latest_date(graph)
    if latest is None or latest.day <= day:
        return
    raise SiteError(
        f"a release of {day} cannot hold {latest.day}: {latest.subject} says so.",
        path=latest.document.path,
        line=latest.document.scan.line(latest.subject, latest.predicate),
        remedy="Name a later day with --date, or mend the date.",
    )


def _write(contents: Contents, stage: Stage, writer: ReleaseWriter, step: _Step, checked: _Checked) -> None:
    site, progress = contents.site, checked.progress
    progress("sorting")
    put_contents(contents, stage)
    with workers(step.jobs, stage.quads(WHOLE).stat().st_size) as hands:
        count = counting(contents, stage)
        numbers = hands.start(Count.run, count)
        dumps = write_dumps(contents, stage, writer, step.previous, progress, hands)
        progress("index")
        names = start_names(writer.folder, contents, step.previous, hands)
        for name in ("ontology", "shapes"):
            _write_turtle(contents, writer, f"{name}.ttl", {quad.triple for quad in contents.graph.quads(name)})
        progress("statistics")
        counted = numbers.result()
        keep_counted(contents, count)
        progress("changes")
        release = _release(contents, counted, writer, step)
        changelog = tell(step.previous, release, step.name)
        known = continue_histories(site, step.previous, step.name, step.date, changelog.counts())
        progress("catalogue")
        author = (quad.triple for quad in contents.graph.quads("catalog"))
        written = versioned(site, author, known, changelog.version())
        catalogue = set(catalog(site, written, dumps, step.date, contents.labels))
        progress("feeds")
        write_feeds(contents, writer, step.previous, release, step.name, catalogue, hands)
        progress("index")
        names.finish()
    quality = measure_quality(site, contents.shapes, counted, checked.findings)
    writer.write(QUALITY, write_quality(quality))
    described = void(contents, counted, dumps, len(catalogue), step.date)
    turtles: dict[str, set[Triple]] = {
        "catalog.ttl": catalogue,
        "void.ttl": described,
        "queries.ttl": set(contents.described_queries),
        CHANGES: set(changelog.triples()),
        VERSIONS: set(versions(site, release.datasets, known)),
    }
    for path, triples in turtles.items():
        _write_turtle(contents, writer, path, triples)
    for query in contents.queries:
        writer.write(f"queries/{query.name}.rq", query.text.encode())
    for name, rows in draw_rows(contents.graph, contents.queries).items():
        writer.write(picture_path(name), rows)
    for path, content in read_authored(site).items():
        writer.write(path, content)
    progress("store")
    graphs = {"catalog": catalogue, "void": described, "queries": turtles["queries.ttl"]}
    write_store(contents, checked.loaded, graphs)
    writer.write(MANIFEST, manifest(replace(release, files=_files(writer))), listed=False)


def _write_turtle(contents: Contents, writer: ReleaseWriter, path: str, triples: set[Triple]) -> None:
    writer.write(path, turtle.write(triples, contents.prefixes, relative_to=LOCATION).encode())


def _release(contents: Contents, counted: Numbers, writer: ReleaseWriter, step: _Step) -> Release:
    """The release as far as it is written."""
    return Release(
        root=writer.folder,
        date=step.date,
        base=contents.site.base,
        languages=contents.site.languages,
        titles=contents.site.titles,
        ontology=contents.site.ontology_iri,
        datasets=contents.described_datasets({name: one.statistics.triples for name, one in counted.datasets.items()}),
        prefixes=contents.prefixes,
        counts={"triples": counted.whole.triples, "things": contents.documents.things},
        files=_files(writer),
        input=input_digest(contents.site),
        previous=step.previous.name if step.previous else None,
        indexed=True,
    )


def _files(writer: ReleaseWriter) -> dict[str, ReleaseFile]:
    """What is written so far."""
    return {one.path: one for one in sorted(writer.files, key=lambda file: file.path)}
