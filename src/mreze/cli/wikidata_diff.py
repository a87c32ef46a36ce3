"""`mreze wikidata diff`: tell what is missing there, missing here, and contradictory."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mreze.cli.network import add_network_arguments, open_session
from mreze.errors import UsageError
from mreze.gather import files
from mreze.gather.differences.forms import FORMS
from mreze.gather.differences.report import Report, report_of
from mreze.gather.roundtrip import RUN, compare_site
from mreze.graph import read_site
from mreze.site import open_site
from mreze.texts import interface_language


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = (
        "exit status: 0 they were compared, whether or not they differ, 1 the site or the endpoint cannot be read, "
        "2 wrong usage"
    )
    parser.add_argument("site", nargs="?", default=".", metavar="SITE", help="a site's folder (default: here)")
    parser.add_argument("--format", choices=list(FORMS), default="text", help="form of the comparison (default: text)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write it there instead of to the terminal")
    parser.add_argument(
        "--lang", metavar="TAG", help="language of labels and words: en, sr-cyrl, sr-latn (default: your locale's)"
    )
    add_network_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Compare."""
    if options.out is not None and options.out.is_dir():
        raise UsageError(f"{options.out}: is a folder. Name a file: --out FILE")
    written = FORMS[options.format](_report(options), interface_language(options.lang))
    if options.out is None:
        sys.stdout.write(written)
    else:
        files.replace(options.out, written)
    return 0


def _report(options: argparse.Namespace) -> Report:
    site = open_site(Path(options.site))
    graph = read_site(site)
    with open_session(options, site, RUN) as session:
        compared, stated = compare_site(graph, session.endpoint)
    asked = (options.endpoint, f"{session.fetched:%Y-%m-%d}", session.snapshot.folder.name)
    return report_of(graph, compared, stated, *asked)
