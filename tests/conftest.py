"""What all tests share: built and served sites; and a skip that is a failure where everything must be installed."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import hatch_build
import pytest
from hypothesis import settings
from tests.backends import Backend, oxigraph_backend, virtuoso_backend
from tests.foreign import MISSING
from tests.pushed import KINDS, served_by
from tests.servers import Served, built_once, one_at_a_time

ROOT = Path(__file__).parents[1]
MINIMAL = ROOT / "tests" / "sites" / "minimal"
_SERVED = {"minimal", "own"}
"""Fixtures whose store `--backend` puts elsewhere."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the served sites have their store on another server."""
    parser.addoption(
        "--backend", choices=KINDS, default=KINDS[0], help="what has the store of the sites that are served"
    )


def pytest_configure() -> None:
    """Bytecode is kept, as hundreds of processes are started; Hypothesis is patient, as the machine may be busy."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    settings.register_profile("patient", deadline=None)
    settings.load_profile("patient")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With the store elsewhere, only tests run that ask it; what its engine cannot do must fail."""
    kind = config.getoption("backend")
    if kind == KINDS[0]:
        return
    asking = [one for one in items if not _SERVED.isdisjoint(getattr(one, "fixturenames", ()))]
    config.hook.pytest_deselected(items=[one for one in items if one not in asking])
    items[:] = asking
    for one in asking:
        for marker in one.iter_markers("engine_cannot"):
            *engines, why = marker.args
            if kind in engines:
                one.add_marker(pytest.mark.xfail(reason=f"{kind}: {why}", strict=True))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With MREZE_NO_SKIP set, a skipped test fails: a machine that must have everything has it."""
    report = yield
    if report.skipped and os.environ.get("MREZE_NO_SKIP") and not (hasattr(report, "wasxfail") or _is_foreign(call)):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which is not allowed here: {call.excinfo and call.excinfo.value}"
    return report


def _is_foreign(call: pytest.CallInfo[None]) -> bool:
    return call.excinfo is not None and MISSING in str(call.excinfo.value)


@pytest.fixture(scope="session")
def minimal_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the minimal site."""
    return built_once(MINIMAL, "minimal", tmp_path_factory)


@pytest.fixture(scope="session")
def minimal(minimal_release: Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    """The minimal site, served."""
    with served_by(request.config.getoption("backend"), minimal_release, "--workers", "2") as served:
        yield served


@pytest.fixture(scope="session")
def own_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of this repository's own site."""
    return built_once(ROOT, "own", tmp_path_factory)


@pytest.fixture(scope="session")
def own(own_release: Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    """This repository's own site, served."""
    with served_by(request.config.getoption("backend"), own_release) as served:
        yield served


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the packages are of which the query editor is made."""
    with one_at_a_time("packages", tmp_path_factory):
        return hatch_build.install(ROOT)


@pytest.fixture(scope="session")
def oxigraph() -> Iterator[Backend]:
    """Oxigraph's own server; tests share it, and use graphs of different names."""
    with oxigraph_backend() as backend:
        yield backend


@pytest.fixture(scope="session")
def virtuoso() -> Iterator[Backend]:
    """Virtuoso 7, likewise."""
    with virtuoso_backend() as backend:
        yield backend


@pytest.fixture(scope="session", params=["oxigraph", "virtuoso"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """Each of the servers that mreze is tested with."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Backend)
    return found
