"""Code for whoever matches a table: names to things, things to further columns."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from mreze.serve.guides.example import Example
from mreze.serve.guides.sample import Sample, fill, listing, literal, word

_MATCH: Final = """\
curl --silent --fail $service \\
  --data-urlencode queries=$queries
"""
_MATCH_IN_PYTHON: Final = """\
import pandas
from reconciler import reconcile

names = $names
table = pandas.DataFrame({"name": names})
found = reconcile(table["name"], reconciliation_endpoint="$service")
print(found[["input_value", "id", "match", "score"]].to_string())
"""
_MATCH_IN_JAVASCRIPT: Final = """\
const names = $names;
const queries = Object.fromEntries(names.map((query, place) => ["q" + place, { query, limit: 1 }]));
const answer = await fetch("$service", {
  method: "POST",
  body: new URLSearchParams({ queries: JSON.stringify(queries) }),
});
if (!answer.ok) throw new Error((await answer.json()).detail);
const found = await answer.json();
names.forEach((name, place) => {
  const [best] = found["q" + place].result;
  console.log(name, best?.id, best?.score, best?.match);
});
"""
_EXTEND: Final = """\
import json
import requests

service = "$service"
things = $ids
kind = $kind
offered = requests.get(service + "/properties", params={"type": kind, "limit": 5}).json()
wanted = {"ids": things, "properties": [{"id": one["id"]} for one in offered["properties"]]}
answer = requests.post(service, data={"extend": json.dumps(wanted)})
answer.raise_for_status()
extended = answer.json()
for thing, cells in extended["rows"].items():
    for column in extended["meta"]:
        print(thing, column["name"], cells[column["id"]], sep="\\t")
"""


def samples(service: str, example: Example) -> dict[str, Sample]:
    """The samples by name.

    Args:
        service: its address.
        example: what they are about.
    """
    values = {"service": service, "names": listing(example.names), "ids": listing(example.ids)}
    return {
        "match": _match(service, [{"query": one, "limit": 3} for one in example.names]),
        "match_in_python": fill("python", _MATCH_IN_PYTHON, **values),
        "match_in_javascript": fill("javascript", _MATCH_IN_JAVASCRIPT, **values),
        "tell_apart": _match(service, [{"query": one, "type": example.kind} for one in example.names[:1]]),
        "extend": fill("python", _EXTEND, **values, kind=literal(example.kind)),
    }


def _match(service: str, queries: Sequence[Mapping[str, object]]) -> Sample:
    lines = (f'  "q{place}": {json.dumps(one, ensure_ascii=False)}' for place, one in enumerate(queries))
    return fill("sh", _MATCH, service=word(service), queries=word("{\n" + ",\n".join(lines) + "\n}"))
