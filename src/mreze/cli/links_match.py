"""`mreze links match`: look for candidates of things that have no link, and put them into the table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from mreze.cli.network import Services, add_network_arguments, open_session
from mreze.errors import UsageError
from mreze.gather.authorities import AUTHORITIES, Authority, authority
from mreze.gather.lock import locked
from mreze.gather.matching import Outcome, look, offered
from mreze.gather.reconciliation import Service
from mreze.gather.renames import inhabitants
from mreze.gather.search import Search, Wanted
from mreze.gather.session import Session
from mreze.gather.table import PATH, write_table
from mreze.gather.table_rows import read_table
from mreze.gather.things import Things
from mreze.graph import read_site
from mreze.site import Site, open_site

_SHOWN = 20
"""So many things are named."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "--authority", choices=list(AUTHORITIES), required=True, help="who describes the things elsewhere"
    )
    add_match_arguments(parser)


def add_match_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what it takes beside the authority."""
    parser.add_argument("site", nargs="?", default=".", metavar="SITE", help="a site's folder (default: here)")
    parser.add_argument(
        "--thing", action="append", default=[], metavar="ID", dest="things",
        help="look only for this one: its path (organizations/example) or IRI; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--class", action="append", default=[], metavar="IRI", dest="classes",
        help="look only for things of this class, schema:City or an IRI; may be repeated; with --thing both must hold",
    )  # fmt: skip
    parser.add_argument(
        "--least",
        type=_points,
        default=40.0,
        metavar="N",
        help="points of a candidate (0 to 100), at least (%(default)g)",
    )
    parser.add_argument(
        "--limit", type=_count, default=5, metavar="N",
        help="undecided candidates of a thing at most; how many more there are is told (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument("--no-service", action="store_true", help="ask no reconciliation service")
    parser.add_argument("--no-endpoint", action="store_true", help="ask no SPARQL endpoint")
    add_network_arguments(parser, Services(endpoint=None, service=None))


def run(options: argparse.Namespace) -> int:
    """Match."""
    site = open_site(Path(options.site))
    asked = authority(options.authority)
    _settle(options, asked)
    before = read_table(site.root, site.base)
    graph = read_site(site)
    things = Things(graph).read(options.things, options.classes)
    wanted = Wanted(asked, options.limit, options.least, site.languages)
    now = inhabitants(graph)
    with open_session(options, site, f"match-{asked.name}") as session:
        found = look(things, now, before, _search(options, session, wanted))
        # Within the session: what cannot be written is not asked for again by the next run.
        with locked(site.root, f"links match --authority {asked.name}"):
            if read_table(site.root, site.base) != before:  # things may have been renamed with their rows
                now = inhabitants(read_site(site))
            latest = read_table(site.root, site.base)
            outcome = offered(latest, *found, now, options.limit)
            changed = write_table(site.root, outcome.table, latest)
    for line in outcome.warnings:
        print(f"mreze: {line}", file=sys.stderr)
    print("\n".join(_told(outcome, site, asked, changed=changed)))
    return 0


def _settle(options: argparse.Namespace, asked: Authority) -> None:
    """Fill in where the authority is asked unless somebody says otherwise."""
    for name in ("endpoint", "service"):
        chosen, left_out = getattr(options, name), getattr(options, f"no_{name}")
        if chosen and left_out:
            raise UsageError(f"--{name} names whom to ask, --no-{name} to ask nobody: give one of them")
        setattr(options, name, "" if left_out else chosen or getattr(asked, name))
    if not options.endpoint and not options.service:
        told = "" if options.no_endpoint or options.no_service else f"{asked.title} has no public one. "
        raise UsageError(
            f"there is nobody to ask about {asked.title}. {told}"
            "Name a SPARQL endpoint (--endpoint URL), a reconciliation service (--service URL), or both"
        )


def _search(options: argparse.Namespace, session: Session, wanted: Wanted) -> Search:
    service = Service(session.web, options.service, wanted.authority, _progress) if options.service else None
    return Search(wanted, session.endpoint if options.endpoint else None, service, _progress)


def _progress(step: str, done: int = 0, total: int | None = None) -> None:
    part = f" {done + 1} of {total}" if total is not None else ""
    print(f"mreze: {step}{part} …", file=sys.stderr)


def _told(outcome: Outcome, site: Site, asked: Authority, *, changed: bool) -> Iterator[str]:
    """What came of it, for the person who reviews it."""
    settled = [f"{len(outcome.asked.linked)} with a link"] if outcome.asked.linked else []
    settled += [f"{len(outcome.asked.settled)} with an accepted candidate"] if outcome.asked.settled else []
    beside = f"; not for {', '.join(settled)}" if settled else ""
    yield f"looked for {_things(len(outcome.asked.things))} at {asked.title}{beside}"
    yield (
        f"candidates: {len(outcome.new)} new, {outcome.known} known already, "
        f"{outcome.held_back} held back since a person has decided"
    )
    if outcome.beyond:
        names = [f"{one.removeprefix(f'{site.base}id/')} ({count})" for one, count in sorted(outcome.beyond.items())]
        yield f"left out by the limit: {_shortened(names)}; raise it to see them: --limit N"
    if outcome.findings.below:
        yield f"too few points (--least): {outcome.findings.below}"
    for what, count in sorted(outcome.findings.left_out.items()):
        yield f"left out, being {what}: {count}"
    for reason, count in sorted(outcome.findings.untranslated.items()):
        yield f"found by the service, but no IRI of {asked.title} is known for them ({reason}): {count}"
    if outcome.nothing:
        names = [one.removeprefix(f"{site.base}id/") for one in outcome.nothing]
        yield f"nothing found for: {_shortened(names)}"
    table = site.root / PATH
    if outcome.new:
        yield f"{table}: review what is new, then mreze links accept, mreze links reject"
    else:
        yield f"{table}: what was known is described anew" if changed else "nothing new; the table is as it was"


def _shortened(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}"


def _things(count: int) -> str:
    return f"{count} thing" if count == 1 else f"{count} things"


def _points(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= 100:
        raise argparse.ArgumentTypeError(f"{text} is no number from 0 to 100")
    return number


def _count(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= 100:
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 1 to 100")
    return number
