"""`mreze wikidata quickstatements`: write what is missing there, for a person to submit."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from mreze.cli.network import add_network_arguments, open_session
from mreze.cli.verdicts import today
from mreze.errors import UsageError
from mreze.gather.ledger import Ledger, read_ledger, rows, unsent, write
from mreze.gather.lock import locked
from mreze.gather.model import Compared, Difference
from mreze.gather.quickstatements import Addition, Left, additions, lines
from mreze.gather.roundtrip import RUN, compare_site
from mreze.graph import read_site
from mreze.site import Site, open_site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = (
        "What is contradictory, has no link, or no source of the site's own is never written. What was written to a "
        "file is remembered in data/links/sent.tsv and not written again, even if somebody removes it at Wikidata. "
        "exit status: 0 done, also where nothing is new; 1 it could not be compared or written; 2 wrong usage"
    )
    parser.add_argument(
        "site", nargs="?", type=Path, default=Path(), metavar="SITE", help="the site's folder (default: here)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="write the commands there; it must be new (default: standard output)"
    )
    parser.add_argument(
        "--record", action="store_true", help="remember as sent what goes to standard output, too: you submit it now"
    )
    parser.add_argument("--again", action="store_true", help="write also what was written before")
    add_network_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write."""
    if options.out is not None and options.record:
        raise UsageError("what goes to a file is remembered anyway: give --out or --record")
    site = open_site(options.site)
    read_ledger(site.root)  # a broken one is told before anybody is asked
    found, left = additions(_compared(options, site))
    recorded = options.out is not None or options.record
    with locked(site.root, "wikidata quickstatements") if recorded else nullcontext():
        ledger = read_ledger(site.root)  # only now: another run may have written meanwhile
        new, days = (found, ()) if options.again else unsent(found, ledger)
        _tell(left, days)
        if new:
            _write(options, site, new, ledger)
        else:
            print("mreze: nothing new to send", file=sys.stderr)
    return 0


def _compared(options: argparse.Namespace, site: Site) -> tuple[Compared, ...]:
    graph = read_site(site)
    with open_session(options, site, RUN) as session:
        compared, _ = compare_site(graph, session.endpoint)
    return compared


def _write(options: argparse.Namespace, site: Site, new: Sequence[Addition], before: Ledger) -> None:
    commands = lines(new)
    text = "".join(f"{line}\n" for line in commands)
    ledger = before.with_rows(rows(new, today(), _place(site, options.out)))
    if options.out is not None:
        write(site.root, ledger, options.out, text)
        print(f"mreze: {options.out}: {len(commands)} lines; submit them at https://qs.toolforge.org/", file=sys.stderr)
        return
    sys.stdout.write(text)
    sys.stdout.flush()
    if options.record:
        write(site.root, ledger)
    else:
        print("mreze: nothing was remembered; name a file with --out, or give --record", file=sys.stderr)


def _place(site: Site, out: Path | None) -> str:
    """The file's name as the ledger has it: the same wherever the site lies, and nothing of where else files do."""
    if out is None:
        return "-"
    whole, root = out.resolve(), site.root.resolve()
    return (whole.relative_to(root) if whole.is_relative_to(root) else Path(whole.name)).as_posix()


def _tell(left: Sequence[Left], days: Sequence[str]) -> None:
    """What is not written, and why; what has no link only by number, as that may be all that a list names."""
    unlinked = [one for one in left if one.difference == Difference.UNLINKED]
    for one in left:
        if one not in unlinked:
            print(f"mreze: left out: {one.what}: {one.reason}", file=sys.stderr)
    if unlinked:
        remedy = "`mreze wikidata match` looks for one"
        print(f"mreze: left out: {len(unlinked)} statements of or about what has no link: {remedy}", file=sys.stderr)
    if days:
        since = min(days) if min(days) == max(days) else f"{min(days)} to {max(days)}"
        print(f"mreze: {len(days)} were sent before ({since}): --again writes them too", file=sys.stderr)
