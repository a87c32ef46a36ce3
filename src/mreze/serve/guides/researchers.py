"""Code for researchers: to ask, to take what others asked, to work at home, to have the same again."""

from __future__ import annotations

from typing import Final

from mreze.serve.guides.example import Example
from mreze.serve.guides.sample import Sample, fill, word
from mreze.serve.iris import encode

_COUNT: Final = """\
SELECT ?class (COUNT(?thing) AS ?things)
WHERE { ?thing a ?class }
GROUP BY ?class
ORDER BY DESC(?things) ?class
LIMIT 5
"""
_ASK: Final = """\
curl --silent --fail --retry 3 --get ${address}sparql \\
  --header 'Accept: text/csv' --data-urlencode 'query=
$query'
"""
_ASK_IN_PYTHON: Final = '''\
from SPARQLWrapper import JSON, SPARQLWrapper

endpoint = SPARQLWrapper("${address}sparql", returnFormat=JSON)
endpoint.setQuery("""
$query""")
for row in endpoint.queryAndConvert()["results"]["bindings"]:
    print(row["things"]["value"], row["class"]["value"])
'''
_ASK_IN_JAVASCRIPT: Final = """\
const query = `
$query`;
const answer = await fetch("${address}sparql", {
  method: "POST",
  headers: { Accept: "application/sparql-results+json" },
  body: new URLSearchParams({ query }),
});
if (!answer.ok) throw new Error((await answer.json()).detail);
for (const row of (await answer.json()).results.bindings) {
  console.log(row.things.value, row.class.value);
}
"""
_SAVED: Final = """\
curl --silent --fail ${address}queries/$name.csv
"""
_SAVED_IN_PYTHON: Final = """\
import pandas

table = pandas.read_csv("${address}queries/$name.csv")
print(table.shape)
print(table.head())
"""
_SAVED_IN_JAVASCRIPT: Final = """\
const answer = await fetch("${address}queries/$name.json");
const { head, results } = await answer.json();
console.log(head.vars.join(", "));
console.log(results.bindings.length);
"""
_DUMP: Final = """\
curl --silent --fail --remote-name ${address}dumps/$dataset.ttl
"""
_HOME: Final = '''\
from rdflib import Graph

graph = Graph().parse("${address}dumps/$dataset.ttl", format="turtle")
print(len(graph))
for row in graph.query("""
$query"""):
    print(row.things, row["class"])
'''
_SAME: Final = """\
curl --silent --fail --head '${address}catalog.ttl?release=$release'
"""
_SAME_SAVED: Final = """\
curl --silent --fail '${address}queries/$name.csv?release=$release'
"""


def samples(address: str, release: str, example: Example) -> dict[str, Sample]:
    """The samples by name; without a saved query those of one are missing.

    Args:
        address: of the site, with a slash at the end.
        release: its name.
        example: what they are about.
    """
    values = {"address": address, "release": release, "dataset": encode(example.dataset), "query": _COUNT}
    quoted = {**values, "address": word(address), "dataset": word(encode(example.dataset))}
    found = {
        "ask": fill("sh", _ASK, **{**quoted, "query": _COUNT.strip()}),
        "ask_in_python": fill("python", _ASK_IN_PYTHON, **values),
        "ask_in_javascript": fill("javascript", _ASK_IN_JAVASCRIPT, **values),
        "dump": fill("sh", _DUMP, **quoted),
        "home": fill("python", _HOME, **values),
        "same": fill("sh", _SAME, **values),
    }
    return found | (_saved(values, quoted, example.query) if example.query else {})


def _saved(values: dict[str, str], quoted: dict[str, str], query: str) -> dict[str, Sample]:
    name = encode(query)
    return {
        "saved": fill("sh", _SAVED, **quoted, name=word(name)),
        "saved_in_python": fill("python", _SAVED_IN_PYTHON, **values, name=name),
        "saved_in_javascript": fill("javascript", _SAVED_IN_JAVASCRIPT, **values, name=name),
        "same": fill("sh", _SAME_SAVED, **values, name=name),
    }
