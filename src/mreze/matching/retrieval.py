"""Get from an index what may be what is asked for, no more than is needed to judge.

What has just the name comes first, then what has all its words. Only where none of these is good enough, or a long
name may have a near one, are misspellings looked for: of one letter in the name or in each of its words, and of two
where that finds nothing better, since that looks through far more.

What many have is no longer complete: of each question the first `_ENOUGH` are looked at. So that the best is among
these, whatever has a short name comes first while one is typed; else, where there are more, names that have hardly any
other word are asked for by themselves. How many candidates are wanted changes nothing of this.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import tantivy

from mreze.matching.asking import Form
from mreze.matching.model import Wanted
from mreze.matching.schema import LONGEST_START, LONGEST_TERM, MOST_COUNTED, SIZE, SOUND, counted
from mreze.matching.scoring import CERTAIN, GAP, LEAST, MOST_CONTAINED, misspelt
from mreze.matching.sounds import sound
from mreze.matching.words import great

_ENOUGH: Final = 100
"""Things that are looked at for each question, however many are wanted."""
_ENOUGH_TO_TYPE: Final = 200
"""The same while a name is typed."""
_ENOUGH_TO_WEIGH: Final = 200
"""The same where conditions tell namesakes apart."""
_LONGER: Final = 6
"""So many words more a name has at most that is looked for before others that have the words."""
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

_WHOLE: Final = frozenset({"id", "words"})
"""Fields whose terms are not cut."""

_Query = tantivy.Query
_SHOULD: Final = tantivy.Occur.Should
_MUST: Final = tantivy.Occur.Must


Worth = Callable[[float], bool]
"""Tells whether more is worth looking for where the best so far has so many points."""


@dataclass(frozen=True, slots=True)
class _Question:
    """What the index is asked."""

    query: tantivy.Query
    nearer: Callable[[], Iterable[tantivy.Query]] = field(default=tuple)
    """What to ask besides where too many things answer, the likeliest first."""


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
        enough = _ENOUGH_TO_TYPE if wanted.prefix else _ENOUGH_TO_WEIGH if wanted.conditions else _ENOUGH
        find = self._shortest if wanted.prefix else self._search
        for worth, questions in self._questions(forms, prefix=wanted.prefix) if forms else ():
            yield worth, self._answers(questions, partial(find, types=wanted.types), enough)

    def loosely(self, words: Sequence[str], wanted: Wanted) -> list[tantivy.DocAddress]:
        """What has all the words, as they are, misspelt or as they sound; where nothing does, what has most of them."""
        each = [self._anyhow(one, begun=wanted.prefix and one == words[-1]) for one in words[:_MOST_WORDS]]
        for count in range(len(each), len(each) // 2, -1):
            query = _Query.boolean_query([(_SHOULD, one) for one in each], minimum_number_should_match=count)
            if found := self._search(query, wanted.types, wanted.limit):
                return found
        return []

    def _anyhow(self, word: str, *, begun: bool) -> tantivy.Query:
        heard = sound(word)
        queries = [self._terms("word", [word]), self._fuzzy("word", word, 1), self._terms(SOUND, [heard])]
        if begun and len(heard) > LONGEST_START:
            queries.append(_Query.fuzzy_term_query(self._schema, SOUND, heard[:LONGEST_TERM], 0, prefix=True))
        return self._any(queries)

    @staticmethod
    def _answers(
        questions: Iterable[_Question], find: Callable[..., list[tantivy.DocAddress]], enough: int
    ) -> Iterator[tantivy.DocAddress]:
        for question in questions:
            found = find(question.query, limit=enough)
            yield from found
            left = enough
            for query in question.nearer() if len(found) == enough else ():
                found = find(query, limit=left)
                yield from found
                left -= len(found)
                if left <= 0:
                    break

    def _questions(self, forms: Sequence[Form], *, prefix: bool) -> Iterator[tuple[Worth, Iterator[_Question]]]:
        yield _ALWAYS, map(_Question, self._exact(forms))
        if prefix:
            yield _ALWAYS, map(_Question, self._begun(forms, 0))
            yield _where_nothing_is, map(_Question, self._begun(forms, 1))
            return
        yield _ALWAYS, self._all_words(forms)
        yield partial(_may_matter, MOST_CONTAINED), map(_Question, self._only_words(forms))
        length = min(len(one.whole) for one in forms)
        for distance in (1, 2):
            points = misspelt(distance, length)
            yield partial(_may_matter, points), map(_Question, self._misspelt(forms, distance))
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

    def _all_words(self, forms: Sequence[Form]) -> Iterator[_Question]:
        for words in _words(forms):
            yield self._with_words(words, lambda field, word, told: self._terms(field, [told or word]))

    def _with_words(self, words: Sequence[str], having: Callable[[str, str, str], tantivy.Query]) -> _Question:
        """What has all the words, each in the way that is given; above all in a name of hardly any other."""

        def nearer() -> Iterator[tantivy.Query]:
            for count in range(len(words), min(len(words) + _LONGER, MOST_COUNTED) + 1):
                yield self._all([having("words", one, counted(one, count)) for one in words])

        return _Question(self._all([having("word", one, "") for one in words]), nearer)

    def _only_words(self, forms: Sequence[Form]) -> Iterator[tantivy.Query]:
        """What has a name of the words, but not of all of them; the more the better."""
        for words in _words(forms):
            for count in range(len(words) - 1, 0, -1):
                terms = [_Query.term_query(self._schema, "words", counted(one, count)) for one in words]
                should = [(_SHOULD, one) for one in terms]
                yield _Query.boolean_query(should, minimum_number_should_match=count)

    def _misspelt(self, forms: Sequence[Form], distance: int) -> Iterator[tantivy.Query]:
        for form in forms:
            for whole in sorted({form.whole, form.core} | form.meant):
                if _length(distance) <= len(whole) <= (LONGEST_TERM if distance == 1 else _MOST_LETTERS):
                    yield self._fuzzy("name", whole, distance)

    def _misspelt_words(self, forms: Sequence[Form], distance: int) -> Iterator[_Question]:
        for words in _words(forms):
            if len(words) > 1:
                yield self._with_words(words, partial(self._near, distance=distance))

    def _some_words(self, forms: Sequence[Form]) -> Iterator[_Question]:
        for words in _words(forms):
            yield _Question(self._any([self._fuzzy("word", one, 1) for one in words]), partial(self._some_of, words))

    def _some_of(self, words: Sequence[str]) -> Iterator[tantivy.Query]:
        """What has a name of all the words but one; then of nearly as many, some of which are these."""
        length = len(words)
        for count, least in ((length - 1, length - 1), (length, 1), (length - 1, 1), (length + 1, 1)):
            if 0 < count <= MOST_COUNTED:
                should = [(_SHOULD, self._fuzzy("words", one, 1, counted(one, count))) for one in words]
                yield _Query.boolean_query(should, minimum_number_should_match=least)

    def _near(self, field: str, word: str, told: str, distance: int) -> tantivy.Query:
        """What has a word, or one near it; a common word, which too many have one near, is taken to be spelt right."""
        common = self._searcher.doc_freq("word", word[:LONGEST_TERM]) >= _COMMON
        return self._terms(field, [told or word]) if common else self._fuzzy(field, word, distance, told)

    def _fuzzy(self, field: str, text: str, distance: int, told: str = "") -> tantivy.Query:
        """What has a text, or one near it, which is told by another term where that is given."""
        text = text[:LONGEST_TERM]
        while distance and len(text) < _length(distance):
            distance -= 1
        if not distance:
            return self._terms(field, [told or text])
        return _Query.fuzzy_term_query(self._schema, field, told or text, distance)

    def _terms(self, field: str, texts: Iterable[str]) -> tantivy.Query:
        terms = sorted({one if field in _WHOLE else one[:LONGEST_TERM] for one in texts if one})
        return self._any([_Query.term_query(self._schema, field, one) for one in terms])

    def _any(self, queries: Sequence[tantivy.Query]) -> tantivy.Query:
        if not queries:
            return _Query.empty_query()
        return queries[0] if len(queries) == 1 else _Query.boolean_query([(_SHOULD, one) for one in queries])

    def _all(self, queries: Sequence[tantivy.Query]) -> tantivy.Query:
        return queries[0] if len(queries) == 1 else _Query.boolean_query([(_MUST, one) for one in queries])

    def _search(self, query: tantivy.Query, types: Sequence[str], limit: int) -> list[tantivy.DocAddress]:
        found = self._searcher.search(self._of_class(query, types), limit, count=False)
        return [address for _, address in found.hits]

    def _shortest(self, query: tantivy.Query, types: Sequence[str], limit: int) -> list[tantivy.DocAddress]:
        """The same, what has the shortest name first."""
        found = self._searcher.search(
            self._of_class(query, types), limit, count=False, order_by_field=SIZE, order=tantivy.Order.Asc
        )
        return [address for _, address in found.hits]

    def _of_class(self, query: tantivy.Query, types: Sequence[str]) -> tantivy.Query:
        if not types:
            return query
        classes = self._any([_Query.term_query(self._schema, "class", one) for one in types])
        return self._all([query, _Query.const_score_query(classes, 0.0)])


def _words(forms: Sequence[Form]) -> Iterator[tuple[str, ...]]:
    """Of each form the words that say something."""
    return (words for form in forms if (words := great(form.words)[:_MOST_WORDS]))


def _where_nothing_is(best: float) -> bool:
    return best < LEAST


def _may_matter(points: float, best: float) -> bool:
    """Whether what has so many points may be better than the best so far, or so near to it that it is no match."""
    return best < max(_FAIR, points) or CERTAIN <= best < points + GAP


_ALWAYS: Final[Worth] = partial(_may_matter, math.inf)


def _length(distance: int) -> int:
    return _FEWEST if distance == 1 else _TWO_WRONG
