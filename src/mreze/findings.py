"""A finding: one thing that a check found, told to the person who can mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mreze.namespaces import PREFIXES
from mreze.queries import Severity
from mreze.texts import Text, text

MOST: Final = 1000
"""How many findings of one kind are told; of the others, how many there are."""
_ORDER: Final[dict[Severity, int]] = {"violation": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Names:
    """What IRIs are called where findings are told."""

    base: str = ""
    """The site's base IRI."""
    prefixes: Mapping[str, str] = field(default_factory=lambda: PREFIXES)

    def shorten(self, iri: str) -> str:
        """An IRI as a person wants to read it: below the base, or as a prefixed name."""
        things = self.base + "id/"
        if self.base and iri.startswith(things):
            return iri.removeprefix(things)
        for prefix, namespace in self.prefixes.items():
            local = iri.removeprefix(namespace)
            if local != iri and not {"/", "#"} & set(local):
                return f"{prefix}:{local}"
        return iri if iri.startswith("_:") else f"<{iri}>"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, where, how bad it is and what to do."""

    severity: Severity
    check: str
    """What found it: `syntax`, `spelling`, …, the local name of a shape, or the name of a check query."""
    message: Text
    remedy: Text = field(default_factory=dict)
    path: Path | None = None
    """Relative to the site's folder."""
    line: int | None = None
    focus: str | None = None
    """IRI of the thing that the finding is about."""
    predicate: str | None = None
    """IRI of the property that it is about."""
    value: str | None = None
    """What stands there, as it is written; the same in every language."""

    def order(self) -> tuple[int, str, int, str, str, str, str]:
        """What findings are sorted by: the worst first, then by place."""
        place = self.path.as_posix() if self.path else ""
        message = self.message.get("en", "")
        worst = _ORDER[self.severity]
        return worst, place, self.line or 0, self.check, self.focus or "", self.value or "", message


def capped(findings: Iterable[Finding], most: int = MOST) -> Iterator[Finding]:
    """The findings, each once, of one kind no more than so many; the rest are counted."""
    told: dict[str, set[object]] = {}
    more: Counter[tuple[Severity, str]] = Counter()
    for one in findings:
        seen = told.setdefault(one.check, set())
        if (order := one.order()) not in seen and len(seen) < most:
            seen.add(order)
            yield one
        elif order not in seen:
            more[one.severity, one.check] += 1
    for (severity, check), count in more.items():
        message = text("There are {count} more of this kind, which are not told.", count=count)
        yield Finding(severity, check, message, text("Mend what they have in common first."))
