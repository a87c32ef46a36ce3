"""How good the data of a release are, in numbers: what the shapes found, links to other registers, completeness."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from mreze.build.contents import Contents
from mreze.findings import Finding
from mreze.namespaces import RDF_TYPE, term
from mreze.quality import LINKING, Checked, Completeness, DatasetQuality, Linked, Quality, Rule
from mreze.queries import read_query

Node = NamedNode | BlankNode | Literal | Triple
_SUBCLASS: Final = term("rdfs:subClassOf")
_CLASS: Final = term("sh:targetClass")
_NODE: Final = term("sh:targetNode")
_SUBJECTS: Final = term("sh:targetSubjectsOf")
_OBJECTS: Final = term("sh:targetObjectsOf")


@dataclass(frozen=True, slots=True)
class _Shapes:
    """What the shapes aim at (https://www.w3.org/TR/shacl/#targets)."""

    aims: tuple[tuple[NamedNode, NamedNode, Node], ...]
    """Shape, kind of target, and class, node or property."""
    names: Mapping[str, str]
    """IRIs of shapes by local name, as findings have it."""
    asked: Mapping[NamedNode, frozenset[NamedNode]]
    """The properties that are asked of things of a class."""


def measure_quality(contents: Contents, findings: Iterable[Finding]) -> Quality:
    """Count.

    Args:
        contents: of the release.
        findings: of the check that the site has passed.
    """
    shapes = _read_shapes({quad.triple for quad in contents.graph.quads("shapes")})
    targets = _targets(shapes, contents.graph.quads("catalog", "ontology", "data"))
    found = list(findings)
    return Quality(
        checked=Checked(_sizes(targets), _counted(shapes, found)),
        rules=tuple(_rules(contents, found)),
        datasets={
            one.name: DatasetQuality(
                checked=_checked(contents.datasets[one.iri], one.name, shapes, targets, found),
                links=count_links(contents.datasets[one.iri], contents.site.base),
                completeness=complete(contents.datasets[one.iri], shapes.asked),
            )
            for one in contents.site.datasets
        },
    )


def count_links(quads: Iterable[Quad], base: str) -> tuple[Linked, ...]:
    """The links that leave the site, by property and register, the most first."""
    counted: Counter[tuple[str, str]] = Counter()
    for one in {quad.triple for quad in quads if quad.predicate in LINKING}:
        if isinstance(one.object, NamedNode) and not one.object.value.startswith(base):
            counted[one.predicate.value, _host(one.object.value)] += 1
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Linked(name, register, count) for (name, register), count in ordered)


def complete(
    quads: Iterable[Quad], asked: Mapping[NamedNode, frozenset[NamedNode]] | None = None
) -> tuple[Completeness, ...]:
    """For the things of each class how many have which property; whole things first, the largest class first.

    Args:
        quads: of a dataset.
        asked: the properties that are listed of a class though nothing has them.
    """
    said: defaultdict[Node, set[NamedNode]] = defaultdict(set)
    kinds: defaultdict[Node, set[NamedNode]] = defaultdict(set)
    for quad in quads:
        if quad.predicate != RDF_TYPE:
            said[quad.subject].add(quad.predicate)
        elif isinstance(quad.object, NamedNode):
            kinds[quad.subject].add(quad.object)
    groups: defaultdict[frozenset[NamedNode], _Group] = defaultdict(_Group)
    for subject, classes in kinds.items():
        groups[frozenset(classes)].add(subject, said[subject])
    found = [_completeness(classes, own, asked or {}) for classes, own in _together(groups)]
    return tuple(sorted(found, key=lambda one: (not one.whole, -one.things, one.classes)))


@dataclass(slots=True)
class _Group:
    """The things of the same classes."""

    things: int = 0
    whole: bool = False
    having: Counter[NamedNode] = field(default_factory=Counter)

    def add(self, subject: Node, properties: Iterable[NamedNode]) -> None:
        """There is one more."""
        self.things += 1
        self.whole |= isinstance(subject, NamedNode) and "#" not in subject.value
        self.having.update(properties)


def _together(
    groups: Mapping[frozenset[NamedNode], _Group],
) -> Iterator[tuple[list[NamedNode], list[_Group]]]:
    """Classes that stand in the same groups have the same things: they are told of together."""
    standing: defaultdict[NamedNode, set[frozenset[NamedNode]]] = defaultdict(set)
    for group in groups:
        for kind in group:
            standing[kind].add(group)
    together: defaultdict[frozenset[frozenset[NamedNode]], list[NamedNode]] = defaultdict(list)
    for kind, own in standing.items():
        together[frozenset(own)].append(kind)
    for several, classes in together.items():
        yield classes, [groups[one] for one in several]


