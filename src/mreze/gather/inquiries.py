"""The queries that ask an endpoint in the form of Wikidata's dumps what it states of items.

They are templates of `str.format`: `items`, properties and qualifiers are put in by `items.py`.
"""

from __future__ import annotations

from typing import Final

from mreze.gather.model import Variables

_PREFIXES: Final = """\
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX pr: <http://www.wikidata.org/prop/reference/>
PREFIX prv: <http://www.wikidata.org/prop/reference/value/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX psv: <http://www.wikidata.org/prop/statement/value/>
PREFIX wdno: <http://www.wikidata.org/prop/novalue/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wikibase: <http://wikiba.se/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
"""
EXISTING: Final = (
    _PREFIXES
    + """\
SELECT DISTINCT ?item ?into WHERE {{
  VALUES ?item {{ {items} }}
  FILTER EXISTS {{ ?item ?any ?thing . }}
  OPTIONAL {{ ?item owl:sameAs ?into . }}
}} ORDER BY ?item ?into"""
)
STATEMENTS: Final = (
    _PREFIXES
    + """\
SELECT DISTINCT ?item ?property ?statement ?rank ?value ?time ?precision ?calendar ?none WHERE {{
  VALUES ?item {{ {items} }}
  VALUES (?property ?simple ?full ?absent) {{ {properties} }}
  ?item ?property ?statement .
  OPTIONAL {{ ?statement wikibase:rank ?rank . }}
  OPTIONAL {{ ?statement ?simple ?value . }}
  OPTIONAL {{
    ?statement ?full ?node .
    ?node wikibase:timeValue ?time ; wikibase:timePrecision ?precision .
    OPTIONAL {{ ?node wikibase:timeCalendarModel ?calendar . }}
  }}
  OPTIONAL {{ ?statement a ?none . FILTER (?none = ?absent) }}
}} ORDER BY ?item ?statement"""
)
QUALIFIERS: Final = (
    _PREFIXES
    + """\
SELECT DISTINCT ?statement ?qualifier ?value ?time ?precision ?calendar WHERE {{
  VALUES ?item {{ {items} }}
  VALUES ?property {{ {leading} }}
  ?item ?property ?statement .
  VALUES (?qualifier ?full ?absent) {{ {qualifiers} }}
  {{ ?statement ?qualifier ?value . }}
  UNION {{
    ?statement ?full ?node .
    ?node wikibase:timeValue ?time ; wikibase:timePrecision ?precision .
    OPTIONAL {{ ?node wikibase:timeCalendarModel ?calendar . }}
  }}
  UNION {{ ?statement a ?absent . BIND (?absent AS ?value) }}
}} ORDER BY ?statement ?qualifier"""
)
REFERENCES: Final = (
    _PREFIXES
    + """\
SELECT DISTINCT ?statement ?reference ?property ?value ?time ?precision WHERE {{
  VALUES ?item {{ {items} }}
  VALUES ?leading {{ {leading} }}
  ?item ?leading ?statement .
  ?statement prov:wasDerivedFrom ?reference .
  {{
    ?reference ?property ?value .
    FILTER (STRSTARTS(STR(?property), "http://www.wikidata.org/prop/reference/P"))
  }}
  UNION {{ ?reference prv:P813 ?node . ?node wikibase:timeValue ?time ; wikibase:timePrecision ?precision . }}
}} ORDER BY ?statement ?reference"""
)
TRUTHY: Final = (
    _PREFIXES
    + """\
SELECT ?item WHERE {{
  VALUES ?item {{ {items} }}
  VALUES ?direct {{ {direct} }}
  ?item ?direct ?value .
}} LIMIT 1"""
)
NAMES: Final = (
    _PREFIXES
    + """\
SELECT DISTINCT ?item ?name ?into WHERE {{
  VALUES ?item {{ {items} }}
  {{ ?item rdfs:label ?name . FILTER (LANG(?name) IN ("en", "sr", "sr-ec", "sr-el")) }}
  UNION {{ ?item owl:sameAs ?into . }}
}} ORDER BY ?item ?name"""
)
MODIFIED: Final = _PREFIXES + "SELECT ?modified WHERE { <http://www.wikidata.org> schema:dateModified ?modified . }"
VARIABLES: Final = {
    EXISTING: Variables(things=("item",), others=("into",)),
    STATEMENTS: Variables(
        things=("item", "property", "statement"),
        others=("rank", "value", "time", "precision", "calendar", "none"),
        either=(("value",), ("none",)),
    ),
    QUALIFIERS: Variables(
        things=("statement", "qualifier"),
        others=("value", "time", "precision", "calendar"),
        either=(("value",), ("time", "precision")),
    ),
    REFERENCES: Variables(
        things=("statement",),
        terms=("reference",),
        others=("property", "value", "time", "precision"),
        either=(("property", "value"), ("time", "precision")),
    ),
    TRUTHY: Variables(things=("item",)),
    NAMES: Variables(things=("item",), others=("name", "into"), either=(("name",), ("into",))),
    MODIFIED: Variables(terms=("modified",)),
}
"""What the answer to each has."""
