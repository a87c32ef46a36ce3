"""Get from an index what may be what is asked for, no more than is needed to judge.

What has just the name comes first, then what has all its words. Only where none of these is good enough, or a long
name may have a near one, are misspellings looked for: of one letter in the name or in each of its words, and of two
where that finds nothing better, since that looks through far more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import tantivy

from mreze.matching.asking import Form
from mreze.matching.model import Wanted
from mreze.matching.schema import LONGEST_START, LONGEST_TERM
from mreze.matching.words import SMALL

_ENOUGH: Final = 50
"""Things that are looked at for each step."""
_ENOUGH_TO_WEIGH: Final = 200
"""The same where conditions tell namesakes apart."""
_MOST_WORDS: Final = 16
_MOST_LETTERS: Final = 40
"""Longer names are looked for with two wrong letters by their words only."""
_GOOD: Final = 96.0
"""Points from which on a name that is misspelt is not it."""
_FAIR: Final = 80.0
"""Points from which on one with two wrong letters is not it."""
_LONG: Final = 20
"""Letters from which on a near name may be nearly as good as the right one."""
_FEWEST: Final = 3
"""Letters of a word that may have a wrong one."""
_TWO_WRONG: Final = 6
"""Letters of a word that may have two."""

_Query = tantivy.Query
_SHOULD: Final = tantivy.Occur.Should
_MUST: Final = tantivy.Occur.Must


class Retrieval:
    """Asks one index."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher = searcher
        self._schema = schema

    def identified(self, identifiers: set[str], types: Sequence[str] = ()) -> list[tantivy.DocAddress]:
        """What has one of the identifiers."""
        if not identifiers:
            return []
        return self._search([self._terms("id", identifiers)], types, _ENOUGH)

    def named(
        self, forms: Sequence[Form], wanted: Wanted, score: Callable[[tantivy.DocAddress], float]
    ) -> Iterator[tantivy.DocAddress]:
        """What may have the name, each once.

        Args:
            forms: what is asked for.
            wanted: the rest of it.
            score: tells how good something is.
        """
        if not forms:
            return
        enough = _ENOUGH_TO_WEIGH if wanted.conditions else _ENOUGH
        seen: set[tuple[int, int]] = set()
        best = 0.0
        for least, queries in self._steps(forms, wanted):
            if best >= least:
                continue
            for query in queries:
                for one in self._search([query], wanted.types, enough):
                    place = (one.segment_ord, one.doc)
                    if place not in seen:
                        seen.add(place)
                        best = max(best, score(one))
                        yield one

    def _steps(self, forms: Sequence[Form], wanted: Wanted) -> Iterator[tuple[float, Iterator[tantivy.Query]]]:
        """Queries, and the points from which on they are not worth asking."""
        always = 1_000.0
        yield always, self._exact(forms)
        if wanted.prefix:
            yield always, self._begun(forms)
        yield always, self._all_words(forms)
        longest = max(len(one.whole) for one in forms)
        yield (always if longest >= _LONG else _GOOD), self._misspelt(forms, 1)
        yield _FAIR, self._misspelt(forms, 2)
        yield _FAIR, self._some_words(forms)

    def _exact(self, forms: Sequence[Form]) -> Iterator[tantivy.Query]:
        wholes = {one for form in forms for one in form.wholes}
        yield self._terms("name", wholes)
        cores = {one for form in forms for one in form.cores}
        yield self._any([self._terms("name", cores), self._terms("core", cores | wholes)])
        yield self._terms("initials", {form.whole for form in forms if len(form.words) == 1})

    def _begun(self, forms: Sequence[Form]) -> Iterator[tantivy.Query]:
        for form in forms:
            for whole in sorted(form.wholes, key=len, reverse=True):
                if whole:
                    yield self._beginning("name", whole)
            words = form.words[:_MOST_WORDS]
            if words:
                yield self._all(
                    [*(self._terms("word", [one]) for one in words[:-1]), self._beginning("word", words[-1])]
                )

    def _beginning(self, field: str, text: str) -> tantivy.Query:
        if len(text) <= LONGEST_START:
            return self._terms("start", [text])
        return _Query.fuzzy_term_query(self._schema, field, text[:LONGEST_TERM], 0, prefix=True)

    def _all_words(self, forms: Sequence[Form]) -> Iterator[tantivy.Query]:
        for form in forms:
            words = [one for one in form.words if one not in SMALL][:_MOST_WORDS]
            if words:
                yield self._all([self._terms("word", [one]) for one in words])

    def _misspelt(self, forms: Sequence[Form], distance: int) -> Iterator[tantivy.Query]:
        for form in forms:
            for whole in sorted(form.wholes | {form.core}):
                if _length(distance) <= len(whole) <= (LONGEST_TERM if distance == 1 else _MOST_LETTERS):
                    yield self._fuzzy("name", whole, distance)
            words = [one for one in form.words if one not in SMALL][:_MOST_WORDS]
            if len(words) > 1:
                yield self._all([self._fuzzy("word", one, distance) for one in words])

    def _some_words(self, forms: Sequence[Form]) -> Iterator[tantivy.Query]:
        for form in forms:
            words = [one for one in form.words if one not in SMALL][:_MOST_WORDS]
            if words:
                yield self._any([self._fuzzy("word", one, 1) for one in words])

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

    def _search(self, queries: list[tantivy.Query], types: Sequence[str], limit: int) -> list[tantivy.DocAddress]:
        if types:
            classes = [_Query.term_query(self._schema, "class", one) for one in types]
            queries = [*queries, _Query.const_score_query(self._any(classes), 0.0)]
        found = self._searcher.search(self._all(queries), limit, count=False)
        return [address for _, address in found.hits]


def _length(distance: int) -> int:
    return _FEWEST if distance == 1 else _TWO_WRONG
