"""The interface describes itself: the document is valid, a generator makes a client of it, and the client works."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from tests.servers import Served, serving

CALL = """
import sys
sys.path.insert(0, {folder!r})
from client import Client
from client.api.saved_queries import query_opened_since_csv, query_opened_since_json
from client.models import Problem, Results
client = Client(base_url={address!r}, raise_on_unexpected_status=True)
results = query_opened_since_json.sync(client=client, since=1997)
assert isinstance(results, Results), results
print([row["bridge"].value for row in (one.additional_properties for one in results.results.bindings)])
print(query_opened_since_csv.sync(client=client, since=1997).split()[0])
problem = query_opened_since_json.sync(client=client, since="soon")
assert isinstance(problem, Problem), problem
print(problem.status)
"""


def test_the_document_is_valid(minimal: Served, own: Served) -> None:
    """By the JSON schema of OpenAPI 3.1, of both sites."""
    for served in (minimal, own):
        answer = served.get("openapi.json")
        assert answer.headers["content-type"] == "application/json"
        assert answer.json()["openapi"].startswith("3.1")
        validate(answer.json(), cls=OpenAPIV31SpecValidator)


def test_it_is_linked(minimal: Served) -> None:
    """From the list of queries, a query and the endpoint, to people and to machines."""
    for path in ("queries/", "queries/bridges", "sparql"):
        for accept in ("text/html", "text/turtle"):
            header = minimal.get(path, accept).headers["link"]
            assert f'<{minimal.address}openapi.json>; rel="service-desc"; type="application/json"' in header
    assert 'href="../openapi.json"' in minimal.get("queries/", "text/html").text


def test_its_server_is_the_public_one(minimal_release: Path) -> None:
    """Behind a proxy too."""
    with serving(minimal_release, "--public-url", "https://data.example.org/graph") as served:
        assert served.get("openapi.json").json()["servers"] == [{"url": "https://data.example.org/graph"}]


def test_a_generated_client_asks_a_saved_query(minimal: Served, tmp_path: Path) -> None:
    """With a value, in JSON and in CSV; a wrong value is the problem that the document announces."""
    document, configuration = tmp_path / "openapi.json", tmp_path / "config.json"
    document.write_bytes(minimal.get("openapi.json").content)
    # Types that the generator does not know.
    overrides = {
        "application/linkset": "text/html",
        "application/opensearchdescription+xml": "text/html",
        "application/sparql-query": "application/octet-stream",
        "application/xml": "text/html",
    }
    configuration.write_text(json.dumps({"content_type_overrides": overrides, "post_hooks": []}))
    command = [
        sys.executable, "-m", "openapi_python_client", "generate", "--path", str(document), "--meta", "none",
        "--output-path", str(tmp_path / "client"), "--config", str(configuration), "--fail-on-warning",
    ]  # fmt: skip
    made = subprocess.run(command, check=False, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    call = CALL.format(folder=str(tmp_path), address=minimal.address.rstrip("/"))
    said = subprocess.run([sys.executable, "-c", call], check=False, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    bridges, header, status = said.stdout.splitlines()
    assert re.findall(r"id/bridges/([\w-]+)", bridges) == ["new-bridge"]
    assert (header, status) == ("bridge,opened", "400")
