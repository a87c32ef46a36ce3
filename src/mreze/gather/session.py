"""A run of a gathering command: what it asks with, and the snapshot that keeps what came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import requests

from mreze.gather.correspondence import Correspondence
from mreze.gather.courtesy import Clock, Courtesy, Terms
from mreze.gather.endpoint import PoliteEndpoint
from mreze.gather.mediawiki import Wikibase
from mreze.gather.model import Endpoint, Web
from mreze.gather.snapshot import Snapshot, open_snapshot
from mreze.gather.web import PoliteWeb


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may choose of a run."""

    terms: Terms
    snapshots: Path
    """The folder of all snapshots."""
    endpoint: str
    """Address of a SPARQL endpoint."""
    api: str
    """Address of a MediaWiki's api.php."""
    maxlag: float = 5.0
    """Seconds; see Wikibase."""
    offline: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """What a run asks with."""

    web: Web
    endpoint: Endpoint
    wikibase: Wikibase
    fetched: datetime
    """When what it learns was fetched, at the earliest: when its snapshot was begun."""
    snapshot: Snapshot


@contextmanager
def gathering(
    settings: Settings, command: str, clock: Clock | None = None, tell: Callable[[str], None] = lambda _: None
) -> Iterator[Session]:
    """Run a command: a block that ends well closes its snapshot; one that does not leaves it to be gone on with.

    Args:
        settings: of the run.
        command: a name for a file, match-wikidata; runs of one name go on with each other.
        clock: what time it is.
        tell: takes lines for the person who waits.

    Raises:
        GatherError: there is no snapshot to read, or none can be written.
    """
    time = clock or Clock()
    begun = time.now()
    snapshot = open_snapshot(settings.snapshots, command, begun, offline=settings.offline, fresh=settings.fresh)
    correspondence = Correspondence(Courtesy(settings.terms, time, tell), snapshot)
    with requests.Session() as session:
        web = PoliteWeb(correspondence, session)
        endpoint = PoliteEndpoint(correspondence, settings.endpoint)
        wikibase = Wikibase(web, settings.api, settings.maxlag)
        yield Session(web, endpoint, wikibase, snapshot.head.begun, snapshot)
    if snapshot.writable:
        snapshot.close(time.now())
