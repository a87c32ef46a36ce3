"""`mreze doctor`: look at a deployed site from outside, and tell what is inconsistent."""

from __future__ import annotations

import argparse
import sys
from typing import Final
from urllib.parse import urlsplit

from mreze.doctor.examination import examine
from mreze.doctor.visit import Bounds
from mreze.findings import Names
from mreze.report import write_report
from mreze.texts import interface_language

_MB: Final = 1 << 20
_FORMS: Final = ("text", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.epilog = "exit status: 0 no violation (warnings are allowed), 1 violations, 2 wrong usage"
    bounds = Bounds()
    parser.add_argument("address", type=_address, metavar="URL", help="where the world sees the site")
    parser.add_argument("--format", choices=_FORMS, default="text", help="form of the report (default: text)")
    parser.add_argument(
        "--lang", metavar="TAG", help="language of the report: en, sr-cyrl, sr-latn (default: your locale's, else en)"
    )
    parser.add_argument(
        "--only-here", action="store_true", help="ask no other host: where canonical IRIs lead stays unknown"
    )
    parser.add_argument(
        "--timeout", type=_positive, default=bounds.seconds, metavar="SECONDS",
        help="for one request, to its last byte (default: %(default)g)",
    )  # fmt: skip
    parser.add_argument(
        "--largest", type=_positive, default=bounds.bytes / _MB, metavar="MB",
        help="bytes of one answer that are read (default: %(default)g)",
    )  # fmt: skip
    parser.add_argument(
        "--requests", type=int, default=bounds.requests, metavar="N", help="requests in all (default: %(default)s)"
    )


def run(options: argparse.Namespace) -> int:
    """Look; 1 where there are violations."""
    bounds = Bounds(options.timeout, int(options.largest * _MB), options.requests)
    findings = examine(options.address, bounds, only_here=options.only_here)
    language = interface_language(options.lang)
    write_report(findings, Names(), language=language, output=sys.stdout, form=options.format)
    return 1 if any(one.severity == "violation" for one in findings) else 0


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        known = False
    if not known or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(f"{value!r} is no http(s) address such as https://data.example.org/")
    return value if value.endswith("/") else value + "/"


def _positive(value: str) -> float:
    number = float(value)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{value} is no number above 0")
    return number
