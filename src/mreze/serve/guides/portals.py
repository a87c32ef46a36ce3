"""Code for portals: to read the catalogue, to see whether it changed, to follow the feeds."""

from __future__ import annotations

from typing import Final

from mreze.serve.guides.sample import Sample, fill, word

_LOOK: Final = """\
curl --head $catalogue
"""
_NEGOTIATE: Final = """\
curl --silent --location --header 'Accept: application/ld+json' ${address}catalog
"""
_AGAIN: Final = """\
# the first time: keep the catalogue, and the tag of what was read
curl --silent --fail --etag-save catalogue.etag --output catalogue.ttl $catalogue
# every other time: only what is new comes, else the status is 304
curl --silent --fail --etag-compare catalogue.etag --output catalogue.ttl --write-out '%{http_code}\\n' $catalogue
"""
_READ: Final = """\
from rdflib import Graph, Namespace
from rdflib.namespace import DCAT, DCTERMS, RDF

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")

catalogue, page = Graph(), "$catalogue"
while page:  # a long catalogue has pages; a short one is read at once
    part = Graph().parse(str(page), format="turtle")
    catalogue += part
    page = next(part.objects(None, HYDRA.next), None)

for dataset in sorted(catalogue.subjects(RDF.type, DCAT.Dataset)):
    files = set(catalogue.objects(dataset, DCAT.distribution))
    print(catalogue.value(dataset, DCTERMS.identifier), catalogue.value(dataset, DCTERMS.modified), len(files))
"""
_FOLLOW: Final = """\
from rdflib import Dataset, Namespace
from rdflib.namespace import RDF

AS = Namespace("https://www.w3.org/ns/activitystreams#")
TREE = Namespace("https://w3id.org/tree#")

waiting, seen, changes = ["${address}feed/catalog.trig"], set(), set()
while waiting:
    address = waiting.pop()
    if address not in seen:
        seen.add(address)
        page = Dataset(default_union=True).parse(address, format="trig")
        waiting += map(str, page.objects(None, TREE.node))
        for change, published in page.subject_objects(AS.published):
            kind, what = page.value(change, RDF.type), page.value(change, AS.object)
            changes.add((str(published), str(kind), str(what)))

for published, kind, what in sorted(changes):
    print(published, kind.rpartition("#")[2], what)
"""
_CHANGES: Final = """\
curl --silent --fail ${address}changes.ttl
"""


def samples(address: str) -> dict[str, Sample]:
    """The samples by name.

    Args:
        address: of the site, with a slash at the end.
    """
    values = {"address": address, "catalogue": f"{address}catalog.ttl"}
    quoted = {"address": word(address), "catalogue": word(f"{address}catalog.ttl")}
    return {
        "look": fill("sh", _LOOK, **quoted),
        "negotiate": fill("sh", _NEGOTIATE, **quoted),
        "again": fill("sh", _AGAIN, **quoted),
        "read": fill("python", _READ, **values),
        "follow": fill("python", _FOLLOW, **values),
        "changes": fill("sh", _CHANGES, **quoted),
    }
