"""Time that passes only where somebody waits, and what a run is made of in tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mreze.gather.courtesy import Clock, Terms
from mreze.gather.session import Settings

BEGUN = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
TERMS = Terms("mreze/0 (https://example.org/) tests", interval=1.0, retries=3, timeout=5.0)


@dataclass
class Hand:
    """The hand of a clock, moved by those who wait."""

    waits: list[float] = field(default_factory=list)
    passed: float = 0.0
    """Seconds since the beginning."""

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.waits.append(seconds)
        self.passed += seconds

    @property
    def clock(self) -> Clock:
        """The clock that this is the hand of."""
        return Clock(lambda: BEGUN + timedelta(seconds=self.passed), lambda: self.passed, self.wait)


def settings(
    folder: Path, address: str = "http://127.0.0.1:9/", *, offline: bool = False, fresh: bool = False
) -> Settings:
    """What a test chooses: everything is asked of one server."""
    return Settings(
        TERMS, folder, address + "sparql", address + "w/api.php", maxlag=5, offline=offline, fresh=fresh
    )  # fmt: skip
