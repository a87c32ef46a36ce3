"""As many queries are answered at once as the manifest says, however long; more than fits is refused."""

from __future__ import annotations

import json
import time

from tests.reconciling import refused
from tests.servers import Served

NAME = "Самоуправа града са веома дугачким званичним називом на српском језику број "
FORM = {"content-type": "application/x-www-form-urlencoded"}


def test_a_full_batch_is_answered_however_long_its_names_are(own: Served) -> None:
    """As many queries as the manifest names, each with a long name and three properties, sent in the longest way."""
    size = own.get("reconcile").json()["batchSize"]
    properties = [
        {"pid": "mg:country", "v": {"id": "countries/serbia", "name": NAME * 3}},
        {"pid": "mg:coordinates", "v": NAME * 3},
        {"pid": "schema:foundingDate", "v": NAME * 3},
    ]
    queries = {str(one): {"query": f"{NAME * 3}{one}", "properties": properties} for one in range(size)}
    sent = json.dumps(queries)  # \u0441 for each letter, and of that the form makes %5Cu0441
    assert 8 * len(NAME) * 3 * 4 < len(sent)
    answer = own.client.post(own.address + "reconcile", data={"queries": sent}, timeout=120)
    assert (answer.status_code, len(answer.json())) == (200, size)
    conditions = [{"matchType": "name", "propertyValue": f"{NAME * 30}{one}"} for one in range(size)]
    draft = {"queries": [{"conditions": [one]} for one in conditions]}
    answer = own.client.post(own.address + "reconcile/1.0/match", json=draft, timeout=120)
    assert (answer.status_code, len(answer.json()["results"])) == (200, size)


def test_a_body_that_is_too_large_is_refused(own: Served) -> None:
    """With the limit, which the page for people tells; that of the SPARQL endpoint stays what it was."""
    large = "queries=" + "x" * (16 << 20)
    for path in ("reconcile", "reconcile/1.0/match", "reconcile/1.0/extend"):
        answer = own.client.post(own.address + path, content=large, headers=FORM)
        assert "16,777,216 bytes" in refused(answer, 413)
    assert "16,777,216" in own.get("reconcile/guide", "text/html").text
    answer = own.client.post(own.address + "sparql", content="query=" + "x" * (1 << 20), headers=FORM)
    assert "1,048,576 bytes" in refused(answer, 413)


def test_a_body_of_very_many_values_is_refused_before_it_is_read(own: Served) -> None:
    """What would take a hundred times its length in memory; quickly, and the server goes on."""
    for values in ("[],", "{},", "1,", '{"a":0},'):
        started = time.monotonic()
        sent = f"[{values * (10_000_000 // len(values))}0]"
        answer = own.client.post(
            own.address + "reconcile", content=sent, headers={"content-type": "application/json"}, timeout=60
        )
        assert "it may have 500,000" in refused(answer, 413)
        assert time.monotonic() - started < 5
    assert own.get("healthz").status_code == 200
