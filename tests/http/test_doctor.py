"""`mreze doctor` finds nothing wrong with a site that is well, and every trouble that a proxy makes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.proxy import Passing, proxying
from tests.servers import MREZE, Served, serving

from mreze.doctor.examination import examine
from mreze.doctor.visit import Bounds
from mreze.findings import Finding

QUICK = Bounds(seconds=2, bytes=2 << 20)


NONSENSE = {
    "openapi.json": b'{"servers": ["x", 5, {"url": null}, []]}',
    "linkset.json": b"[" * 100_000,
    "": b'<!doctype html><link rel="icon" href="http://[w"><script src="&#0;">',
    "robots.txt": b"\xff\xfeSitemap: \n",
}
"""What documents may hold that is not theirs to hold."""


def _found(findings: list[Finding]) -> set[tuple[str, str]]:
    """Which check found something, and at which path."""
    return {(one.check, "/" + (one.focus or "").split("/", 3)[3]) for one in findings}


def _doctor(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*MREZE, "doctor", *arguments], check=False, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("site", ["minimal", "own"])
def test_a_site_that_is_well(site: str, request: pytest.FixtureRequest) -> None:
    """Nothing is found; the exit status says so."""
    served: Served = request.getfixturevalue(site)
    done = _doctor(served.address.rstrip("/"), "--only-here", "--lang", "en")
    assert (done.stdout, done.returncode) == ("Nothing found: all is well.\n", 0)


def test_where_iris_lead_is_looked_at(minimal: Served) -> None:
    """The minimal site's IRIs lead nowhere (RFC 6761), and each is told; as JSON, in the language asked for."""
    done = _doctor(minimal.address, "--format", "json", "--lang", "sr-latn")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert {one["check"] for one in report["findings"]} == {"canonical"}
    assert minimal.base + "id/bridges/old-bridge" in {one["focus"] for one in report["findings"]}
    assert report["findings"][0]["message"]["sr-latn"].startswith("Trajni IRI")


def _drop(*names: str) -> Callable[[Passing], None]:
    def spoil(answer: Passing) -> None:
        for name in names:
            answer.headers.pop(name, None)

    return spoil


def _put(**headers: str) -> Callable[[Passing], None]:
    return lambda answer: answer.headers.update({name.replace("_", "-"): value for name, value in headers.items()})


def _answer(status: int) -> Callable[[Passing], None]:
    def spoil(answer: Passing) -> None:
        answer.status = status

    return spoil


def _write(content: bytes) -> Callable[[Passing], None]:
    def spoil(answer: Passing) -> None:
        answer.content = content
        answer.headers["content-length"] = str(len(content))

    return spoil


def _head(spoil: Callable[[Passing], None]) -> Callable[[Passing], None]:
    return lambda answer: spoil(answer) if answer.method == "HEAD" else None


def _got(spoil: Callable[[Passing], None]) -> Callable[[Passing], None]:
    return lambda answer: spoil(answer) if answer.method == "GET" else None


def _redirect(answer: Passing) -> None:
    answer.status = 301
    answer.headers["location"] = "/" + answer.path + "?again"


def _drip(answer: Passing) -> None:
    answer.headers.pop("content-length", None)
    answer.drip = True


TROUBLES: dict[str, tuple[Callable[[Passing], None], set[str]]] = {
    "catalog.rdf": (_redirect, {"redirect"}),
    "catalog.jsonld": (_put(content_type="text/plain"), {"media-type"}),
    "catalog.nt": (_drip, {"answer"}),
    "catalog": (_drop("vary"), {"vary"}),
    "void.ttl": (_drop("access-control-allow-origin"), {"cors"}),
    ".well-known/void": (_head(_answer(405)), {"head"}),
    "ontology.ttl": (_write(b"<broken"), {"content"}),
    "shapes.ttl": (_put(content_length="999999"), {"answer"}),
    "openapi.json": (_write(b"{"), {"content"}),
    "robots.txt": (_write(b"User-agent: *\n"), {"sitemap"}),
    "linkset.json": (_head(_put(content_length="1")), {"head"}),
    "dumps/bulk.ttl": (_got(lambda answer: _write(answer.content[:-1])(answer)), {"size", "head"}),
    "dumps/bulk.nt": (_got(lambda answer: _write(answer.content[:-1] + b" ")(answer)), {"checksum"}),
    "dumps/bulk.nq": (_answer(404), {"answer"}),
    "dumps/bulk.csv": (_head(_drop("content-length")), {"length", "head"}),
    "dumps/crossings.rdf": (_put(content_type="application/octet-stream"), {"media-type"}),
    "static/site.css": (_answer(503), {"answer"}),
    "doc/mreze-doctor/nothing-is-called-so": (_answer(200), {"absence"}),
    "doc/bridges/old-bridge.ttl": (_write(b""), {"content"}),
    "queries/": (_put(mreze_release="2001-01-01"), set()),
}
"""What the proxy does to which path, and which checks find it there."""


