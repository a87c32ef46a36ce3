"""What udata's DCAT backend takes from a catalogue.

The fields are those of its models, as https://github.com/opendatateam/udata describes them. A dataset keeps one
language; what it has no field for it keeps as text under `extras.dcat`, or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from mreze.namespaces import term
from mreze.rehearse.expectations import (
    Arrives,
    Case,
    Reader,
    Rule,
    each,
    in_language,
    label_or_name,
    moment,
    same,
    spoken,
    tail,
    worded,
)
from mreze.rehearse.verdict import Harvested

_GEOMETRIES: Final = frozenset({term("geo:wktLiteral"), term("geo:geoJSONLiteral")})
_ALGORITHMS: Final = ("checksumAlgorithm_md5", "checksumAlgorithm_sha1", "checksumAlgorithm_sha256")
_NO_NAME: Final = (
    "udata takes name and address in no other way than it shows them: an agent needs foaf:name, a contact vcard:fn"
)


def words(catalogue: Harvested) -> list[str]:
    """The words that udata makes tags of: keywords, and the labels of themes."""
    found = []
    for one in (*catalogue.datasets, *catalogue.instances("dcat:DataService")):
        found += [worded(keyword) for keyword in catalogue.objects(one, "dcat:keyword")]
        for theme in catalogue.objects(one, "dcat:theme"):
            found += [worded(name) for name in catalogue.objects(theme, "skos:prefLabel")]
    return sorted(set(found))


def _keywords(case: Case) -> bool:
    return all(case.names.get(worded(one)) in case.listed("tags") for one in case.values)


def _themes(case: Case) -> bool:
    for one in case.values:
        name = in_language(case.catalogue.objects(one, "skos:prefLabel"), case.language)
        if name is None or case.names.get(name) not in case.listed("tags"):
            return False
    return True


def _agent(role: str, name: str) -> Arrives:
    def arrives(case: Case) -> bool:
        shown = [one for one in case.product.get("contact_points", ()) if one.get("role") == role]
        return all(_shown(case, one, name, shown) for one in case.values)

    return arrives


def _shown(case: Case, node: Any, name: str, shown: list[Mapping[str, Any]]) -> bool:
    spoken = in_language(case.catalogue.objects(node, name), case.language)
    emails = [worded(one) for kind in ("vcard:hasEmail", "foaf:mbox") for one in case.catalogue.objects(node, kind)]
    forms = [worded(one) for one in case.catalogue.objects(node, "vcard:hasURL")]
    return spoken is not None and any(
        same(one.get("name"), spoken)
        and (not emails or f"mailto:{one.get('email')}" in emails)
        and (not forms or one.get("contact_form") in forms)
        for one in shown
    )


def _place(case: Case) -> bool | None:
    literals = [
        one
        for node in case.values
        for said in case.catalogue.properties(node).values()
        for one in said
        if isinstance(one, Literal) and one.datatype in _GEOMETRIES
    ]
    return bool(case.stored("spatial.geom")) if literals else None


def _period(case: Case) -> bool:
    ends = {"dcat:startDate": "temporal_coverage.start", "dcat:endDate": "temporal_coverage.end"}
    checks = [
        same(str(case.stored(path))[:10], worded(one)[:10])
        for node in case.values
        for kind, path in ends.items()
        for one in case.catalogue.objects(node, kind)
    ]
    return bool(checks) and all(checks)


def _frequency(case: Case) -> bool:
    return case.stored("frequency") not in {None, "", "unknown"}


def _address(case: Case) -> bool | None:
    return True if worded(case.values[0]) == case.stored("url") else None


def _checksum(case: Case) -> bool | None:
    for node in case.values:
        if not any(worded(one).endswith(_ALGORITHMS) for one in case.catalogue.objects(node, "spdx:algorithm")):
            return None
        values = [worded(one).lower() for one in case.catalogue.objects(node, "spdx:checksumValue")]
        algorithms = [worded(one) for one in case.catalogue.objects(node, "spdx:algorithm")]
        kind = f"checksumAlgorithm_{case.stored('checksum.type')}"
        if case.listed("checksum.value") != values or not any(one.endswith(kind) for one in algorithms):
            return False
    return True


def _size(case: Case) -> bool:
    return case.listed("filesize") == [one.value for one in case.values if isinstance(one, Literal)]


def _served(case: Case) -> bool:
    ours = {one.value for one in case.catalogue.datasets}
    return {one.value for one in case.values if isinstance(one, NamedNode)} & ours <= set(case.listed("datasets"))


def _never(_: Case) -> None:
    return None


def _resource(case: Case) -> Mapping[str, Any] | None:
    node = case.values[0]
    addresses = {
        worded(one) for kind in ("dcat:downloadURL", "dcat:accessURL") for one in case.catalogue.objects(node, kind)
    }
    found = [one for one in case.product.get("resources", ()) if one.get("url") in addresses]
    return found[0] if found else None


_AGENTS: Final = (
    Rule("dcat:contactPoint", _agent("contact", "vcard:fn"), _NO_NAME),
    Rule("dct:creator", _agent("creator", "foaf:name"), _NO_NAME),
    Rule("dct:publisher", _agent("publisher", "foaf:name"), _NO_NAME),
    Rule("dct:rightsHolder", _agent("rightsHolder", "foaf:name"), _NO_NAME),
)
_TAGS: Final = (
    Rule("dcat:keyword", _keywords, "udata makes no tag of a keyword that is too short or too long", every=True),
    Rule(
        "dcat:theme", _themes, "udata shows a theme by a skos:prefLabel in its own language; none is here", every=True
    ),
)

UDATA: Final = Reader(
    name="udata",
    title="udata",
    datasets=(
        *_AGENTS,
        *_TAGS,
        Rule("dcat:landingPage", each("harvest.remote_url")),
        Rule("dct:accessRights", label_or_name("extras.dcat.accessRights", "rdfs:label", "dct:description")),
        Rule("dct:accrualPeriodicity", _frequency, "udata knows no such frequency"),
        Rule("dct:conformsTo", each("schema.url")),
        Rule("dct:description", spoken("description")),
        Rule("dct:identifier", each("harvest.dct_identifier"), "udata takes one identifier"),
        Rule("dct:issued", moment("harvest.issued_at")),
        Rule("dct:license", label_or_name("extras.dcat.license", "rdfs:label", "dct:description")),
        Rule("dct:modified", moment("harvest.modified_at"), "udata refuses a date that is not over"),
        Rule("dct:provenance", label_or_name("extras.dcat.provenance", "rdfs:label", "dct:description")),
        Rule("dct:rights", label_or_name("extras.dcat.rights", "rdfs:label", "dct:description")),
        Rule(
            "dct:spatial", _place, "udata takes WKT or GeoJSON polygons without a reference system",
            "udata takes polygons, not places by their IRIs",
        ),
        Rule("dct:temporal", _period, "udata takes dcat:startDate and dcat:endDate of a blank node; it fetches an IRI"),
        Rule("dct:title", spoken("title")),
        Rule("skos:altLabel", spoken("acronym")),
    ),
    distributions=(
        Rule("dcat:accessURL", _address, unread="udata takes dcat:downloadURL where there is one"),
        Rule("dcat:byteSize", _size),
        Rule("dcat:downloadURL", each("url")),
        Rule("dcat:mediaType", tail("mime")),
        Rule("dct:accessRights", label_or_name("extras.dcat.accessRights", "rdfs:label", "dct:description")),
        Rule("dct:conformsTo", each("schema.url")),
        Rule("dct:description", spoken("description")),
        Rule("dct:format", tail("format")),
        Rule("dct:identifier", each("harvest.dct_identifier")),
        Rule("dct:issued", moment("harvest.issued_at")),
        Rule("dct:license", label_or_name("extras.dcat.license", "rdfs:label", "dct:description")),
        Rule("dct:modified", moment("harvest.modified_at"), "udata refuses a date that is not over"),
        Rule("dct:rights", label_or_name("extras.dcat.rights", "rdfs:label", "dct:description")),
        Rule("dct:title", spoken("title")),
        Rule(
            "spdx:checksum",
            _checksum,
            "udata takes value and algorithm as text",
            "udata takes md5, sha1 and sha256; as xsd:hexBinary, which DCAT-AP wants, they would cost it the dataset",
        ),
    ),
    services=(
        *_AGENTS,
        *_TAGS,
        Rule("dcat:endpointDescription", each("machine_documentation_url")),
        Rule("dcat:endpointURL", each("base_api_url")),
        Rule("dcat:servesDataset", _served, "udata finds the dataset by its dct:identifier in the same page"),
        Rule("dct:description", spoken("description")),
        Rule("dct:identifier", each("harvest.remote_id")),
        Rule("dct:issued", moment("harvest.issued_at")),
        Rule("dct:license", _never, unread="udata guesses a service's licence from the portal's own list"),
        Rule("dct:modified", moment("harvest.modified_at")),
        Rule("dct:title", spoken("title")),
    ),
    resource=_resource,
)  # fmt: skip
