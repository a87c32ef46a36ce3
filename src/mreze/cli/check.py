"""`mreze check`: tell everything that is wrong with a site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mreze.build.cache import look_into_cache
from mreze.build.check import catalog_finding, check_site
from mreze.build.release import RELEASES
from mreze.cli.engine import add_engine
from mreze.cli.jobs import add_jobs
from mreze.cli.progress import steps
from mreze.errors import SiteError
from mreze.findings import Finding, Names
from mreze.graph import read_site
from mreze.release import newest_release
from mreze.report import FORMS, write_report
from mreze.shacl.engines import Engine
from mreze.site import Site, open_site
from mreze.staging import Staging
from mreze.storage import storing_aside
from mreze.texts import interface_language


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = "exit status: 0 no violation (warnings are allowed), 1 violations, 2 wrong usage"
    parser.add_argument(
        "site", nargs="?", type=Path, default=Path(), metavar="SITE", help="the site's folder (default: here)"
    )
    parser.add_argument("--format", choices=list(FORMS), default="text", help="form of the report (default: text)")
    add_engine(parser)
    add_jobs(parser)
    parser.add_argument(
        "--lang", metavar="TAG", help="language of the report: en, sr-cyrl, sr-latn (default: your locale's, else en)"
    )


def run(options: argparse.Namespace) -> int:
    """Check; 1 where there are violations."""
    try:
        site = open_site(options.site)
    except SiteError as error:  # without its catalogue nothing else of the site can be checked
        names, findings = Names(), [catalog_finding(error)]
    else:
        names, findings = _check(site, options.shacl_engine, options.jobs)
    language = interface_language(options.lang)
    write_report(findings, names, language=language, output=sys.stdout, form=options.format)
    return 1 if any(one.severity == "violation" for one in findings) else 0


def _check(site: Site, engine: Engine | None, jobs: int) -> tuple[Names, list[Finding]]:
    releases = site.root / RELEASES
    with steps("checking") as progress, storing_aside(), look_into_cache(releases) as cache:
        graph = read_site(site, progress, jobs, Staging(keeper=cache))
        previous = newest_release(releases)
        return graph.names, check_site(graph, progress, previous, insist=True, engine=engine)
