"""`mreze wikidata match`: look for items of things that have none."""

from __future__ import annotations

import argparse

from mreze.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("site", nargs="?", default=".", metavar="SITE", help="a site's folder (default: here)")


def run(options: argparse.Namespace) -> int:
    """Match."""
    raise UsageError(f"{options.site}: `mreze wikidata match` is not there yet.")
