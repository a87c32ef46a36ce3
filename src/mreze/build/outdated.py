"""Which entries of an index are others than they were: those of what changed, and of what is known by its names.

An entry depends on what is said of the thing; on the names of what it refers to, as these may depend on what is said of
their labels; and on classes and properties. So the changes of a few lines lead to a few things, or to all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode, Triple

from mreze.build.entries import SUBCLASS, SUBPROPERTY
from mreze.differences import differences
from mreze.naming import Naming
from mreze.sortedlines import Buffer, lines_to

_ONE_IN: Final = 2_000
"""Bytes of lines for each that may differ: where one of about a dozen does, all is made anew."""
_FEWEST: Final = 1_000
"""Lines that may differ in any case."""


@dataclass(frozen=True, slots=True)
class _Changed:
    """Subjects of lines that differ, as N-Quads writes them."""

    all: set[bytes] = field(default_factory=set)
    names: set[bytes] = field(default_factory=set)
    """Those of which something differs that names depend on."""


def outdated(old: Buffer, new: Buffer, hierarchy: frozenset[Triple]) -> frozenset[bytes] | None:
    """The subjects whose entries may differ, as N-Quads writes them; None where any may.

    Args:
        old: all that was said: lines of N-Quads, sorted.
        new: all that is said.
        hierarchy: what the new ones say of subclasses and subproperties.

    Raises:
        ValueError: lines are not sorted, or none of N-Quads.
    """
    naming = Naming(lambda _: (), hierarchy)
    changed = _changed(old, new, naming)
    if changed is None:
        return None
    leading = {one.encode() for one in naming.leading}
    found, named, left = set(changed.all), set(changed.names), set(changed.names)
    while left:
        further = set()
        for line in lines_to(new, left):
            subject, predicate, _ = line.split(b" ", 2)
            found.add(subject)
            if predicate in leading:  # its names depend on that of which something differs
                further.add(subject)
        left = further - named
        named |= left
    return None if named & _above(hierarchy) else frozenset(found)


def _changed(old: Buffer, new: Buffer, naming: Naming) -> _Changed | None:
    telling = {one.encode() for one in naming.telling}
    ordering = {str(one).encode() for one in (SUBCLASS, SUBPROPERTY)}
    most = max(_FEWEST, len(new) // _ONE_IN)
    found = _Changed()
    for number, one in enumerate(differences(old, new)):
        subject, predicate, _ = one.triple.split(b" ", 2)
        if number >= most or predicate in ordering:
            return None
        found.all.add(subject)
        if predicate in telling:
            found.names.add(subject)
    return found


def _above(hierarchy: frozenset[Triple]) -> set[bytes]:
    """The classes that others are under: what is of those is known by their names too."""
    return {
        str(one.object).encode() for one in hierarchy if one.predicate == SUBCLASS and isinstance(one.object, NamedNode)
    }
