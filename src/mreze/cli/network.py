"""The options of all commands that ask services elsewhere, and the session that they make."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import requests

from mreze.errors import UsageError
from mreze.gather.courtesy import Terms, user_agent
from mreze.gather.session import Session, Settings, gathering
from mreze.site import Site

_MOST_RETRIES: Final = 100
_LONGEST: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class Services:
    """Where services are asked unless somebody says otherwise; None where the command knows only when it runs."""

    endpoint: str | None = "https://query.wikidata.org/sparql"
    service: str | None = "https://wikidata.reconci.link/en/api"
    api: str = "https://www.wikidata.org/w/api.php"


def add_network_arguments(parser: argparse.ArgumentParser, services: Services | None = None) -> None:
    """Say what a gathering command takes."""
    known = services or Services()
    group = parser.add_argument_group("network")
    where = {
        "endpoint": "SPARQL endpoint",
        "service": "reconciliation service",
        "api": "MediaWiki's api.php",
    }
    for name, told in where.items():
        usual = "%(default)s" if getattr(known, name) else "the authority's own"
        group.add_argument(
            f"--{name}",
            type=_address,
            default=getattr(known, name),
            metavar="URL",
            help=f"{told} (default: {usual})",
        )
    group.add_argument(
        "--user-agent",
        type=_words,
        metavar="TEXT",
        help="who asks (default: mreze, its version and the site's address)",
    )
    group.add_argument(
        "--interval", type=_seconds, default=1.0, metavar="SECONDS",
        help="from one request to a host to the next, at least (default: %(default)g)",
    )  # fmt: skip
    group.add_argument(
        "--retries", type=_retries, default=5, metavar="N",
        help="how often a request is made again that was answered with 429, 5xx or nothing (default: %(default)s)",
    )  # fmt: skip
    group.add_argument(
        "--timeout", type=_timeout, default=75.0, metavar="SECONDS",
        help="how long one request may take (default: %(default)g)",
    )  # fmt: skip
    group.add_argument(
        "--maxlag", type=_seconds, default=5.0, metavar="SECONDS",
        help="leave MediaWiki alone while its copies are further behind (default: %(default)g)",
    )  # fmt: skip
    group.add_argument(
        "--snapshot", type=Path, metavar="DIR", help="keep what is fetched there (default: snapshots/ of the site)"
    )
    again = group.add_mutually_exclusive_group()
    again.add_argument(
        "--offline", action="store_true", help="ask nobody: read the newest snapshot of a run that ended well"
    )
    again.add_argument("--fresh", action="store_true", help="begin anew, though the last run was not finished")


def settings(options: argparse.Namespace, site: Site) -> Settings:
    """What was chosen."""
    if options.offline and options.fresh:
        raise UsageError("--offline asks nobody, --fresh asks everything again: give one of them")
    agent = options.user_agent or user_agent(site.base, f"python-requests/{requests.__version__}")
    return Settings(
        Terms(agent, options.interval, options.retries, options.timeout),
        options.snapshot or site.root / "snapshots",
        options.endpoint,
        options.api,
        options.maxlag,
        options.offline,
        options.fresh,
    )


@contextmanager
def open_session(options: argparse.Namespace, site: Site, command: str) -> Iterator[Session]:
    """The session of a run, see mreze.gather.session.gathering; tells on stderr when it goes on with another."""
    with gathering(settings(options, site), command, tell=_tell) as session:
        if session.snapshot.resumed:
            told = f"going on with {session.snapshot.folder}, begun on {session.fetched:%Y-%m-%d}; --fresh begins anew"
            _tell(told)
        yield session


def _tell(line: str) -> None:
    print(f"mreze: {line}", file=sys.stderr)


def _address(text: str) -> str:
    try:
        parts = urlsplit(text)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known or not text.isprintable() or " " in text:
        raise argparse.ArgumentTypeError("give an address that begins with http:// or https://")
    return text


def _words(text: str) -> str:
    if not text.strip() or not text.isascii() or not text.isprintable():
        raise argparse.ArgumentTypeError("give a name in ASCII letters, and how to reach you")
    return text.strip()


def _seconds(text: str) -> float:
    number = _number(text)
    if not 0 <= number <= _LONGEST:
        raise argparse.ArgumentTypeError(f"{text} is no number of seconds from 0 to {_LONGEST:g}")
    return number


def _timeout(text: str) -> float:
    number = _number(text)
    if not 0 < number <= _LONGEST:
        raise argparse.ArgumentTypeError(f"{text} is no number of seconds above 0, up to {_LONGEST:g}")
    return number


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no number") from None


def _retries(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else -1
    if not 0 <= number <= _MOST_RETRIES:
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 0 to {_MOST_RETRIES}")
    return number
