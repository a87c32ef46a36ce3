"""`mreze wikidata match`: `mreze links match` at Wikidata."""

from __future__ import annotations

import argparse

from mreze.cli import links_match
from mreze.gather.authorities import WIKIDATA


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    links_match.add_match_arguments(parser)
    parser.set_defaults(authority=WIKIDATA.name)


def run(options: argparse.Namespace) -> int:
    """Match."""
    return links_match.run(options)
