"""`mreze wikidata quickstatements`: write what is missing there, for a person to submit."""

from __future__ import annotations

import argparse

from mreze.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("site", nargs="?", default=".", metavar="SITE", help="a site's folder (default: here)")


def run(options: argparse.Namespace) -> int:
    """Write."""
    raise UsageError(f"{options.site}: `mreze wikidata quickstatements` is not there yet.")
