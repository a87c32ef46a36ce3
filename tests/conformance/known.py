"""What is known to fail of https://github.com/w3c/rdf-tests, folder `sparql`, with the reason on the line above it.

All of it is the engine's: none fails before a query reaches it or after it has answered.
"""

from __future__ import annotations

from typing import Final

LEFT_OUT: Final = frozenset(
    {
        # The server infers nothing: a thing carries its classes itself.
        "sparql11/entailment",
        # They ask servers that there are not; tests/http/test_federation.py asks one that there is.
        "sparql11/service",
        "sparql11/syntax-fed",
    }
)
"""Folders."""
KNOWN: Final = frozenset(
    {
        # A number is kept as its value, not as it was written: `01` and `1`, `1.30` and `1.3` are one term.
        "sparql10/distinct#distinct-1",
        "sparql10/distinct#distinct-9",
        "sparql10/expr-builtin#dawg-str-1",
        "sparql10/expr-builtin#dawg-str-2",
        "sparql10/expr-builtin#sameTerm-simple",
        "sparql10/expr-builtin#sameTerm-eq",
        "sparql10/expr-builtin#sameTerm-not-eq",
        "sparql10/expr-equals#eq-graph-1",
        "sparql10/expr-equals#eq-graph-2",
        "sparql10/open-world#open-eq-01",
        # TRUE and False in other letters than small ones are not known.
        "sparql10/expr-builtin#case-insensitive-booleans",
        # The variable of GRAPH is bound too early, or not at all, where nothing inside binds it.
        "sparql10/graph#graph-variable-scope",
        "sparql10/graph#graph-optional",
        "sparql11/aggregates#agg-empty-group-count-graph",
        "sparql11/bindings#graph",
        "sparql11/negation#graph-minus",
        # A date with a time zone and one without are compared.
        "sparql10/open-world#date-2",
        # It reads `?x<?a&&?b>?y` as two comparisons; the longest token there is an IRI.
        "sparql10/syntax-sparql3#syn-bad-26",
        # GROUP_CONCAT keeps the language that all strings share.
        "sparql11/aggregates#agg-groupconcat-04",
        "sparql11/aggregates#agg-groupconcat-06",
        # BNODE("x") of two solutions is the same node.
        "sparql11/functions#bnode01",
        # A path of no length does not lead from a term to itself where the data do not have it.
        "sparql11/property-path#zero_or_more_set_start",
        "sparql11/property-path#zero_or_more_set_end",
        "sparql11/property-path#zero_or_one_set_start",
        "sparql11/property-path#zero_or_one_set_end",
        # SPARQL 1.2 is a draft, and not all of it is there.
        "sparql12/eval-triple-terms#op-2",
        "sparql12/eval-triple-terms#order-1",
        "sparql12/eval-triple-terms#order-2",
        "sparql12/grouping#group01",
        "sparql12/grouping#select-variable-reuse",
        "sparql12/syntax#nested-aggregate-functions",
        "sparql12/syntax-triple-terms-negative#tripleterm-subject-03",
        "sparql12/syntax-triple-terms-negative#tripleterm-subject-06",
    }
)
"""Tests."""
