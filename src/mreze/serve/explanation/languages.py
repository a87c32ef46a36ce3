"""Languages that a query asks for and no text is in, and tags that are compared in vain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mreze.serve.explanation.known import Known
from mreze.serve.explanation.missing import Missing
from mreze.serve.explanation.places import Outline, elements
from mreze.texts import text

_MATCHED: Final = re.compile(r"\blangMatches\s*\(", re.IGNORECASE)
_LANG: Final = re.compile(r"\bLANG\s*\(", re.IGNORECASE)


def check_languages(outline: Outline, known: Known) -> Iterator[Missing]:
    """Tell which languages there are not."""
    told = set()
    for tag, exact, required in _tags(outline):
        if (tag, exact) in told or tag in {"*", ""}:
            continue
        told.add((tag, exact))
        found = _check(tag, known, exact=exact, required=required)
        if found is not None:
            yield found


def _check(tag: str, known: Known, *, exact: bool, required: bool) -> Missing | None:
    lower, languages = tag.lower(), sorted(known.names["language"])
    listed = ", ".join(languages)
    if not known.is_language(lower):
        message = text(
            "No text of this release is in the language “{tag}”; there are: {known}.", tag=lower, known=listed
        )
        return Missing(lower, "language", message, settles=required)
    if not exact or tag in languages:
        return None
    if lower in languages:
        message = text(
            "Language tags are in lower case here. Write “{lower}” for “{tag}”, or compare with langMatches, for which "
            "case does not matter.",
            tag=tag,
            lower=lower,
        )
        return Missing(tag, "language", message, lower, is_iri=False, settles=required)
    varieties = [one for one in languages if one.startswith(lower + "-")]
    message = text(
        "No text has just the tag “{tag}”, but there are: {known}. langMatches finds them all.",
        tag=tag,
        known=", ".join(varieties),
    )
    return Missing(tag, "language", message, varieties[0], is_iri=False, settles=required)


def _tags(outline: Outline) -> Iterator[tuple[str, bool, bool]]:
    """A tag, whether it is compared exactly, and whether the query finds nothing without it."""
    for placed in outline.patterns:
        language = getattr(placed.pattern.object.node, "language", None)
        if language:
            yield language, False, placed.required
    for element in elements(outline.query, "values"):
        for one in element.terms:
            language = getattr(one.node, "language", None)
            if language:
                yield language, False, False
    for element in elements(outline.query, "filter"):
        required = element.is_strict and element in outline.query.where.elements
        matched, compared = _MATCHED.search(element.text), _LANG.search(element.text)
        for one in element.terms if matched or compared else ():
            if one.kind == "literal" and one.node is not None:
                yield one.node.value, not matched, required
