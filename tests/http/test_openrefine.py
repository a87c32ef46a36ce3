"""OpenRefine's calls, in its order and with its quirks: what a person clicks from a column of names to new columns.

As OpenRefine of August 2026 does it: recon-manager.js, GuessTypesOfColumnCommand, StandardReconConfig, suggest-4_3a.js,
recon-renderer.js, add-column-by-reconciliation.js, ReconciledDataExtensionJob.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from tests.reconciling import STABLE
from tests.servers import Served

BROWSER = {"accept": "application/json, text/javascript, */*; q=0.01", "origin": "http://127.0.0.1:3333"}
ENGINE = {
    "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
    "accept-encoding": "gzip, x-gzip, deflate",
    "user-agent": "OpenRefine/3.11",
}
NETWORK = "https://w3id.org/mreze-gradova/ontology#Network"
FOUNDED = "https://schema.org/foundingDate"
COLUMN = ["Energy Cities", "ИРЕ", "European Cities Against Drugs", "energy citys", "Нешто сасвим друго"]


class OpenRefine:
    """A workspace with one service."""

    def __init__(self, served: Served, address: str) -> None:
        self._client = served.client
        self._address = address
        self.manifest = STABLE.hold("manifest", self.browse(address))

    def browse(self, address: str, **data: str) -> Any:
        """What a script of its pages asks for (jQuery.ajax)."""
        joined = address + (f"{'&' if '?' in address else '?'}{urlencode(data)}" if data else "")
        answer = self._client.get(joined.partition("#")[0], headers=BROWSER)
        assert answer.status_code == 200, answer.text
        assert answer.headers["access-control-allow-origin"] == "*"
        return answer.json()

    def post(self, name: str, value: object) -> Any:
        """What its server sends (HttpClient.postNameValue)."""
        content = urlencode({name: json.dumps(value)})
        answer = self._client.post(self._address, content=content, headers=ENGINE)
        assert answer.status_code < 400, answer.text
        return answer.json()

    def show(self, template: str, id_: str) -> str:
        """Where a link or a frame leads (encodeURI, which keeps what separates the parts of an address)."""
        return quote(template.replace("{{id}}", id_), safe=";,/?:@&=+$-_.!~*'()#")


@pytest.fixture(params=["", "?lang=sr-cyrl"])
def refine(own: Served, request: pytest.FixtureRequest) -> OpenRefine:
    """The service, added by its address; once with a language."""
    return OpenRefine(own, own.address + "reconcile" + str(request.param))


def test_the_service_is_added(own: Served, refine: OpenRefine) -> None:
    """By CORS; where that is forbidden, by a script that calls a function."""
    assert refine.manifest["name"]
    script = own.client.get(f"{own.address}reconcile?callback=jQuery36_17&_=1764000000000", headers=BROWSER)
    assert script.headers["content-type"].startswith("text/javascript")
    call = script.text.removeprefix("/**/jQuery36_17(").removesuffix(");\n")
    assert json.loads(call)["versions"] == refine.manifest["versions"]


def test_the_types_of_a_column_are_guessed(refine: OpenRefine) -> None:
    """The first cells are looked up without a type; the classes of what is found are offered, the likeliest first."""
    answer = refine.post("queries", {f"q{place}": {"query": one, "limit": 3} for place, one in enumerate(COLUMN)})
    counts: dict[str, int] = {}
    for one in STABLE.hold("reconciliation-result-batch", answer).values():
        assert len(one["result"]) <= 3
        for kind in (kind for result in one["result"] for kind in result["type"]):
            assert kind["name"]
            counts[kind["id"]] = counts.get(kind["id"], 0) + 1
    assert NETWORK in sorted(counts, key=lambda one: -counts[one])[:4]


def test_a_column_is_reconciled(refine: OpenRefine) -> None:
    """With a type and a column of years: what is certain is matched, what is unknown stays without candidates."""
    queries = {
        f"q{place}": {
            "query": name,
            "type": NETWORK,
            "type_strict": "should",
            "properties": [{"pid": FOUNDED, "v": 1990 if "nergy" in name else "не зна се"}],
        }
        for place, name in enumerate(COLUMN)
    }
    answer = STABLE.hold("reconciliation-result-batch", refine.post("queries", queries))
    found = [answer[f"q{place}"]["result"] for place in range(len(COLUMN))]
    ids = [one[0]["id"] if one else None for one in found]
    assert ids[0] == ids[3] == "organizations/energy-cities"
    assert ids[1:3] == ["organizations/ire", "organizations/ecad"]
    assert found[0][0]["match"] is True
    assert not any(one["match"] for one in found[4])


def test_a_cell_is_searched_for_by_hand(refine: OpenRefine) -> None:
    """Things, classes and properties are suggested, each with a small picture."""
    for kind, typed in (
        ("entity", "Energy"),
        ("type", "mre" if "lang" in str(refine.manifest) else "net"),
        ("property", "f"),
    ):
        said = refine.manifest["suggest"][kind]
        found = refine.browse(said["service_url"] + said["service_path"], prefix=typed, type=NETWORK)["result"]
        assert found, kind
        path = said["flyout_service_path"].replace("${id}", quote(found[0]["id"], safe="!~*'()"))
        flyout = refine.browse(said["flyout_service_url"] + path)
        assert flyout["id"] == found[0]["id"]
        assert flyout["html"]


def test_a_match_is_looked_at(own: Served, refine: OpenRefine) -> None:
    """In a frame, and by a link; the id goes in as it is."""
    preview = own.client.get(refine.show(refine.manifest["preview"]["url"], "organizations/ecad"))
    assert preview.headers["content-type"].startswith("text/html")
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    page = own.client.get(refine.show(refine.manifest["view"]["url"], "organizations/ecad"), follow_redirects=True)
    assert page.status_code == 200
    assert "/doc/organizations/ecad" in str(page.url)


def test_columns_are_added_from_what_is_said(refine: OpenRefine) -> None:
    """Properties are proposed for the type, whose IRI OpenRefine does not encode; the chosen ones are fetched."""
    said = refine.manifest["extend"]["propose_properties"]
    proposed = refine.browse(f"{said['service_url']}{said['service_path']}?type={NETWORK}")
    ids = [one["id"] for one in STABLE.hold("data-extension-property-proposal", proposed)["properties"]]
    assert FOUNDED in ids
    wanted = {
        "ids": ["organizations/energy-cities"],
        "properties": [{"id": FOUNDED, "name": "founded", "settings": {}}],
    }
    answer = refine.post("extend", wanted)
    assert [one["id"] for one in answer["meta"]] == [FOUNDED]
    [value] = answer["rows"]["organizations/energy-cities"][FOUNDED]
    assert "1990" in str(value)