def test_every_trouble_is_found_where_it_is(minimal: Served) -> None:
    """One proxy makes them all; nothing else is found."""

    def spoil(answer: Passing) -> None:
        path = answer.path.partition("?")[0]
        if path in TROUBLES:
            TROUBLES[path][0](answer)

    with proxying(minimal.address, spoil) as address:
        findings = examine(address, QUICK, only_here=True)
    found = _found(findings)
    expected = {("/" + path, check) for path, (_, checks) in TROUBLES.items() for check in checks}
    told = {(path.partition("?")[0], check) for check, path in found}
    assert expected - told == set()
    # A release that one answer alone names, and links to what was spoilt, are told as well.
    assert ("/", "release") in told
    assert told - expected - {("/", "release")} == set()
    assert [one.order() for one in findings] == sorted(one.order() for one in findings)
    assert all(one.message["sr-cyrl"] for one in findings)


def test_a_wrong_public_url_is_found_in_every_document(minimal_release: Path) -> None:
    """Http in place of https, or another host: catalogue, links, redirects, sitemap, robots, interface."""
    with serving(minimal_release, "--workers", "1", "--public-url", "https://elsewhere.example/data") as served:
        found = _found(examine(served.address, QUICK, only_here=True))
    sources = {path for check, path in found if check == "location"}
    assert {"/catalog.ttl", "/.well-known/void", "/sparql", "/robots.txt", "/sitemap.xml", "/openapi.json"} <= sources
    assert {check for check, _ in found} == {"location"}


def test_pages_everywhere_are_no_site(minimal: Served) -> None:
    """A host that answers everything with the same page: each document is of the wrong type, and nothing crashes."""

    def spoil(answer: Passing) -> None:
        answer.status = 200
        answer.headers = {"content-type": "text/html"}
        _write(b"<!doctype html><title>Welcome</title><a href=x>")(answer)

    with proxying(minimal.address, spoil) as address:
        found = _found(examine(address, QUICK, only_here=True))
    assert ("media-type", "/catalog.ttl") in found
    assert ("absence", "/doc/mreze-doctor/nothing-is-called-so") in found


def test_what_makes_no_sense_is_told_and_does_no_harm(minimal: Served) -> None:
    """Addresses that are none, JSON of another form, lists that are numbers: findings, no exception."""

    def spoil(answer: Passing) -> None:
        answer.headers["link"] = '<http://[x>; rel="alternate", <http://[y>; rel="cite-as", <'
        if answer.status == 303:
            answer.headers["location"] = "http://[z"
        if answer.path in NONSENSE:
            _write(NONSENSE[answer.path])(answer)

    with proxying(minimal.address, spoil) as address:
        findings = examine(address, QUICK)
    assert {"http://[x", "http://[y", "http://[z", "5", "http://[w"} <= {one.value for one in findings}


def test_iris_that_go_in_circles_end(minimal: Served) -> None:
    """A redirect loop of canonical IRIs is a finding."""

    def spoil(answer: Passing) -> None:
        if answer.path.startswith("doc/") or answer.path.startswith("loop"):
            answer.headers["link"] = f'<http://{host}/loop>; rel="cite-as"'
        if answer.path.startswith("loop"):
            answer.status, answer.headers["location"] = 302, "/loop"

    with proxying(minimal.address, spoil) as address:
        host = address.split("/")[2]
        findings = examine(address, QUICK)
    assert ("canonical", "/loop") in _found(findings)


def test_requests_are_bounded(minimal: Served) -> None:
    """What was not looked at is told, as a warning."""
    findings = examine(minimal.address, Bounds(requests=7), only_here=True)
    assert [(one.severity, one.check) for one in findings] == [("warning", "bounds")]


def test_who_does_not_answer_is_a_finding() -> None:
    """No server, no name, no TLS: one finding each and no traceback."""
    for address in ("http://127.0.0.1:1/", "http://nowhere.invalid/", "https://127.0.0.1:1/"):
        (finding,) = examine(address, QUICK)
        assert (finding.check, finding.focus) == ("answer", address)
        assert finding.value


def test_wrong_usage_is_2() -> None:
    """An address that is none."""
    for address in ("example.org", "ftp://example.org/", "http://", "http://example.org/?x", "http://[x/"):
        assert _doctor(address).returncode == 2
