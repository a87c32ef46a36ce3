"""What a reader makes of a catalogue: what every judge is given, and what it says.

A judge is a function `(Harvested) -> list[Verdict]`: a real portal's reading code in an environment of its own, the
shapes of DCAT-AP, a score. It says something of every dataset, and of the catalogue as a whole where it has to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.namespaces import RDF_TYPE, term

Subject = NamedNode | BlankNode
Object = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the catalogue says and that does not arrive."""

    what: str
    """The property, as a prefixed name, and of which part: `dct:license of #csv`."""
    why: str
    """A sentence for the publisher: what the reader did with it, or what it wants instead."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one reader makes of one dataset."""

    reader: str
    """`ckan`, `udata`, `shapes`, `mqa`, `fair`."""
    dataset: str
    """IRI of the dataset; of the catalogue where the reader judges that."""
    survives: tuple[str, ...] = ()
    """What arrives, named as in `Loss.what`; sorted."""
    lost: tuple[Loss, ...] = ()
    """Sorted by what is lost."""
    score: tuple[int, int] | None = None
    """Points and the most there are, where the reader counts them."""
    unread: tuple[Loss, ...] = ()
    """What this reader takes from no catalogue: told apart, and no loss of ours."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answered to one request."""

    address: str
    """Where it came from in the end, redirects followed."""
    status: int
    headers: Mapping[str, str]
    """By names in lower case."""
    body: bytes = b""

    @property
    def media_type(self) -> str:
        """The media type without its parameters, in lower case; "" where none was sent."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


Fetch = Callable[[str, str, Mapping[str, str]], Answer]
"""`fetch(method, address, headers)`: ask the site; redirects are followed, and the timeout of `Harvested` is kept.

Raises:
    mreze.errors.HarvestError: nothing answers there in time.
"""


@dataclass(frozen=True, slots=True)
class Harvested:
    """A catalogue as it was read over HTTP, all pages of it together."""

    address: str
    """Of its first page, such as `http://127.0.0.1:8000/catalog.ttl`."""
    triples: tuple[Triple, ...]
    """Of all pages, each once; blank nodes of different pages are different. Without what says how it is paged."""
    fetch: Fetch
    pages: tuple[str, ...] = ()
    """Addresses of the pages in the order of reading."""
    timeout: float = 30.0
    """Seconds that one request may take."""
    _about: dict[Subject, dict[NamedNode, list[Object]]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._about.update(_by_subject(self.triples))

    def objects(self, subject: Object, predicate: str) -> list[Object]:
        """What a subject has as a property, given as a prefixed name; in the order of reading."""
        if not isinstance(subject, NamedNode | BlankNode):
            return []
        return list(self._about.get(subject, {}).get(term(predicate), ()))

    def properties(self, subject: Object) -> dict[NamedNode, list[Object]]:
        """All that is said of a subject, by property."""
        found = self._about.get(subject, {}) if isinstance(subject, NamedNode | BlankNode) else {}
        return {predicate: list(objects) for predicate, objects in found.items()}

    def instances(self, kind: str) -> list[Subject]:
        """What is of a class, given as a prefixed name; sorted by name."""
        wanted = term(kind)
        found = [subject for subject, said in self._about.items() if wanted in said.get(RDF_TYPE, ())]
        return sorted(found, key=lambda one: one.value)

    @property
    def catalogue(self) -> str:
        """IRI of the catalogue; the address where none is named."""
        return next((one.value for one in self.instances("dcat:Catalog") if isinstance(one, NamedNode)), self.address)

    @property
    def datasets(self) -> list[NamedNode]:
        """The datasets that have a name; the catalogue is none, though a reader may take it for one."""
        return [one for one in self.instances("dcat:Dataset") if isinstance(one, NamedNode)]


def _by_subject(triples: Iterable[Triple]) -> dict[Subject, dict[NamedNode, list[Object]]]:
    found: defaultdict[Subject, dict[NamedNode, list[Object]]] = defaultdict(dict)
    for one in triples:
        if isinstance(one.subject, NamedNode | BlankNode):
            found[one.subject].setdefault(one.predicate, []).append(one.object)
    return found
