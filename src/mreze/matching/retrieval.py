"""Get from an index what may be what is asked for, no more than is needed to judge.

What has just the name comes first, then what has all its words. Only where none of these is good enough, or a long
name may have a near one, are misspellings looked for: of one letter in the name or in each of its words, and of two
where that finds nothing better, since that looks through far more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

import tantivy

from mreze.matching.asking import Form
from mreze.matching.model import Wanted
from mreze.matching.schema import LONGEST_START, LONGEST_TERM
from mreze.matching.scoring import CERTAIN, GAP, LEAST, misspelt
from mreze.matching.words import SMALL

_ENOUGH: Final = 50
"""Things that are looked at for each step."""
_ENOUGH_TO_TYPE: Final = 20
"""The same while a name is typed."""
_ENOUGH_TO_WEIGH: Final = 200
"""The same where conditions tell namesakes apart."""
_MOST_WORDS: Final = 16
_MOST_LETTERS: Final = 40
"""Longer names are looked for with two wrong letters by their words only."""
_FAIR: Final = 75.0
"""Points up to which more is looked for in any case."""
_FEWEST: Final = 3
"""Letters of a word that may have a wrong one."""
_TWO_WRONG: Final = 6
"""Letters of a word that may have two."""
_COMMON: Final = 1_000
"""Things that have a common word."""

_Query = tantivy.Query
_SHOULD: Final = tantivy.Occur.Should
_MUST: Final = tantivy.Occur.Must


Worth = Callable[[float], bool]
"""Tells whether more is worth looking for where the best so far has so many points."""


class Retrieval:
    """Asks one index."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher = searcher
        self._schema = schema

    def identified(self, identifiers: set[str], types: Sequence[str] = ()) -> list[tantivy.DocAddress]:
        """What has one of the identifiers."""
        if not identifiers:
            return []
        return self._search(self._terms("id", identifiers), types, _ENOUGH)

    def steps(self, forms: Sequence[Form], wanted: Wanted) -> Iterator[tuple[Worth, Iterator[tantivy.DocAddress]]]:
        """What may have the name, step by step; the same thing may come again.

        Args:
            forms: what is asked for.
            wanted: the rest of it.

        Returns:
            Whether a step is worth the work where the best so far has so many points, and what it finds.
        """
        enough = max(_ENOUGH_TO_TYPE if wanted.prefix else _ENOUGH, 2 * wanted.limit)
        enough = max(_ENOUGH_TO_WEIGH, enough) if wanted.conditions else enough
        for worth, queries in self._queries(forms, wanted) if forms else ():
            yield worth, (one for query in queries for one in self._search(query, wanted.types, enough))

    def _queries(self, forms: Sequence[Form], wanted: Wanted) -> Iterator[tuple[Worth, Iterator[tantivy.Query]]]:
        yield _always, self._exact(forms)
        if wanted.prefix:
            yield _always, self._begun(forms, 0)
            yield _where_nothing_is, self._begun(forms, 1)
            return
        yield _always, self._all_words(forms)
        length = min(len(one.whole) for one in forms)
        for distance in (1, 2):
            points = misspelt(distance, length)
            yield partial(_may_matter, points), self._misspelt(forms, distance)
            # What is nearly as good has been found by the whole name, unless that is too long to look for.
            too_long = any(len(one.whole) > _MOST_LETTERS for one in forms)
            yield partial(_may_matter, points if too_long else 0), self._misspelt_words(forms, distance)
        yield partial(_may_matter, 0), self._some_words(forms)

    def _exact(self, forms: Sequence[Form]) -> Iterator[tantivy.Query]:
        wholes = {one for form in forms for one in form.wholes}
        meant = {one for form in forms for one in form.meant}
        yield self._terms("name", wholes)
        cores = {one for form in forms for one in form.cores}
        yield self._any([self._terms("name", cores | meant), self._terms("core", cores | wholes | meant)])
        yield self._terms("initials", {form.whole for form in forms if len(form.words) == 1})

    def _begun(self, forms: Sequence[Form], distance: int) -> Iterator[tantivy.Query]:
        for form in forms:
            for whole in sorted(form.wholes):
                yield self._beginning("name", whole, distance)
            *words, last = form.words[:_MOST_WORDS]
            yield self._all([*(self._terms("word", [one]) for one in words), self._beginning("word", last, distance)])

    def _beginning(self, field: str, text: str, distance: int) -> tantivy.Query:
        if len(text) <= LONGEST_START:
            return self._terms("start", [text])
        distance = distance if len(text) > _FEWEST else 0
        return _Query.fuzzy_term_query(self._schema, field, text[:LONGEST_TERM], distance, prefix=True)

    def _all_words(self, forms: Sequence[Form]) -> Iterator[tantivy.Query]:
        for form in forms:
            words = [one for one in form.words if one not in SMALL][:_MOST_WORDS]
            if words:
                yield self._all([self._terms("word", [one]) for one in words])

    def _misspelt(self, forms: Sequence[Form], distance: int) -> Iterator[tantivy.Query]:
        for form in forms:
            for whole in sorted({form.whole, form.core} | form.meant):
                if _length(distance) <= len(whole) <= (LONGEST_TERM if distance == 1 else _MOST_LETTERS):
                    yield self._fuzzy("name", whole, distance)

    def _misspelt_words(self, forms: Sequence[Form], distance: int) -> Iterator[tantivy.Query]:
        for form in forms:
            words = [one for one in form.words if one not in SMALL][:_MOST_WORDS]
            if len(words) > 1:
                yield self._all([self._near(one, distance) for one in words])

    def _some_words(self, forms: Sequence[Form]) -> Iterator[tantivy.Query]:
        for form in forms:
            words = [one for one in form.words if one not in SMALL][:_MOST_WORDS]
            if words:
                yield self._any([self._fuzzy("word", one, 1) for one in words])

    def _near(self, word: str, distance: int) -> tantivy.Query:
        """What has a word, or one near it; a common word, which too many have one near, is taken to be spelt right."""
        common = self._searcher.doc_freq("word", word[:LONGEST_TERM]) >= _COMMON
        return self._terms("word", [word]) if common else self._fuzzy("word", word, distance)

    def _fuzzy(self, field: str, text: str, distance: int) -> tantivy.Query:
        text = text[:LONGEST_TERM]
        while distance and len(text) < _length(distance):
            distance -= 1
        if not distance:
            return self._terms(field, [text])
        return _Query.fuzzy_term_query(self._schema, field, text, distance)

    def _terms(self, field: str, texts: Iterable[str]) -> tantivy.Query:
        terms = sorted({one[:LONGEST_TERM] if field != "id" else one for one in texts if one})
        return self._any([_Query.term_query(self._schema, field, one) for one in terms])

    def _any(self, queries: Sequence[tantivy.Query]) -> tantivy.Query:
        if not queries:
            return _Query.empty_query()
        return queries[0] if len(queries) == 1 else _Query.boolean_query([(_SHOULD, one) for one in queries])

    def _all(self, queries: Sequence[tantivy.Query]) -> tantivy.Query:
        return queries[0] if len(queries) == 1 else _Query.boolean_query([(_MUST, one) for one in queries])

    def _search(self, query: tantivy.Query, types: Sequence[str], limit: int) -> list[tantivy.DocAddress]:
        if types:
            classes = self._any([_Query.term_query(self._schema, "class", one) for one in types])
            query = self._all([query, _Query.const_score_query(classes, 0.0)])
        return [address for _, address in self._searcher.search(query, limit, count=False).hits]


def _always(best: float) -> bool:  # noqa: ARG001 - one of several
    return True


def _where_nothing_is(best: float) -> bool:
    return best < LEAST


def _may_matter(points: float, best: float) -> bool:
    """Whether what has so many points may be better than the best so far, or so near to it that it is no match."""
    return best < max(_FAIR, points) or CERTAIN <= best < points + GAP


def _length(distance: int) -> int:
    return _FEWEST if distance == 1 else _TWO_WRONG
