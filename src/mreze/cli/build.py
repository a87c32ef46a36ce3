"""`mreze build`: check a site and write a release of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mreze.build.release import RELEASES, GateClosedError, build_release
from mreze.cli.engine import add_engine
from mreze.cli.jobs import add_jobs
from mreze.cli.progress import steps
from mreze.report import write_report
from mreze.texts import interface_language


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "site", nargs="?", type=Path, default=Path(), metavar="SITE", help="the site's folder (default: here)"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help=f"the folder of releases (default: SITE/{RELEASES})")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="the release's date (default: today, UTC)")
    parser.add_argument(
        "--insist",
        action="store_true",
        help="build also where a dataset has lost more since the last release than it may (usually a fifth)",
    )
    parser.add_argument(
        "--keep", type=_count, metavar="N",
        help="remove older releases, so that N stay (default: all do); the current one, and one that a server has in "
        "use, is never removed",
    )  # fmt: skip
    parser.add_argument(
        "--full", action="store_true", help="make everything anew, also what earlier builds kept (DIR/.cache)"
    )
    add_engine(parser)
    add_jobs(parser)
    parser.add_argument(
        "--lang",
        metavar="TAG",
        help="language of the findings: en, sr-cyrl, sr-latn (default: your locale's)",
    )


def run(options: argparse.Namespace) -> int:
    """Build; 1 where the check found violations."""
    language = interface_language(options.lang)
    try:
        with steps("building") as progress:
            built = build_release(
                options.site,
                options.out,
                options.date,
                progress,
                insist=options.insist,
                keep=options.keep,
                engine=options.shacl_engine,
                jobs=options.jobs,
                full=options.full,
            )
    except GateClosedError as error:
        write_report(error.findings, error.names, language=language, output=sys.stderr)
        raise
    if built.findings:
        write_report(built.findings, built.names, language=language, output=sys.stderr)
    for name in built.removed:
        print(f"mreze: the release {name} made room", file=sys.stderr)
    print(built.folder)
    return 0


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number of releases: at least one stays")
    return number
