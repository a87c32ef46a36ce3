"""Ask saved queries before a release is there, so that they are answered alike however its store comes about.

A store that is made of an earlier one has graphs from the beginning that one that is loaded gets at the end: those are
not asked. Only a query that names its graphs itself (FROM) can tell.
"""

from __future__ import annotations

import re
from typing import Final

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

from mreze.build.graphs import DESCRIPTIONS
from mreze.datablocks import tokens
from mreze.namespaces import PREFIXES
from mreze.queries import SavedQuery

_MORE: Final = re.compile(rf"\b(?:graph|from)\b|{re.escape(PREFIXES['sh'])}", re.IGNORECASE)
"""What a query says that asks of more than the data and the ontology."""


def asks_more(query: SavedQuery) -> bool:
    """Whether a query may ask of more than the merge of data and ontology."""
    return _MORE.search(query.bare) is not None


def names_graphs(query: SavedQuery) -> bool:
    """Whether a query says of which graphs it asks."""
    return any(one.word == "FROM" for one in tokens(query.text))


def ask(store: Store, query: SavedQuery, base: str) -> QuerySolutions | QueryBoolean | QueryTriples:
    """The answer, of the graphs that files of the site tell of.

    Args:
        store: which is asked.
        query: the query, with its defaults.
        base: the site's base IRI.

    Raises:
        SyntaxError: it is not SPARQL.
    """
    if names_graphs(query):
        return store.query(query.text, base_iri=base + "sparql")
    own = {base + one for one in DESCRIPTIONS}
    told = [one for one in store.named_graphs() if one.value not in own]
    return store.query(query.text, base_iri=base + "sparql", named_graphs=told)
