"""Where the server that has the store dies, hangs, cuts or lies, that is an error; then it is well again."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from subprocess import run

import pytest
from tests.backends import ROWS, Backend
from tests.pushed import holding, put
from tests.relay import Relay, relaying
from tests.servers import MREZE, Served, serving
from tests.waiting import eventually
from tests.wikidata import HANG, HTML_PAGE, NOTHING, Reply

from mreze.release import open_release
from mreze.remote.client import connect
from mreze.remote.pointer import Pushed, begin_update, switch_update

ROW = '{"s":{"type":"uri","value":"urn:x"}}'
RESULTS = {"Content-Type": "application/sparql-results+json"}
TRIPLES = {"Content-Type": "application/n-triples"}
LIES = {
    "dies": NOTHING,
    "is cut": Reply(body='{"head":{"vars":["s"]},"results":{"bindings":[' + ROW * 9, headers=RESULTS, manner="half"),
    "ends early": Reply(body=f'{{"head":{{"vars":["s"]}},"results":{{"bindings":[{ROW}', headers=RESULTS),
    "ends early as Oxigraph does": Reply(
        body="<urn:x> <urn:y> <urn:z> .\nThe SPARQL operation has been cancelled", headers=TRIPLES
    ),
    "is a page": HTML_PAGE,
    "is an error": Reply(500, "out of memory"),
    "wants a password": Reply(401, "who are you?", {"WWW-Authenticate": "Basic"}),
    "is gone": Reply(404, "no such thing"),
    "is elsewhere": Reply(302, "", {"Location": "https://elsewhere.example/"}),
}


@pytest.fixture(scope="module")
def holder(minimal_release: Path) -> Iterator[Backend]:
    """A server that has the release."""
    with holding("oxigraph", minimal_release) as there:
        yield there


@pytest.fixture(scope="module")
def liar(holder: Backend) -> Iterator[Relay]:
    """What stands before it."""
    with relaying(holder.given.address) as found:
        yield found


@pytest.fixture(scope="module")
def served(liar: Relay, minimal_release: Path) -> Iterator[Served]:
    """The site behind which it stands."""
    with serving(minimal_release, "--backend", liar.address, "--workers", "1", "--timeout", "2") as found:
        yield found


@pytest.fixture
def well(liar: Relay) -> Iterator[None]:
    """After each test it tells the truth again."""
    yield
    liar.reply = None


@pytest.mark.usefixtures("well")
@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_what_is_not_whole_is_503(served: Served, liar: Relay, lie: Reply) -> None:
    """For queries, documents, pages and readiness; never 404 and never an empty 200; then all is well by itself."""
    liar.reply = lie
    number = len(liar.queries)  # so that nothing of it was asked before
    paths = [f"sparql?query=SELECT%20*%20%7B%3Fs{number}%20%3Fp%20%3Fo%7D", f"doc/bridges/none-{number}", "readyz"]
    for path in paths:
        answer = served.get(path, "application/json, */*;q=0.1")
        assert answer.status_code == 503, path
        assert answer.headers["content-type"] == "application/problem+json"
        assert int(answer.headers["retry-after"]) > 0
    assert served.get(paths[1], "text/html").status_code == 503
    assert served.get("healthz").status_code == 200
    liar.reply = None
    assert [served.get(one, "*/*").status_code for one in paths] == [200, 404, 200]


@pytest.mark.usefixtures("well")
def test_a_server_that_hangs_holds_up_nobody_for_long(served: Served, liar: Relay) -> None:
    """A query ends at its deadline, a document soon after; meanwhile what needs no store is answered."""
    liar.reply = HANG
    begun = time.monotonic()
    assert served.query("SELECT ?hanging { ?hanging ?p ?o }").status_code in {503, 504}
    assert served.get("doc/bridges/hanging", "*/*").status_code == 503
    assert served.get("dumps/all.nt").status_code == 200
    assert time.monotonic() - begun < 20


@pytest.mark.usefixtures("well")
def test_a_refused_query_is_the_clients_to_change(served: Served, liar: Relay) -> None:
    """What the server does not take, though it is SPARQL, is told with what the server says."""
    liar.reply = Reply(400, "LATERAL is not known here. SPARQL query: define input:default-graph-uri <urn:secret>")
    answer = served.query("SELECT ?refused { ?refused ?p ?o }")
    assert answer.status_code == 400
    detail = answer.json()["detail"]
    assert "LATERAL is not known here." in detail
    assert liar.address not in detail
    assert "urn:secret" not in detail


def test_a_server_that_gives_little_at_once_is_told_of(virtuoso: Backend, minimal_release: Path) -> None:
    """An answer that it would cut is refused, with how much it gives: to ask again would not help, for less it does.

    Of a DESCRIBE, nothing in Virtuoso's answer tells that things are left out.
    """
    put(virtuoso.given, minimal_release)
    pairs = "?s a ?class . ?x ?y ?z"
    things = f"{{ {pairs} BIND (IRI(CONCAT(STR(?s), STR(?x), STR(?y))) AS ?thing) }}"
    with serving(minimal_release, "--backend", virtuoso.given.address, "--workers", "1") as served:
        for query in (
            f"SELECT * {{ {pairs} }}",
            f"CONSTRUCT {{ ?s ?y ?z }} {{ {pairs} }}",
            f"DESCRIBE ?thing {things}",
        ):
            answer = served.query(query)
            assert (answer.status_code, answer.headers.get("retry-after")) == (422, None)
            assert answer.json()["detail"].startswith(f"The server that has the data gives {ROWS:,} rows at most")
        assert served.query(f"SELECT * {{ {pairs} }} LIMIT 5").status_code == 200


def test_a_count_that_lies_is_told_at_the_start(holder: Backend, minimal_release: Path, tmp_path: Path) -> None:
    """A release that is not all there is not served: the error says which graph, and what mends it."""
    folder = tmp_path / "2026-01-01"
    shutil.copytree(minimal_release, folder)
    assert "the release 2026-01-01 is not there" in _refusal(folder, holder.given.address)
    put(holder.given, folder)
    put(holder.given, minimal_release)
    release = open_release(folder)
    with closing(connect(holder.given)) as client:
        client.delete_graph(f"{release.base}releases/{folder.name}/void")
    said = _refusal(folder, holder.given.address)
    assert "void> has 0 triples there, in the release 1," in said
    assert f"mreze push {folder} --to" in said


@pytest.mark.parametrize("engine", ["oxigraph", "virtuoso"])
def test_a_server_that_dies_while_it_answers(minimal_release: Path, engine: str) -> None:
    """A real one, in the middle of a query: 503 for who waits and for who comes; what needs no store goes on."""
    product = " ".join(f"?a{one} ?b{one} ?c{one} ." for one in range(9))
    with (
        holding(engine, minimal_release) as there,
        serving(minimal_release, "--backend", there.given.address, "--workers", "1") as served,
        ThreadPoolExecutor(1) as threads,
    ):
        waiting = threads.submit(served.query, f"SELECT (COUNT(*) AS ?n) {{ {product} }}")
        with pytest.raises(TimeoutError):
            waiting.result(timeout=1)
        there.process.kill()
        assert waiting.result(timeout=20).status_code == 503
        assert served.get("doc/bridges/of-yore", "*/*").status_code == 503
        assert served.get("readyz").status_code == 503
        assert served.get("dumps/all.nt").status_code == 200


def test_a_pointer_that_leads_nowhere_is_told_at_the_start(
    holder: Backend, tmp_path: Path, minimal_release: Path
) -> None:
    """The release that the server names must be in the folder; the error says what mends it."""
    shutil.copytree(minimal_release, tmp_path / "2026-01-01")
    said = _refusal(tmp_path, holder.given.address)
    assert f"the release {minimal_release.name} is served, which is not in" in said


@pytest.mark.usefixtures("well")
def test_another_release_is_answered_from_the_folder(liar: Relay, tmp_path: Path, minimal_release: Path) -> None:
    """Documents, pages, queries: whatever the server has of it, and though it is away; without its store it is 503."""
    old, other = "2026-01-01", "2026-01-02"
    for name in (old, other, minimal_release.name):
        shutil.copytree(minimal_release, tmp_path / name)
    shutil.rmtree(tmp_path / other / "store")
    paths = ["doc/bridges/old-bridge?", "sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D&", "reconcile?"]
    with serving(tmp_path, "--backend", liar.address, "--workers", "1") as served:
        liar.reply = NOTHING
        for name, status in ((old, 200), (other, 503), ("2026-01-03", 404)):
            answers = [served.get(f"{path}release={name}", "text/html, */*;q=0.5") for path in paths]
            assert [one.status_code for one in answers] == [status] * 3
            shown = old if status == 200 else minimal_release.name
            assert {one.headers["mreze-release"] for one in answers} == {shown}


def test_nobody_there_is_told_at_the_start(minimal_release: Path) -> None:
    """As is what can go with no other server."""
    assert "no connection" in _refusal(minimal_release, "http://127.0.0.1:9/")
    assert "no connection" in _refusal(minimal_release.parent, "http://127.0.0.1:9/")
    assert "--allow-service" in _refusal(minimal_release, "http://127.0.0.1:9/", "--allow-service", "http://x.example/")


def _refusal(source: Path, address: str, *options: str) -> str:
    command = [*MREZE, "serve", str(source), "--port", "0", "--backend", address, *options]
    done = run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr


def test_the_release_that_the_server_names_takes_over(holder: Backend, minimal_release: Path, tmp_path: Path) -> None:
    """As soon as the pointer there is switched; one to what is not there changes nothing but what /readyz says."""
    later = "2027-01-01"
    for name in (minimal_release.name, later):
        shutil.copytree(minimal_release, tmp_path / name)
    base = open_release(minimal_release).base
    with closing(connect(holder.given)) as client, serving(tmp_path, "--backend", holder.given.address) as served:
        assert _release(served) == minimal_release.name
        nowhere = Pushed("2028-01-01", "input", "token", complete=False, graphs={})
        client.update(begin_update(base, nowhere))
        client.update(switch_update(base, nowhere))
        assert eventually(lambda: "2028-01-01" in served.get("readyz").json().get("trouble", ""))
        assert _release(served) == minimal_release.name
        put(holder.given, tmp_path / later)
        assert eventually(lambda: _release(served) == later)
        assert served.get("doc/bridges/old-bridge", "text/turtle").status_code == 200
        put(holder.given, minimal_release)


def _release(served: Served) -> str:
    return served.get("healthz").headers["mreze-release"]