def _completeness(
    classes: Sequence[NamedNode], groups: Sequence[_Group], asked: Mapping[NamedNode, frozenset[NamedNode]]
) -> Completeness:
    counted: Counter[NamedNode] = Counter()
    for group in groups:
        counted.update(group.having)
    wanted = {name: 0 for kind in classes for name in asked.get(kind, ())}
    return Completeness(
        classes=tuple(sorted(one.value for one in classes)),
        things=sum(one.things for one in groups),
        whole=any(one.whole for one in groups),
        properties={one.value: count for one, count in sorted({**wanted, **counted}.items(), key=_by_share)},
    )


def _by_share(item: tuple[NamedNode, int]) -> tuple[int, str]:
    return -item[1], item[0].value


def _checked(
    quads: Iterable[Quad],
    name: str,
    shapes: _Shapes,
    targets: Mapping[NamedNode, set[Node]],
    findings: Iterable[Finding],
) -> Checked:
    subjects = {quad.subject for quad in quads}
    own = [one for one in findings if one.path is not None and one.path.parts[:2] == ("data", name)]
    return Checked(_sizes({shape: nodes & subjects for shape, nodes in targets.items()}), _counted(shapes, own))


def _sizes(targets: Mapping[NamedNode, set[Node]]) -> dict[str, int]:
    return {shape.value: len(nodes) for shape, nodes in sorted(targets.items(), key=str) if nodes}


def _counted(shapes: _Shapes, findings: Iterable[Finding]) -> dict[str, int]:
    counted = Counter(shapes.names[one.check] for one in findings if one.check in shapes.names)
    return dict(sorted(counted.items()))


def _rules(contents: Contents, findings: Iterable[Finding]) -> Iterator[Rule]:
    counted = Counter(one.check for one in findings)
    for path in contents.site.queries("checks"):
        query = read_query(contents.site.root, path)
        yield Rule(query.name, dict(query.summary), counted[query.name])


def _read_shapes(triples: Iterable[Triple]) -> _Shapes:
    said: defaultdict[Node, defaultdict[NamedNode, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for one in triples:
        said[one.subject][one.predicate].append(one.object)
    aims: list[tuple[NamedNode, NamedNode, Node]] = []
    asked: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for shape, values in list(said.items()):
        if not isinstance(shape, NamedNode):
            continue
        aims += [(shape, kind, one) for kind in (_CLASS, _NODE, _SUBJECTS, _OBJECTS) for one in values[kind]]
        if term("rdfs:Class") in values[RDF_TYPE]:
            aims.append((shape, _CLASS, shape))
        for kind in values[_CLASS]:
            if isinstance(kind, NamedNode):
                asked[kind] |= {
                    path
                    for part in values[term("sh:property")]
                    for path in said[part][term("sh:path")]
                    if isinstance(path, NamedNode) and path != RDF_TYPE
                }
    names = {_local_name(one.value): one.value for one in sorted(said, key=str) if isinstance(one, NamedNode)}
    return _Shapes(tuple(sorted(aims, key=str)), names, {kind: frozenset(one) for kind, one in asked.items()})


def _targets(shapes: _Shapes, quads: Iterable[Quad]) -> dict[NamedNode, set[Node]]:
    """The nodes that each shape applies to; a class stands for what the ontology puts below it too."""
    members: defaultdict[Node, set[Node]] = defaultdict(set)
    below: defaultdict[Node, set[Node]] = defaultdict(set)
    subjects: defaultdict[Node, set[Node]] = defaultdict(set)
    objects: defaultdict[Node, set[Node]] = defaultdict(set)
    wanted = {one for _, kind, one in shapes.aims if kind in {_SUBJECTS, _OBJECTS}}
    for quad in quads:
        if quad.predicate == RDF_TYPE:
            members[quad.object].add(quad.subject)
        elif quad.predicate == _SUBCLASS:
            below[quad.object].add(quad.subject)
        if quad.predicate in wanted:
            subjects[quad.predicate].add(quad.subject)
            objects[quad.predicate].add(quad.object)
    found: defaultdict[NamedNode, set[Node]] = defaultdict(set)
    for shape, kind, one in shapes.aims:
        if kind == _CLASS:
            found[shape].update(*(members[each] for each in _closure(one, below)))
        else:
            found[shape] |= {_NODE: {one}, _SUBJECTS: subjects[one], _OBJECTS: objects[one]}[kind]
    return dict(found)


def _closure(kind: Node, below: Mapping[Node, set[Node]]) -> set[Node]:
    found, waiting = {kind}, [kind]
    while waiting:
        more = below.get(waiting.pop(), set()) - found
        found |= more
        waiting += more
    return found


def _host(iri: str) -> str:
    return urlsplit(iri).netloc.removeprefix("www.") or iri.partition(":")[0]


def _local_name(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
