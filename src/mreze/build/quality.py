"""How good the data of a release are, in numbers: what the shapes found, links to other registers, completeness."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mreze.build.numbers import Numbers, Portrait
from mreze.build.targets import Shapes
from mreze.findings import Finding
from mreze.quality import Checked, Completeness, DatasetQuality, Linked, Quality, Rule
from mreze.queries import read_query
from mreze.site import Site


def measure_quality(site: Site, shapes: Shapes, numbers: Numbers, findings: Iterable[Finding]) -> Quality:
    """Tell what was counted.

    Args:
        site: what is released.
        shapes: its shapes.
        numbers: what was counted of its data.
        findings: of the check that the site has passed.
    """
    found = list(findings)
    return Quality(
        checked=Checked(numbers.targets, _counted(shapes, found)),
        rules=tuple(_rules(site, found)),
        datasets={
            name: DatasetQuality(
                checked=Checked(counted.targets, _counted(shapes, _of_dataset(name, found))),
                links=linked(counted.portrait),
                completeness=complete(counted.portrait, shapes.asked),
            )
            for name, counted in numbers.datasets.items()
        },
    )


def linked(portrait: Portrait) -> tuple[Linked, ...]:
    """The links that leave the site, by property and register, the most first."""
    ordered = sorted(portrait.links.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Linked(name, register, count) for (name, register), count in ordered)


def complete(portrait: Portrait, asked: Mapping[str, frozenset[str]] | None = None) -> tuple[Completeness, ...]:
    """For the things of each class how many have which property; whole things first, the largest class first.

    Args:
        portrait: of the things of a dataset.
        asked: the properties that are listed of a class though nothing has them.
    """
    groups: defaultdict[frozenset[str], _Group] = defaultdict(_Group)
    for (types, properties), count in portrait.signatures.items():
        group = groups[frozenset(one[1:-1].decode() for one in types)]
        group.things += count
        group.whole |= types in portrait.wholes
        group.having.update({one[1:-1].decode(): count for one in properties})
    found = [_completeness(classes, own, asked or {}) for classes, own in _together(groups)]
    return tuple(sorted(found, key=lambda one: (not one.whole, -one.things, one.classes)))


@dataclass(slots=True)
class _Group:
    """The things of the same classes."""

    things: int = 0
    whole: bool = False
    having: Counter[str] = field(default_factory=Counter)


def _together(
    groups: Mapping[frozenset[str], _Group],
) -> Iterator[tuple[list[str], list[_Group]]]:
    """Classes that stand in the same groups have the same things: they are told of together."""
    standing: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for group in groups:
        for kind in group:
            standing[kind].add(group)
    together: defaultdict[frozenset[frozenset[str]], list[str]] = defaultdict(list)
    for kind, own in standing.items():
        together[frozenset(own)].append(kind)
    for several, classes in together.items():
        yield classes, [groups[one] for one in several]


def _completeness(
    classes: Sequence[str], groups: Sequence[_Group], asked: Mapping[str, frozenset[str]]
) -> Completeness:
    counted: Counter[str] = Counter()
    for group in groups:
        counted.update(group.having)
    wanted = {name: 0 for kind in classes for name in asked.get(kind, ())}
    return Completeness(
        classes=tuple(sorted(classes)),
        things=sum(one.things for one in groups),
        whole=any(one.whole for one in groups),
        properties=dict(sorted({**wanted, **counted}.items(), key=_by_share)),
    )


def _by_share(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _of_dataset(name: str, findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if one.path is not None and one.path.parts[:2] == ("data", name)]


def _counted(shapes: Shapes, findings: Iterable[Finding]) -> dict[str, int]:
    counted = Counter(shapes.names[one.check] for one in findings if one.check in shapes.names)
    return dict(sorted(counted.items()))


def _rules(site: Site, findings: Iterable[Finding]) -> Iterator[Rule]:
    counted = Counter(one.check for one in findings)
    for path in site.queries("checks"):
        query = read_query(site.root, path)
        yield Rule(query.name, dict(query.summary), counted[query.name])
