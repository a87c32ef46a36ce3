"""`mreze links check`: tell which links are not well-formed, or lead nowhere."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from mreze.cli.network import add_network_arguments, open_session
from mreze.cli.progress import steps
from mreze.errors import GatherError
from mreze.findings import Finding
from mreze.gather.authorities import AUTHORITIES
from mreze.gather.existence import look
from mreze.gather.links import Link, read_links, wrong
from mreze.gather.roundtrip import demand_whole
from mreze.graph import read_site
from mreze.report import write_report
from mreze.site import Site, open_site
from mreze.texts import interface_language, pick, text

COMMAND: Final = "links-check"
"""Name of the snapshots."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = (
        "The form of every link is checked, and that no thing is linked twice; whether what it leads to is there is "
        "asked of its authority, where the network is there. "
        "exit status: 0 nothing is wrong, 1 something is, 2 wrong usage"
    )
    parser.add_argument(
        "site", nargs="?", type=Path, default=Path(), metavar="SITE", help="the site's folder (default: here)"
    )
    parser.add_argument(
        "--authority", action="append", choices=list(AUTHORITIES), dest="authorities", default=[],
        help="only links to this one; may be repeated (default: to all that mreze knows)",
    )  # fmt: skip
    parser.add_argument("--format", choices=["text", "json"], default="text", help="form of the report (default: text)")
    parser.add_argument(
        "--lang", metavar="TAG", help="language of the report: en, sr-cyrl, sr-latn (default: your locale's, else en)"
    )
    add_network_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Check; 1 where a link is wrong."""
    site = open_site(options.site)
    graph = read_site(site)
    demand_whole(graph)
    links = read_links(graph, options.authorities)
    missing, asked = _existence(options, site, links)
    findings = sorted([*wrong(links), *missing], key=Finding.order)
    language = interface_language(options.lang)
    if findings or asked or options.format != "text":
        write_report(findings, graph.names, language=language, output=sys.stdout, form=options.format)
    if options.format == "text":
        print(_last(len(links), language, asked=asked, wrong=bool(findings)))
    return 1 if findings else 0


def _last(count: int, language: str, *, asked: bool, wrong: bool) -> str:
    """How much was looked at, and what was not."""
    told = [text("Links looked at: {count}.", count=count)]
    if not asked:
        told += [] if wrong else [text("Their form is right.")]
        told.append(text("Whether what they lead to exists was not checked, or not of all."))
    return " ".join(pick(one, language) for one in told)


def _existence(options: argparse.Namespace, site: Site, links: Sequence[Link]) -> tuple[Sequence[Finding], bool]:
    """What is not there, and whether all could be asked; where not, that is said and changes nothing else."""
    findings: Sequence[Finding] = ()
    try:
        with open_session(options, site, COMMAND) as session, steps("looking") as progress:
            found = look(links, session.web, session.wikibase, progress)
            findings = found.findings
            print(f"mreze: looked whether {found.checked} things elsewhere are there", file=sys.stderr)
            for told in found.unchecked:
                print(f"mreze: existence was not checked: {told}", file=sys.stderr)
            _demand(found.unchecked)
            return findings, True
    except _Unfinished:
        pass
    except GatherError as error:
        print(f"mreze: existence was not checked: {error}", file=sys.stderr)
    return findings, False


class _Unfinished(Exception):
    """Somebody did not answer: the snapshot stays open, so that the next run asks nobody else again."""


def _demand(unchecked: Sequence[str]) -> None:
    if unchecked:
        raise _Unfinished
