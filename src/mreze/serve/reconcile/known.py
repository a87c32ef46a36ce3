"""What clients may name of a release: read when the first of them asks, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mreze.release import Release
from mreze.serve.reconcile.properties import Properties, read_properties
from mreze.serve.reconcile.terms import Term
from mreze.serve.reconcile.types import read_types
from mreze.serve.store import Store


@dataclass(frozen=True, slots=True)
class Known:
    """Classes and properties."""

    types: Mapping[str, Term]
    """By IRI, those of most things first."""
    properties: Properties


def read_known(store: Store, release: Release) -> Known:
    """Read them.

    Raises:
        ReleaseError: the way to a property is none.
    """
    return Known(read_types(store, release), read_properties(store, release))
