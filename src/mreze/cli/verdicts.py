"""What `mreze links accept` and `mreze links reject` have in common."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from mreze.errors import UsageError
from mreze.gather.identity import candidate_iri, thing_iri
from mreze.gather.linking import LINKS
from mreze.gather.lock import locked
from mreze.gather.model import Decision
from mreze.gather.review import Verdict, decide, said
from mreze.gather.table import Table, write_table
from mreze.gather.table_rows import read_table
from mreze.site import open_site


def add_verdict_arguments(parser: argparse.ArgumentParser, decision: Decision) -> None:
    """Say what a verdict takes."""
    parser.epilog = "exit status: 0 it stands in the table, 1 the table cannot be read or written, 2 wrong usage"
    parser.add_argument("site", nargs="?", default=".", metavar="SITE", help="a site's folder (default: here)")
    parser.add_argument("thing", metavar="THING", help="an IRI or an id, as kind/slug")
    parser.add_argument("candidate", metavar="CANDIDATE", help="an IRI, or an item of Wikidata as Q42")
    parser.add_argument("--by", required=True, metavar="NAME", help="who decides; of an accepted one it is published")
    parser.add_argument("--on", type=_day, metavar="DATE", help="when, as YYYY-MM-DD (default: today)")
    parser.add_argument("--note", default="", metavar="TEXT", help="why")
    if decision is Decision.ACCEPTED:
        parser.add_argument("--link", choices=LINKS, default="", help="property of the link (default: by the thing)")
    parser.add_argument("--change", action="store_true", help="take the place of what was decided before")
    parser.add_argument("--new", action="store_true", help="the candidate may be one that no search has found")
    parser.set_defaults(decision=decision)


def run_verdict(options: argparse.Namespace) -> int:
    """Write a verdict into the table, and say so."""
    root = Path(options.site)
    base = open_site(root).base
    verdict = _verdict(options, base)
    with locked(root, f"links {options.decision.removesuffix('ed')}"):
        before = read_table(root, base)
        after = decide(before, verdict)
        changed = write_table(root, after, before)
    _tell(verdict, before, after, changed=changed)
    return 0


def named(written: str, base: str) -> str:
    """The IRI of a thing of the site, as somebody names it on the command line.

    Raises:
        UsageError: it is none.
    """
    try:
        return thing_iri(written, base)
    except ValueError as error:
        raise UsageError(f"{written}: no thing is called so. Name it as kind/slug, or by its IRI.") from error


def today() -> str:
    """The day where the person is."""
    return datetime.datetime.now().astimezone().date().isoformat()


def _verdict(options: argparse.Namespace, base: str) -> Verdict:
    try:
        candidate = candidate_iri(options.candidate)
    except ValueError as error:
        raise UsageError(f"{options.candidate}: no candidate is called so. Name it by its IRI, or as Q42.") from error
    return Verdict(
        thing=named(options.thing, base),
        candidate=candidate,
        decision=options.decision,
        by=options.by,
        on=options.on or today(),
        note=options.note,
        link=getattr(options, "link", ""),
        change=options.change,
        new=options.new,
    )


def _tell(verdict: Verdict, before: Table, after: Table, *, changed: bool) -> None:
    key = verdict.thing, verdict.candidate
    already = "" if changed else "already "
    print(f"{verdict.candidate} is {already}{verdict.decision} for {verdict.thing}{said(after.by_key[key].candidate)}.")
    if changed and key in before.by_key and before.by_key[key].candidate.decision is Decision.ACCEPTED:
        print(f"Where it is a link already, take it out of the file that describes {verdict.thing}.")


def _day(written: str) -> str:
    try:
        found = datetime.date.fromisoformat(written)
    except ValueError:
        found = datetime.date.max
    if len(written) != len(today()) or found.isoformat() > today():
        raise argparse.ArgumentTypeError(f"{written} is no day until today, as YYYY-MM-DD")
    return written
