"""The eight organizations elsewhere: what a Wikidata and another site say of them, made up but for names.

Items have numbers that Wikidata has not given; what is stated of them agrees here, contradicts or is missing there, so
that every difference comes once at least.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.submitting import Statement, turtle

from mreze.build.template import write_template

ITEMS: Final = {
    "avec": ("Q990000001", "Alliance of European Cultural Cities", "Алијанса европских градова културе"),
    "b40": ("Q990000002", "B40 Balkan Cities Network", "Мрежа балканских градова Б40"),
    "ecad": ("Q990000003", "European Cities Against Drugs", "Европски градови против дрога"),
    "energy-cities": ("Q990000004", "Energy Cities", "Енергетски градови"),
    "ire": ("Q990000005", "Institute of the Regions of Europe", "Институт европских региона"),
    "lhc": ("Q990000006", "League of Historical Cities", "Лига историјских градова"),
    "naled": ("Q990000007", "NALED", "Национална алијанса за локални економски развој"),
    "skgo": ("Q990000008", "Standing Conference of Towns and Municipalities", "Стална конференција градова и општина"),
}
"""Item, English and Serbian name, by slug."""
DECOYS: Final = {
    "Q990000101": ("ECAD", "drug policy journal", "Q5633421"),
    "Q990000102": ("Energy Cities", "board game", "Q131436"),
    "Q990000103": ("NALED", "disambiguation page", "Q4167410"),
}
"""Name, description and type of what is something else."""
CITY: Final = "Q129259"
_OTHERS: Final = {
    CITY: ("Niš", "Q515"), "Q142": ("France", "Q6256"), "Q403": ("Serbia", "Q6256"), "Q34": ("Sweden", "Q6256"),
    "Q17": ("Japan", "Q6256"), "Q40": ("Austria", "Q6256"), "Q43": ("Turkey", "Q6256"), "Q1754": ("Stockholm", "Q515"),
    "Q3711": ("Belgrade", "Q515"), "Q37776": ("Besançon", "Q515"), "Q34713": ("Salzburg", "Q515"),
    "Q34600": ("Kyoto", "Q515"), "Q48292": ("Arles", "Q515"), "Q406": ("Istanbul", "Q515"), "Q90": ("Paris", "Q515"),
}  # fmt: skip
"""What the site is linked with already, and one more: names and types as Wikidata has them."""
_SOURCED: Final = [[("P854", '"https://elsewhere.example/about"')]]
STATEMENTS: Final = (
    Statement("Q990000003", "P571", "+1994-04-00T00:00:00Z/10", references=_SOURCED),  # agrees
    Statement("Q990000003", "P17", "Q34", references=_SOURCED),
    Statement("Q990000003", "P159", "Q90", references=_SOURCED),  # contradictory: the site has Stockholm
    Statement("Q990000006", "P571", "+1994-00-00T00:00:00Z/9"),  # agrees, lacks a reference
    Statement(CITY, "P463", "Q990000006"),  # lacks its beginning and a reference
    Statement(CITY, "P463", "Q990000004", [("P580", "+1998-00-00T00:00:00Z/9")], _SOURCED),  # contradictory
    Statement("Q990000002", "P159", "Q406", references=_SOURCED),  # contradictory: explicitly none
    Statement("Q48292", "P463", "Q990000003", references=_SOURCED),  # missing here
)


def wikidata() -> str:
    """The items and their statements, in Turtle."""
    described = [turtle(STATEMENTS), *_described()]
    return "\n".join(described)


def _described() -> Iterator[str]:
    for item, english, serbian in ITEMS.values():
        names = f'rdfs:label "{english}"@en , "{serbian}"@sr ; schema:description "city network"@en'
        yield f"wd:{item} {names} ; wdt:P31 wd:Q43229 ."
    for item, (name, description, kind) in DECOYS.items():
        yield f'wd:{item} rdfs:label "{name}"@en ; wdt:P31 wd:{kind} ; schema:description "{description}"@en .'
    for item, (name, kind) in _OTHERS.items():
        yield f'wd:{item} rdfs:label "{name}"@en ; wdt:P31 wd:{kind} .'


def other_site(root: Path) -> Path:
    """Another site, which knows the organizations by its own IRIs and is linked with Wikidata."""
    write_template(root)
    prefixes = {"owl": "http://www.w3.org/2002/07/owl#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
    prefixes |= {"schema": "https://schema.org/", "skos": "http://www.w3.org/2004/02/skos/core#"}
    lines = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in prefixes.items()]
    for slug, (item, english, _) in ITEMS.items():
        names = f'"{english}"@de , "{english}"@en'
        lines.append(
            f"<https://example.org/id/networks/{slug}> a schema:Organization ; rdfs:label {names} ;"
            f" skos:prefLabel {names} ; owl:sameAs <http://www.wikidata.org/entity/{item}> ."
        )
    (root / "data/crossings/networks.ttl").write_text("\n".join(lines) + "\n", "utf-8")
    return root
