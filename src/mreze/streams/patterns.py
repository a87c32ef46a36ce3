"""Texts with gaps, into which what differs is put."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

Around = tuple[str, str]
"""What stands before and behind a text."""


class _Several(NamedTuple):
    """A gap for several texts, which are sorted."""

    numbers: Sequence[int]
    around: Sequence[Around] | None
    """None where nothing stands around any of them."""
    between: str

    def fill(self, texts: Sequence[str]) -> str:
        written = [texts[one] for one in self.numbers]
        if self.around:
            written = [before + one + after for one, (before, after) in zip(written, self.around, strict=True)]
        written.sort()
        return self.between.join(written)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text with gaps."""

    text: str
    """As `%` takes it."""
    several: Sequence[_Several]
    pick: Callable[[Sequence[str]], object]
    """Takes what is put in from the texts, before which those of `several` stand."""

    def fill(self, texts: tuple[str, ...]) -> str:
        """The text with these in its gaps."""
        return self.text % self.pick((*[one.fill(texts) for one in self.several], *texts) if self.several else texts)


@dataclass(slots=True)
class Draft:
    """A pattern that is being made."""

    _parts: list[str] = field(default_factory=list)
    _gaps: list[tuple[bool, int]] = field(default_factory=list)
    """Whether the gap is for one text, and the number of that, or of what is in `_several`."""
    _several: list[_Several] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Go on with a text."""
        self._parts.append(text.replace("%", "%%"))

    def leave(self, number: int) -> None:
        """Leave a gap for the text of this number."""
        self._parts.append("%s")
        self._gaps.append((True, number))

    def leave_some(self, gaps: Sequence[tuple[int, Around]], between: str) -> None:
        """Leave a gap for one text or several, each with what stands around it; so they are sorted."""
        if len(gaps) == 1:
            number, (before, after) = gaps[0]
            self.write(before)
            self.leave(number)
            self.write(after)
        else:
            self._parts.append("%s")
            self._gaps.append((False, len(self._several)))
            around = [one for _, one in gaps]
            self._several.append(_Several([one for one, _ in gaps], around if any(map(any, around)) else None, between))

    def add(self, other: Draft, start: int) -> None:
        """Go on with another draft, whose first text has this number."""
        first = len(self._several)
        self._parts += other._parts
        self._gaps += [(single, number + (start if single else first)) for single, number in other._gaps]
        self._several += [one._replace(numbers=[start + each for each in one.numbers]) for one in other._several]

    def pattern(self) -> Pattern:
        """What it has become; it has gaps."""
        first = len(self._several)
        numbers = [first + number if single else number for single, number in self._gaps]
        return Pattern("".join(self._parts), self._several, itemgetter(*numbers))
