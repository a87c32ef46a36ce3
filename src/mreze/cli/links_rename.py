"""`mreze links rename`: let the candidates of a thing follow it to another IRI."""

from __future__ import annotations

import argparse
from pathlib import Path

from mreze.cli.verdicts import named
from mreze.errors import UsageError
from mreze.gather.lock import locked
from mreze.gather.renames import inhabitants, renamed
from mreze.gather.table import write_table
from mreze.gather.table_rows import read_table
from mreze.graph import read_site
from mreze.site import open_site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = "exit status: 0 it is renamed, 1 the table cannot be read or written, 2 wrong usage"
    parser.add_argument("site", nargs="?", default=".", metavar="SITE", help="a site's folder (default: here)")
    parser.add_argument("old", metavar="OLD", help="what the thing was called: an IRI or an id, as kind/slug")
    parser.add_argument("new", metavar="NEW", help="what it is called now")


def run(options: argparse.Namespace) -> int:
    """Rename."""
    root = Path(options.site)
    site = open_site(root)
    old, new = named(options.old, site.base), named(options.new, site.base)
    with locked(root, "links rename"):
        _demand(old, new, inhabitants(read_site(site)).things)
        before = read_table(root, site.base)
        after = renamed(before, old, new)
        write_table(root, after, before)
    count = sum(one.candidate.thing == old for one in before.entries)
    print(f"Candidates of {old} that are those of {new} now: {count}.")
    return 0


def _demand(old: str, new: str, things: frozenset[str]) -> None:
    """A thing was renamed if the site describes it by its new name only."""
    if new not in things:
        raise UsageError(f"the site describes no {new}. Give the thing its new name first, then its candidates.")
    if old in things:
        raise UsageError(f"the site still describes {old}. Give the thing its new name first, then its candidates.")
