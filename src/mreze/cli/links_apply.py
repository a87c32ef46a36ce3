"""`mreze links apply`: write the candidates that were accepted into the data, as links."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mreze.cli.verdicts import today
from mreze.gather.applying import Applied, apply
from mreze.gather.files import replace_all
from mreze.gather.lock import locked
from mreze.gather.table import PATH, Table
from mreze.gather.table_rows import read_table
from mreze.graph import SiteGraph, read_site
from mreze.site import open_site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = "exit status: 0 all are links now, 1 some cannot be and nothing was written, 2 wrong usage"
    parser.add_argument("site", nargs="?", default=".", metavar="SITE", help="a site's folder (default: here)")
    parser.add_argument(
        "--by", default="", metavar="NAME",
        help="who accepted what was accepted by hand, where the table does not say; it is published with the link",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Apply."""
    root = Path(options.site)
    site = open_site(root)
    with locked(root, "links apply"):
        graph = read_site(site)
        before = read_table(root, site.base)  # last: reading the site takes a while, in which somebody may edit it
        applied = apply(graph, before, " ".join(options.by.split()), today())
        for warning in applied.warnings:
            print(f"mreze: {warning}", file=sys.stderr)
        _write(graph, applied, before)
    for one in applied.links:
        print(f"{one.thing} {one.name} {one.candidate} ({one.by}, {one.on})")
    print(f"Links: {len(applied.links)}, files: {len(applied.files)}.")
    return 0


def _write(graph: SiteGraph, applied: Applied, before: Table) -> None:
    """Write the table first: should the rest fail, the rows are no links yet and the next run goes on with them."""
    root = graph.site.root
    contents = {root / PATH: applied.table.text()} if applied.table != before else {}
    contents.update({root / path: text for path, text in applied.files.items()})
    read = {root / one.path: one.text.encode() for one in graph.documents if one.path in applied.files}
    replace_all(contents, {root / PATH: before.source, **read})
