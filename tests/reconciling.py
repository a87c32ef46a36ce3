"""Asks the reconciliation service as its clients do, and holds every answer against the published schemas."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import httpx
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7
from tests.foreign import foreign
from tests.servers import Served


@dataclass(frozen=True)
class Schemas:
    """The schemas of one version of the API."""

    version: str
    """The name of their folder."""

    def hold(self, name: str, content: object) -> Any:
        """The content, if it is as the schema says."""
        folder = foreign("reconciliation") / self.version / "schemas"
        known = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
        resources = [(one["$id"], Resource.from_contents(one, DRAFT7)) for one in known]
        schema = json.loads((folder / f"{name}.json").read_text("utf-8"))
        validator = Draft7Validator(schema, registry=Registry().with_resources(resources))
        assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(content)] == []
        return content


STABLE = Schemas("0.2")
DRAFT = Schemas("1.0-draft")


def _fields(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def batch(served: Served, queries: object, path: str = "reconcile", **headers: str) -> Any:
    """The answer to a batch of the 0.2 API, sent as a form."""
    answer = served.client.post(served.address + path, data={"queries": json.dumps(queries)}, headers=_fields(headers))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json"), answer.text
    return STABLE.hold("reconciliation-result-batch", answer.json())


def first(served: Served, query: object, **headers: str) -> dict[str, Any]:
    """The best candidate of one query of the 0.2 API."""
    found = batch(served, {"q0": query}, **headers)["q0"]["result"]
    assert found, query
    best = found[0]
    assert isinstance(best, dict)
    return best


def matches(served: Served, queries: list[Any], path: str = "reconcile/1.0/match", **headers: str) -> Any:
    """The candidates of each query of a batch of the draft of 1.0."""
    answer = served.client.post(served.address + path, json={"queries": queries}, headers=_fields(headers))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json"), answer.text
    found = DRAFT.hold("reconciliation-result-batch", answer.json())["results"]
    assert len(found) == len(queries)
    return [one["candidates"] for one in found]


def refused(answer: httpx.Response, status: int) -> str:
    """What a problem document says is wrong."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    return str(answer.json()["detail"])
