"""What is said of a demand that is not met, where the author of the shape says nothing (sh:message)."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from mreze.namespaces import PREFIXES
from mreze.texts import Text, text

_SAID: Final = {
    "And": "It does not conform to all the shapes that are demanded.",
    "Class": "The value is not of the class that is demanded.",
    "Closed": "The shape is closed: it allows no such property.",
    "Datatype": "The value is not of the datatype that is demanded, or not written as one.",
    "Disjoint": "The value is also one of the property that may not share any.",
    "Equals": "The value is not one of both properties that must have the same.",
    "HasValue": "The value that is demanded is missing.",
    "In": "The value is not in the list of those that are allowed.",
    "LanguageIn": "The value is in none of the languages that are demanded.",
    "LessThan": "The value is not less than those of the other property.",
    "LessThanOrEquals": "The value is more than those of the other property.",
    "MaxCount": "There are more values than are allowed.",
    "MaxExclusive": "The value is more than is allowed.",
    "MaxInclusive": "The value is more than is allowed.",
    "MaxLength": "The value is longer than is allowed.",
    "MinCount": "There are fewer values than are demanded.",
    "MinExclusive": "The value is less than is allowed.",
    "MinInclusive": "The value is less than is allowed.",
    "MinLength": "The value is shorter than is allowed.",
    "Node": "It does not conform to the shape that is demanded.",
    "NodeKind": "The value is not of the kind of node that is demanded.",
    "Not": "It conforms to a shape that it may not conform to.",
    "Or": "It conforms to none of the shapes that are demanded.",
    "Pattern": "The value is not written as is demanded.",
    "QualifiedMaxCount": "More values conform to the shape than are allowed.",
    "QualifiedMinCount": "Fewer values conform to the shape than are demanded.",
    "UniqueLang": "There is more than one value in a language.",
    "Xone": "It does not conform to exactly one of the shapes that are demanded.",
}
"""By kind of demand, https://www.w3.org/TR/shacl/#core-components"""
DEMANDS: Final = frozenset(_SAID.values())
"""The words that are handed on."""


def unmet(component: NamedNode) -> Text:
    """What is said of a kind of demand of SHACL Core; nothing of others, whose authors find the words."""
    name = component.value.removeprefix(PREFIXES["sh"]).removesuffix("ConstraintComponent")
    return text(_SAID[name]) if name in _SAID else {}
