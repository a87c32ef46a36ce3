"""Write TriG in the house form: the default graph as Turtle is written, then each named graph with its blocks indented.

Blank nodes stay within their graph. Syntax: https://www.w3.org/TR/trig/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import indent

from pyoxigraph import NamedNode, Triple

from mreze.abbreviations import Abbreviations
from mreze.turtle import declarations, write_blocks


def write(
    default: Iterable[Triple],
    graphs: Mapping[NamedNode, Iterable[Triple]],
    prefixes: Mapping[str, str],
    relative: Mapping[str, str],
) -> str:
    """Return the graphs as TriG.

    Args:
        default: the default graph.
        graphs: the others, in the order in which they are written.
        prefixes: the prefixes that may be used.
        relative: what stands in place of the beginnings of IRIs that are written relative to the document.
    """
    abbreviations = Abbreviations(prefixes)
    blocks, used = write_blocks(default, abbreviations, relative)
    for number, (name, triples) in enumerate(graphs.items(), 1):
        inner, more = write_blocks(triples, abbreviations, relative, f"g{number}-")
        blocks.append(f"{name} {{\n" + indent("\n".join(inner), "    ") + "}\n")
        used |= more
    return "\n".join(part for part in (declarations(used), *blocks) if part)
