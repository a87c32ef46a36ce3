"""The options of gathering commands: what they default to, and what is refused."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from tests.wikidata import Reply, misbehaving

from mreze.cli.network import Services, add_network_arguments, open_session, settings
from mreze.errors import UsageError
from mreze.site import Site, open_site

MINIMAL = Path(__file__).parents[2] / "sites" / "minimal"


def _parse(*arguments: str, services: Services | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(exit_on_error=False)
    add_network_arguments(parser, services)
    return parser.parse_args(arguments)


@pytest.fixture
def site() -> Site:
    """The minimal site."""
    return open_site(MINIMAL)


def test_defaults_are_polite(site: Site) -> None:
    """One request a second, a name with the site's address, and Wikidata's services."""
    chosen = settings(_parse(), site)
    assert (chosen.terms.interval, chosen.terms.retries, chosen.terms.timeout, chosen.maxlag) == (1.0, 5, 75.0, 5.0)
    assert chosen.terms.user_agent.startswith("mreze/")
    assert f"({site.base})" in chosen.terms.user_agent
    assert chosen.endpoint == "https://query.wikidata.org/sparql"
    assert chosen.snapshots == MINIMAL / "snapshots"
    assert not chosen.offline
    assert not chosen.fresh


def test_what_is_said_counts(site: Site) -> None:
    """Options and a command's own defaults."""
    options = _parse(
        "--endpoint", "http://127.0.0.1:7878/query", "--user-agent", " me (https://me.example/) ", "--interval", "0",
        "--retries", "0", "--timeout", "0.5", "--maxlag", "2", "--snapshot", "there", "--offline",
        services=Services(service="https://r.example/"),
    )  # fmt: skip
    chosen = settings(options, site)
    assert options.service == "https://r.example/"
    assert (chosen.endpoint, chosen.snapshots) == ("http://127.0.0.1:7878/query", Path("there"))
    assert (chosen.terms.interval, chosen.terms.retries, chosen.terms.timeout, chosen.maxlag) == (0, 0, 0.5, 2)
    assert chosen.terms.user_agent == "me (https://me.example/)"
    assert chosen.offline


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--interval", "-1"), ("--interval", "nan"), ("--interval", "inf"), ("--interval", "x"), ("--timeout", "0"),
        ("--timeout", "NaN"), ("--maxlag", "-0.1"), ("--retries", "-1"), ("--retries", "1.5"), ("--retries", "101"),
        ("--endpoint", "ftp://a.example/"), ("--endpoint", "a.example"), ("--service", "http://"),
        ("--api", "file:///x"), ("--api", "http://a.example/ x"), ("--endpoint", "http://a.example:x/"),
        ("--endpoint", "http://[::1/"), ("--user-agent", ""), ("--user-agent", "a\nb: c"), ("--user-agent", "Ниш"),
    ],
)  # fmt: skip
def test_nonsense_is_refused(option: str, value: str) -> None:
    """Numbers are finite and not negative, addresses begin with http, names can stand in a header."""
    with pytest.raises(argparse.ArgumentError, match=f"argument {option}: "):
        _parse(f"{option}={value}")


def test_offline_and_fresh_exclude_each_other(site: Site) -> None:
    """On the command line, and for whoever calls."""
    with pytest.raises(argparse.ArgumentError, match="not allowed with argument"):
        _parse("--offline", "--fresh")
    options = argparse.Namespace(**{**vars(_parse()), "offline": True, "fresh": True})
    with pytest.raises(UsageError, match="give one of them"):
        settings(options, site)


def test_a_run_that_goes_on_says_so(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And why it waits."""
    with misbehaving(Reply(500, "oh", {"Retry-After": "0"}), Reply(body="{}")) as server:
        options = _parse("--snapshot", str(tmp_path), "--interval", "0")
        with pytest.raises(ZeroDivisionError), open_session(options, site, "test") as session:
            session.web.get(server.address, {}, lambda body: 1 // len(body.strip(b"{}")))
        with open_session(options, site, "test") as session:
            folder = session.snapshot.folder
    told = capsys.readouterr().err.splitlines()
    assert told[0] == f"mreze: {server.address}: answered 500 with “oh”; asking again in 0.0 seconds"
    assert told[1].startswith(f"mreze: going on with {folder}, begun on ")
    assert told[1].endswith("; --fresh begins anew")
