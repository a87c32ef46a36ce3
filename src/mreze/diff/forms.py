"""A comparison as JSON, as Turtle, as a page; and the table of all forms."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib import resources
from typing import Any, Final

import jinja2
from pyoxigraph import Literal, NamedNode, Triple

from mreze import turtle
from mreze.activities import ChangeSet, Entry
from mreze.changes import Change, Kind
from mreze.diff.comparison import Comparison, Node, edits
from mreze.diff.wording import became, label, property_of, shown, write_text
from mreze.namespaces import RDF_TYPE, term
from mreze.release import LOCATION
from mreze.summary import counted, summarise, total
from mreze.texts import pick, text


def _json(comparison: Comparison, language: str) -> str:
    """Nodes are written as SPARQL results in JSON write them."""
    content = {
        "old": comparison.old.name,
        "new": comparison.new.name,
        "language": language,
        "counts": {name: dict(found) for name, found in comparison.counts().items()},
        "things": [_json_thing(comparison, one, language) for one in comparison.changes],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _json_thing(comparison: Comparison, change: Change, language: str) -> dict[str, Any]:
    return {
        "dataset": change.dataset,
        "thing": change.thing,
        "label": label(comparison, change, language) or None,
        "kind": change.kind,
        "edits": [
            {
                "subject": one.subject,
                "predicate": one.predicate.value,
                "before": _json_node(one.before),
                "after": _json_node(one.after),
            }
            for one in edits(change)
        ],
    }


def _json_node(node: Node | None) -> dict[str, str] | None:
    if node is None:
        return None
    if isinstance(node, NamedNode):
        return {"type": "uri", "value": node.value}
    if not isinstance(node, Literal):
        return {"type": "bnode", "value": str(node).removeprefix("_:")}
    found = {"type": "literal", "value": node.value}
    if node.language:
        return found | {"xml:lang": node.language}
    return found if node.datatype == term("xsd:string") else found | {"datatype": node.datatype.value}


def _turtle(comparison: Comparison, _: str) -> str:
    """The activities of /changes; each with the statements that it made (prov:generated) and unmade."""
    old, new = comparison.old, comparison.new
    changes = ChangeSet(new.base, new.name, new.date, old.name, new.languages)
    counts = comparison.counts()
    triples = set(changes.describe(total(counts)))
    contexts = {one.name: one.iri for one in (*old.datasets, *new.datasets)}
    for name, found in counts.items():
        triples |= set(changes.describe_group(name, contexts.get(name, new.base + name), found))
    for one in comparison.changes:
        entry = Entry(one.dataset, one.thing, one.kind)
        triples |= {*changes.describe_entry(entry), *_statements(changes.activity(entry), one)}
    return turtle.write(triples, new.prefixes, relative_to=LOCATION)


def _statements(activity: NamedNode, change: Change) -> Iterator[Triple]:
    yield Triple(activity, RDF_TYPE, term("prov:Activity"))
    sides = (("prov:generated", "added", change.added), ("prov:invalidated", "removed", change.removed))
    for relation, name, triples in sides:
        for number, one in enumerate(sorted(triples, key=str), 1):
            statement = NamedNode(f"{activity.value}/{name}-{number}")
            yield Triple(activity, term(relation), statement)
            yield Triple(statement, RDF_TYPE, term("rdf:Statement"))
            yield Triple(statement, term("rdf:subject"), one.subject)
            yield Triple(statement, term("rdf:predicate"), one.predicate)
            yield Triple(statement, term("rdf:object"), one.object)


def _html(comparison: Comparison, language: str) -> str:
    """A page that stands for itself, in the design of the site's pages."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("mreze.diff"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (resources.files("mreze.serve") / "static" / "site.css").read_text("utf-8")
    counts = comparison.counts()
    return environment.get_template("diff.html").render(
        language=language,
        style=style,
        old=comparison.old.name,
        new=comparison.new.name,
        site_title=pick(comparison.new.titles, language),
        summary=pick(summarise(total(counts), comparison.old.name), language),
        parts=[_part(comparison, name, language) for name in counts],
        t=lambda english, **inserted: pick(text(english, **inserted), language),
    )


def _part(comparison: Comparison, dataset: str, language: str) -> dict[str, Any]:
    found = comparison.counts()[dataset]
    others = {"ontology": text("Vocabulary"), "shapes": text("Shapes of the data")}
    datasets = (*comparison.new.datasets, *comparison.old.datasets)
    titles = next((one.titles for one in datasets if one.name == dataset), others.get(dataset, {}))
    return {
        "id": dataset,
        "name": pick(titles, language) or dataset,
        "counts": ", ".join(pick(counted(kind, found[kind]), language) for kind in Kind if found.get(kind)),
        "things": [_thing(comparison, one, language) for one in comparison.changes if one.dataset == dataset],
    }


def _thing(comparison: Comparison, change: Change, language: str) -> dict[str, Any]:
    names = comparison.names
    return {
        "href": change.thing if change.thing.startswith(("http://", "https://")) else "",
        "name": label(comparison, change, language) or names.shorten(change.thing),
        "became": pick(became(change.kind), language),
        "edits": [
            {
                "property": property_of(names, change.thing, one),
                "before": "" if one.before is None else shown(names, one.before),
                "after": "" if one.after is None else shown(names, one.after),
            }
            for one in edits(change)
        ],
    }


FORMS: Final[dict[str, Callable[[Comparison, str], str]]] = {
    "text": write_text,
    "html": _html,
    "turtle": _turtle,
    "json": _json,
}
"""The forms of a comparison, by name; each takes the language of its words."""
