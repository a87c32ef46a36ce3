"""Build a release of a site: read, check, write, rename."""

from __future__ import annotations

import datetime
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from mreze.build.cache import open_cache
from mreze.build.carrying import carry, mark_store
from mreze.build.check import check_site
from mreze.build.contents import Contents
from mreze.build.dates import latest_date
from mreze.build.differing import Comparison
from mreze.build.groundwork import laying
from mreze.build.inputs import input_digest
from mreze.build.making import Making, Step
from mreze.build.stage import Stage
from mreze.build.store import loading
from mreze.build.workers import processors, workers
from mreze.build.writer import finish, free_name, unfinished
from mreze.errors import MrezeError, SiteError, UsageError
from mreze.findings import Finding, Names
from mreze.graph import SiteGraph, read_site
from mreze.progress import Progress, unwatched
from mreze.release import (
    STORE,
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
    step = Step(name, day, release_before(shelf.folder, name))
    site = open_site(root)
    with unfinished(shelf.folder) as writer, open_cache(shelf.folder, fresh=full) as cache:
        # Where it is interrupted, the engine may write there a little longer; `unfinished` removes what is left.
        with TemporaryDirectory(prefix=".stage-", dir=writer.folder, ignore_cleanup_errors=True) as aside:
            graph = read_site(site, progress, jobs or processors(), Staging(Path(aside), cache), lasting=True)
            comparison = Comparison(graph, None if full else step.previous)
            graph = carry(comparison)
            with closing(graph), workers(jobs, graph.volume) as hands:
                contents = Contents(graph)
                with laying(contents, Stage(Path(aside)), hands) as laid:
                    findings = check_site(
                        graph, progress, step.previous, insist=insist, engine=engine, comparison=comparison
                    )
                    if any(one.severity == "violation" for one in findings):
                        raise GateClosedError(graph.names, findings)
                    _refuse_the_future(graph, day)
                    progress("sorting")
                    groundwork = laid.result()
                with loading(contents, groundwork.documents) as loaded:
                    Making(contents, groundwork, writer, step, hands, progress).write(findings, loaded)
            mark_store(graph.store_folder, graph, groundwork.documents.triples)
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
