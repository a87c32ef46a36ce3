"""A store on another server says what the embedded one says, and asks it little."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest
from tests.backends import Backend as Running
from tests.pushed import put
from tests.relay import Relay, relaying

from mreze.errors import BackendIncomplete
from mreze.namespaces import RDF_TYPE
from mreze.release import open_release
from mreze.remote.endpoint import Given
from mreze.serve.backend.asking import Ask, Backend
from mreze.serve.backend.holding import open_backend
from mreze.serve.backend.names import read_names
from mreze.serve.backend.store import RemoteStore
from mreze.serve.reconcile.known import read_known
from mreze.serve.store import EmbeddedStore, Store, Value, on_disk

BASE = "https://minimal.example/data/"
BRIDGES = [ox.NamedNode(f"{BASE}id/bridges/{one}") for one in ("old-bridge", "new-bridge", "none")]
RIVER = ox.NamedNode(f"{BASE}id/rivers/green-river")
KIND = ox.NamedNode(f"{BASE}ontology#Bridge")


@pytest.fixture(scope="module")
def embedded(minimal_release: Path) -> Store:
    """The store that is embedded."""
    return EmbeddedStore(on_disk(open_release(minimal_release)), BASE)


@pytest.fixture(scope="module")
def liar(backend: Running, minimal_release: Path) -> Iterator[Relay]:
    """What counts the questions to a server that has the release."""
    put(backend.given, minimal_release)
    with relaying(backend.given.address) as found:
        yield found


@pytest.fixture
def remote(liar: Relay, minimal_release: Path) -> RemoteStore:
    """The store that is there, which has asked for nothing yet."""
    return _store(liar, minimal_release)


def _store(liar: Relay, root: Path) -> RemoteStore:
    release = open_release(root)
    return RemoteStore(open_backend(Given(liar.address), 10), release, read_names(release), release.base)


def test_it_says_the_same(remote: RemoteStore, embedded: Store) -> None:
    """Each question of the interface has the same answer."""
    documents = [f"{BASE}doc/bridges/{one}" for one in ("old-bridge", "none")]
    assert remote.topics(documents) == embedded.topics(documents)
    assert remote.topic(documents[0]) == embedded.topic(documents[0])
    assert remote.outgoing(BRIDGES) == embedded.outgoing(BRIDGES)
    assert remote.incoming([RIVER]) == embedded.incoming([RIVER])
    assert remote.labels([*BRIDGES, KIND]) == embedded.labels([*BRIDGES, KIND])
    assert remote.documents() == embedded.documents()
    assert remote.instances(KIND.value) == embedded.instances(KIND.value)
    for name in ("ontology", "dataset/crossings", "dataset/bulk", "nowhere"):
        assert remote.graph(BASE + name) == embedded.graph(BASE + name)
    crossings = ox.NamedNode(f"{BASE}dataset/crossings")
    assert {one.predicate for one in remote.said_of(crossings, BASE + "catalog")}
    assert remote.said_of(BRIDGES[0], BASE + "dataset/crossings") == embedded.said_of(
        BRIDGES[0], BASE + "dataset/crossings"
    )


FITTING = [(BRIDGES[0], RDF_TYPE, None), (None, RDF_TYPE, KIND), (BRIDGES[0], None, KIND), (BRIDGES[2], None, None)]


@pytest.mark.parametrize("fitting", FITTING)
def test_it_finds_the_same(remote: RemoteStore, embedded: Store, fitting: tuple[None, None, None]) -> None:
    """Triples that fit, and whether there are any: in the default graph, in a named one, in any."""
    assert set(remote.fitting(fitting, 100)) == set(embedded.fitting(fitting, 100))
    assert len(remote.fitting(fitting, 1)) == len(embedded.fitting(fitting, 1))
    for graph in ("", BASE + "dataset/crossings", BASE + "nowhere", None):
        assert remote.holds(fitting, graph) == embedded.holds(fitting, graph)


def test_it_asks_for_many_things_at_once_and_for_none_twice(remote: RemoteStore, liar: Relay) -> None:
    """What things say is one question, with what they lead to; what was answered is kept."""
    remote.outgoing(BRIDGES)
    before = len(liar.queries)
    remote.outgoing(BRIDGES)
    for one in BRIDGES:
        remote.fitting((one, RDF_TYPE, None), 1)
        remote.holds((one, RDF_TYPE, KIND), "")
    remote.labels([*BRIDGES, KIND])
    assert len(liar.queries) == before


def test_where_a_server_gives_little_at_once_it_is_asked_for_less(
    liar: Relay, minimal_release: Path, embedded: Store
) -> None:
    """What is too much for one answer comes in several; what one thing says has to fit."""
    release = open_release(minimal_release)
    backend = open_backend(Given(liar.address), 10)
    real, asked = backend.triples, list[str]()

    class _Sparing:
        """Gives no more than fifteen triples."""

        def __getattr__(self, name: str) -> object:
            return getattr(backend, name)

        def triples(self, ask: Ask) -> list[ox.Triple]:
            """Refuse more."""
            asked.append(ask.text)
            if len(found := real(ask)) > 15:
                raise BackendIncomplete("no more than 15")
            return found

    store = RemoteStore(cast("Backend", _Sparing()), release, read_names(release), BASE)
    assert store.outgoing(BRIDGES) == embedded.outgoing(BRIDGES)
    assert len(asked) > 1


def test_it_leads_where_the_embedded_one_leads(remote: RemoteStore, embedded: Store) -> None:
    """Along a property, forwards and backwards, from names and from texts, and from what is not there."""
    label = next(one.object for one in embedded.labels([RIVER]))
    assert isinstance(label, ox.Literal)
    nodes: list[Value] = [*BRIDGES, RIVER, KIND, label]
    for way in (RDF_TYPE, ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), ox.NamedNode("urn:none")):
        for backwards in (False, True):
            found = [set(one.along(nodes, way, 100, backwards=backwards)) for one in (remote, embedded)]
            assert found[0] == found[1]
    assert len(list(remote.along([KIND], RDF_TYPE, 1, backwards=True))) == 1


def test_who_points_to_many_things_is_asked_for_at_once(
    remote: RemoteStore, embedded: Store, liar: Relay, minimal_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One question for all; several where the answer is large or the question long; none for what is known."""
    kinds = [ox.NamedNode(f"{BASE}ontology#{one}") for one in ("Bridge", "River", "None")]
    remote.documents()  # so that it has found out what the server is
    before = len(liar.queries)
    whole = set(remote.along(kinds, RDF_TYPE, 100, backwards=True))
    assert whole == set(embedded.along(kinds, RDF_TYPE, 100, backwards=True))
    assert set(remote.along(kinds, RDF_TYPE, 100, backwards=True)) == whole
    assert len(liar.queries) == before + 1
    for name, least in (("_OF_MANY", 2), ("_LONGEST", 10)):
        monkeypatch.setattr(f"mreze.serve.backend.store.{name}", least)
        other = _store(liar, minimal_release)
        assert set(other.along(kinds, RDF_TYPE, 100, backwards=True)) == whole
        assert len(liar.queries) >= before + 3


def test_what_reconciliation_starts_from_is_asked_in_few_questions(
    remote: RemoteStore, embedded: Store, liar: Relay, minimal_release: Path
) -> None:
    """Classes, properties and what is derived, as the embedded store has them."""
    release, before = open_release(minimal_release), len(liar.queries)
    known = read_known(remote, release)
    assert len(liar.queries) - before < 20
    assert known == read_known(embedded, release)
