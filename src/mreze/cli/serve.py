"""`mreze serve`: serve a release over HTTP."""

from __future__ import annotations

import argparse
import importlib
import ipaddress
import os
import sys
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from mreze.errors import MrezeError, UsageError
from mreze.release import Release, is_release, open_release
from mreze.remote.endpoint import Given, checked_address, credentials
from mreze.serve.server import follow, is_anywhere, serve
from mreze.serve.settings import CATALOG_PAGE, DEADLINE, IN_MEMORY, MEMORY, RESULT, Network, Settings
from mreze.shelf import Shelf
from mreze.site import CATALOG
from mreze.texts import interface_language

_MB: Final = 1 << 20
_RELEASES: Final = "releases"
"""Where a site has its releases."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "source", nargs="?", type=Path, default=Path(), metavar="SITE|RELEASE",
        help="a site, a release, or a folder of releases (default: here). Of a folder, and of a site, the release is "
        "served that the link `current` names, or the newest; when that changes, the new one takes over",
    )  # fmt: skip
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="the port; 0 for any free one (default: %(default)s)")
    parser.add_argument(
        "--workers", type=_count, metavar="N", help="queries evaluated at once (default: one a core, at least 2)"
    )
    parser.add_argument(
        "--public-url", type=public_url, metavar="URL", help="where the world sees the site, if not where it listens"
    )
    parser.add_argument(
        "--trust-proxy", type=_network, action="append", default=[], metavar="NETWORK", dest="trusted",
        help="believe Forwarded and X-Forwarded-* from this address or network, 10.0.0.0/8; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--in-memory", type=_not_negative, default=IN_MEMORY / _MB, metavar="MB",
        help="a larger store is queried on disk (default: %(default)g; a million triples take about 1,100)",
    )  # fmt: skip
    parser.add_argument(
        "--allow-service",
        type=_service,
        action="append",
        default=[],
        metavar="PREFIX",
        help="let queries ask other servers (SERVICE) whose addresses begin with this, such as "
        "https://query.example.org/sparql; can be given more than once. A redirect that such a server sends is not "
        "followed. Their answers are not kept",
    )
    parser.add_argument(
        "--catalog-page", type=_datasets, default=CATALOG_PAGE, metavar="N",
        help="datasets that a page of the catalogue has at most (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--backend", type=_address, metavar="URL",
        help="the SPARQL server that has the store, where `mreze push` put it. Of a folder of releases the one "
        "is served that it names. A name and a password that it wants stand in MREZE_BACKEND_USER and "
        "MREZE_BACKEND_PASSWORD",
    )  # fmt: skip
    limits = parser.add_argument_group("limits of a query")
    limits.add_argument("--timeout", type=_positive, default=DEADLINE, metavar="SECONDS", help="(default: %(default)g)")
    limits.add_argument(
        "--memory",
        type=_positive,
        default=MEMORY / _MB,
        metavar="MB",
        help="beside what the store needs (default: %(default)g)",
    )
    limits.add_argument(
        "--result", type=_positive, default=RESULT / _MB, metavar="MB", help="size of an answer (default: %(default)g)"
    )


def run(options: argparse.Namespace) -> int:
    """Serve until told to end."""
    source = _source(options.source, build=options.backend is None)
    if options.backend is not None and options.allow_service:
        raise UsageError("--allow-service cannot be had with --backend: its server would ask others in our name.")
    given = {} if options.workers is None else {"workers": options.workers}
    settings = Settings(
        "",
        options.public_url,
        deadline=options.timeout,
        memory=int(options.memory * _MB),
        result=int(options.result * _MB),
        trusted=tuple(options.trusted),
        in_memory=int(options.in_memory * _MB),
        services=tuple(options.allow_service),
        catalog_page=options.catalog_page,
        backend=options.backend,
        **given,
    )

    def tell(release: Release, address: str) -> None:
        print(f"mreze: serving {release.base} at {address} (release {release.name})", flush=True)
        if is_anywhere(options.host) and options.public_url is None:
            print(f"mreze: other machines are sent to {address}; tell where they see it: --public-url", file=sys.stderr)

    if isinstance(source, Shelf):
        follow(source, options.host, options.port, settings, tell)
    else:
        serve(source, options.host, options.port, settings, tell)
    return 0


def _source(source: Path, *, build: bool) -> Release | Shelf:
    """The release to serve for ever, or the folder whose current one is to be served; a site may be built before."""
    if is_release(source):
        return open_release(source)
    is_site = (source / CATALOG).exists()
    if is_site and build:
        return Shelf(_built(source).parent)
    shelf = Shelf(source / _RELEASES if is_site else source)
    if not shelf.names():
        raise UsageError(
            f"{source}: neither a site (it has no {CATALOG}) nor a release, nor a folder of releases. "
            "Make a site: mreze new DIR. Build a release: mreze build SITE"
        )
    return shelf


def _built(site: Path) -> Path:
    """Build first; what that needs is imported only here: a release is served without it."""
    building = importlib.import_module("mreze.build.release")
    reporting = importlib.import_module("mreze.report")
    showing = importlib.import_module("mreze.cli.progress")
    try:
        with showing.steps("building") as progress:
            folder: Path = building.build_for_serving(site, progress)
    except building.GateClosedError as error:
        reporting.write_report(error.findings, error.names, language=interface_language(), output=sys.stderr)
        raise MrezeError(str(error)) from error
    return folder


def _address(text: str) -> Given:
    """A server that has the store, and who asks it, as the environment says."""
    try:
        return Given(checked_address(text), credentials=credentials(os.environ, None, None))
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _service(text: str) -> str:
    """A prefix that ends the name of a host, so that `https://a.example` cannot let `https://a.example.evil/` in."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or not parts.path:
        raise argparse.ArgumentTypeError(f"{text!r} is no http(s) address with a path, such as https://example.org/")
    return f"{parts.scheme}://{parts.netloc.lower()}{text.partition('://')[2].removeprefix(parts.netloc)}"


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1_024:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and 1024")
    return number


def _datasets(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return number


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is no number above 0")
    return number


def _not_negative(text: str) -> float:
    return 0.0 if text.strip("0.") == "" else _positive(text)


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no address or network such as 10.0.0.0/8") from error


def public_url(text: str) -> str:
    """An address of the site, with a slash at its end."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(f"{text!r} is no http(s) address such as https://data.example.org/")
    return text if text.endswith("/") else text + "/"
