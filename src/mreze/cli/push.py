"""`mreze push`: put a release into a SPARQL server, and have it served from there."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import closing
from pathlib import Path

from mreze.cli.progress import steps
from mreze.errors import UsageError
from mreze.push.bulk import Bulk, by_bulk_loader
from mreze.push.push import push
from mreze.release import Release, is_release, open_release
from mreze.remote.client import connect
from mreze.remote.dialects import DIALECTS
from mreze.remote.endpoint import PASSWORD, USER, Given, checked_address, credentials
from mreze.shelf import Shelf


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = (
        "what is served changes last, in one step: whatever stops a push leaves the old release served, and the next "
        f"push clears up. User and password may be in {USER} and {PASSWORD}"
    )
    parser.add_argument(
        "release", type=Path, metavar="RELEASE", help="a release, or a folder of releases: its current one"
    )
    parser.add_argument(
        "--to", required=True, metavar="URL",
        help="the server: http://localhost:7878/ (Oxigraph), http://localhost:8890/sparql (Virtuoso), any SPARQL 1.1",
    )  # fmt: skip
    parser.add_argument("--dialect", choices=sorted(DIALECTS), help="what the server is (default: it is asked)")
    parser.add_argument("--update-url", metavar="URL", help="where it takes updates, if that is not known of it")
    parser.add_argument("--graph-store-url", metavar="URL", help="where it takes graphs, likewise")
    parser.add_argument("--user", metavar="NAME", help="who pushes")
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="a file whose first line is the password")
    parser.add_argument(
        "--keep", type=_count, metavar="N",
        help="remove older releases from the server, so that N stay (default: all do); never the one that is served",
    )  # fmt: skip
    parser.add_argument(
        "--bulk", type=Path, metavar="DIR",
        help="load by Virtuoso's bulk loader, through this folder, which the server may read (DirsAllowed); its isql "
        "takes the password as an argument, which others on this machine can see meanwhile",
    )  # fmt: skip
    parser.add_argument(
        "--sql", default="localhost:1111", metavar="HOST:PORT", help="where it takes SQL (default: localhost:1111)"
    )


def run(options: argparse.Namespace) -> int:
    """Push, and say what is served now."""
    release = _release(options.release)
    given = _given(options)
    loader = None if options.bulk is None else by_bulk_loader(Bulk(options.bulk, options.sql), given.credentials)
    with steps("pushing") as progress, closing(connect(given)) as client:
        done = push(release, client, progress, keep=options.keep, loader=loader)
    for name in done.removed:
        print(f"mreze: the release {name} made room", file=sys.stderr)
    what = "loaded" if done.loaded else "there already"
    print(
        f"{given.address}: serves {done.release} now, {done.triples:,} triples in all graphs "
        f"({what}; before: {done.before or 'nothing'})"
    )
    return 0


def _given(options: argparse.Namespace) -> Given:
    update, store = (
        None if one is None else checked_address(one) for one in (options.update_url, options.graph_store_url)
    )
    who = credentials(os.environ, options.user, _password(options.password_file))
    return Given(checked_address(options.to), options.dialect, update, store, who)


def _password(path: Path | None) -> str | None:
    try:
        return None if path is None else path.read_text("utf-8").partition("\n")[0]
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{path}: the password cannot be read: {error}.") from error


def _release(path: Path) -> Release:
    if is_release(path):
        return open_release(path.resolve())  # a link to one has another name
    latest = Shelf(path).latest() if path.is_dir() else None
    if latest is None:
        raise UsageError(f"{path}: neither a release nor a folder of releases. Build one: mreze build SITE")
    return latest


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number of releases: at least one stays")
    return number
