"""`mreze export`: write a whole site as files for any web server."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mreze.build.release import GateClosedError, build_for_serving
from mreze.cli.progress import steps
from mreze.cli.serve import public_url
from mreze.errors import UsageError
from mreze.release import Release, is_release, open_release
from mreze.report import write_report
from mreze.serve.export.export import export
from mreze.serve.export.names import OWN
from mreze.shelf import Shelf
from mreze.site import CATALOG
from mreze.texts import interface_language


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = f"DIR/{OWN}/README.md tells how to serve the files, with nginx or with any other host"
    parser.add_argument(
        "source", nargs="?", type=Path, default=Path(), metavar="SITE|RELEASE",
        help="a site, which is checked and built first, a release, or a folder of releases (default: here)",
    )  # fmt: skip
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="a folder that is new, empty, or an earlier export, which is replaced"
    )
    parser.add_argument(
        "--public-url", type=public_url, required=True, metavar="URL", help="where the world will see the site"
    )


def run(options: argparse.Namespace) -> int:
    """Write the files and say where they are."""
    release = _release(options.source)
    with steps("exporting") as progress:
        done = export(release, options.folder, options.public_url, progress)
    for one in done.left_out:
        print(f"mreze: left out, as the site has no answer: {one}", file=sys.stderr)
    print(f"{done.folder}: {done.files} files of the release {release.name}")
    return 0


def _release(source: Path) -> Release:
    if is_release(source):
        return open_release(source.resolve())  # a link to one has another name
    if (source / CATALOG).exists():
        return open_release(_built(source))
    latest = Shelf(source).latest()
    if latest is None:
        raise UsageError(f"{source}: neither a site (it has no {CATALOG}) nor a release, nor a folder of releases.")
    return latest


def _built(site: Path) -> Path:
    try:
        with steps("building") as progress:
            return build_for_serving(site, progress)
    except GateClosedError as error:
        write_report(error.findings, error.names, language=interface_language(), output=sys.stderr)
        raise
