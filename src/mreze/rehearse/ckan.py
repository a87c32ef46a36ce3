"""What ckanext-dcat's harvester takes from a catalogue, with the profile that it uses unless told otherwise.

The fields are those of a CKAN package: https://docs.ckan.org/en/latest/api/ and the mapping that ckanext-dcat
documents. A package keeps one language, and what has no field of its own under `extras`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from mreze.rehearse.expectations import Case, Reader, Rule, each, label, same, some_label, spoken, tail, worded

_LABELLED: Final = "an rdfs:label beside the IRI takes its place; skos:prefLabel does not"


def package(product: Mapping[str, Any]) -> dict[str, Any]:
    """A package with its extras as fields."""
    extras = {one["key"]: one["value"] for one in product.get("extras", ())}
    return {**extras, **product}


def _keywords(case: Case) -> bool:
    return {worded(one) for one in case.values} <= {one["name"] for one in case.product.get("tags", ())}


def _contact(case: Case) -> bool:
    address = {one.removeprefix("mailto:") for one in (*case.listed("contact_email"), *case.listed("contact_url"))}
    written = {
        worded(one).removeprefix("mailto:")
        for node in case.values
        for kind in ("vcard:hasEmail", "vcard:hasURL")
        for one in case.catalogue.objects(node, kind)
    }
    return bool(label("contact_name", "vcard:fn")(case)) and written <= address


def _place(case: Case) -> bool:
    named = {one.value for one in case.values if isinstance(one, NamedNode)}
    geometry = any(case.stored(name) for name in ("spatial", "spatial_bbox", "spatial_centroid", "spatial_text"))
    return named <= set(case.listed("spatial_uri")) if named else bool(geometry)


def _period(case: Case) -> bool:
    ends = {"dcat:startDate": "temporal_start", "dcat:endDate": "temporal_end"}
    written = {
        name: worded(one)
        for node in case.values
        for kind, name in ends.items()
        for one in case.catalogue.objects(node, kind)
    }
    return bool(written) and all(same(case.stored(name), one) for name, one in written.items())


def _license(case: Case) -> bool:
    """A package's licence is one of the portal's register; those of its resources are kept as they are."""
    stored = {one.get("license") for one in case.product.get("resources", ())} | {case.stored("license_id")}
    return {worded(one) for one in case.values} <= stored


def _rights(case: Case) -> bool | None:
    resources = case.product.get("resources", ())
    arrives = some_label("rights", "rdfs:label", "dct:description")
    carried = [Case(case.catalogue, case.values, one, case.language) for one in resources if one.get("rights")]
    return any(arrives(one) for one in carried) if carried else None


def _checksum(case: Case) -> bool:
    for node in case.values:
        value = [worded(one) for one in case.catalogue.objects(node, "spdx:checksumValue")]
        algorithm = [worded(one) for one in case.catalogue.objects(node, "spdx:algorithm")]
        if case.listed("hash") != value or case.listed("hash_algorithm") != algorithm:
            return False
    return True


def _size(case: Case) -> bool:
    return case.listed("size") == [one.value for one in case.values if isinstance(one, Literal)]


def _services(case: Case) -> bool:
    return all(worded(one) in str(case.stored("access_services")) for one in case.values)


def _resource(case: Case) -> Mapping[str, Any] | None:
    name = worded(case.values[0])
    found = [one for one in case.product.get("resources", ()) if name in {one.get("uri"), one.get("distribution_ref")}]
    addresses = {
        worded(one)
        for kind in ("dcat:downloadURL", "dcat:accessURL")
        for one in case.catalogue.objects(case.values[0], kind)
    }
    # A blank node has another name in every reader: there the address says which distribution it is.
    found += [one for one in case.product.get("resources", ()) if one.get("url") in addresses]
    return found[0] if found else None


CKAN: Final = Reader(
    name="ckan",
    title="CKAN",
    datasets=(
        Rule("adms:identifier", each("alternate_identifier")),
        Rule("adms:sample", each("sample")),
        Rule("adms:versionNotes", spoken("version_notes")),
        Rule("dcat:contactPoint", _contact, "name or address do not arrive; CKAN takes the first contact only"),
        Rule("dcat:hasVersion", each("has_version")),
        Rule("dcat:keyword", _keywords, "a keyword is cut at its commas", every=True),
        Rule("dcat:landingPage", each("url"), "a package has one landing page"),
        Rule("dcat:spatialResolutionInMeters", each("spatial_resolution_in_meters")),
        Rule("dcat:temporalResolution", each("temporal_resolution")),
        Rule("dcat:theme", each("theme"), _LABELLED),
        Rule("dcat:version", each("version")),
        Rule("dcatap:applicableLegislation", each("applicable_legislation"), _LABELLED),
        Rule("dcatap:hvdCategory", each("hvd_category"), _LABELLED),
        Rule("dct:accessRights", each("access_rights")),
        Rule("dct:accrualPeriodicity", each("frequency"), _LABELLED),
        Rule("dct:conformsTo", each("conforms_to"), _LABELLED),
        Rule("dct:creator", label("creator_name", "foaf:name"), "CKAN takes the first creator's foaf:name"),
        Rule("dct:description", spoken("notes")),
        Rule("dct:hasVersion", each("has_version")),
        Rule("dct:identifier", each("identifier"), "CKAN takes one identifier"),
        Rule("dct:isReferencedBy", each("is_referenced_by")),
        Rule("dct:isVersionOf", each("is_version_of")),
        Rule("dct:issued", each("issued")),
        Rule("dct:language", each("language"), _LABELLED),
        Rule("dct:license", _license, "no distribution carries the licence: CKAN reads it there"),
        Rule("dct:modified", each("modified")),
        Rule("dct:provenance", some_label("provenance", "rdfs:label"), "CKAN takes its rdfs:label"),
        Rule("dct:publisher", label("publisher_name", "foaf:name"), "CKAN takes the publisher's foaf:name"),
        Rule("dct:relation", each("related_resource")),
        Rule(
            "dct:rights", _rights, "CKAN takes the rdfs:label of the distributions' rights",
            "CKAN reads rights of distributions, not of datasets",
        ),
        Rule("dct:source", each("source")),
        Rule("dct:spatial", _place, "CKAN takes one place by its IRI, or the geometry of a dct:Location"),
        Rule("dct:temporal", _period, "CKAN takes dcat:startDate and dcat:endDate"),
        Rule("dct:title", spoken("title")),
        Rule("dct:type", each("dcat_type"), _LABELLED),
        Rule("foaf:homepage", each("homepage")),
        Rule("foaf:page", each("documentation")),
    ),
    distributions=(
        Rule("adms:status", each("status"), _LABELLED),
        Rule("dcat:accessService", _services),
        Rule("dcat:accessURL", each("access_url")),
        Rule("dcat:byteSize", _size),
        Rule("dcat:compressFormat", each("compress_format"), _LABELLED),
        Rule("dcat:downloadURL", each("download_url")),
        Rule("dcat:mediaType", tail("mimetype"), _LABELLED),
        Rule("dcat:packageFormat", each("package_format"), _LABELLED),
        Rule("dcatap:applicableLegislation", each("applicable_legislation"), _LABELLED),
        Rule("dcatap:availability", each("availability"), _LABELLED),
        Rule("dct:conformsTo", each("conforms_to"), _LABELLED),
        Rule("dct:description", spoken("description")),
        Rule("dct:format", tail("format"), _LABELLED),
        Rule("dct:issued", each("issued")),
        Rule("dct:language", each("language"), _LABELLED),
        Rule("dct:license", each("license"), _LABELLED),
        Rule("dct:modified", each("modified")),
        Rule("dct:rights", some_label("rights", "rdfs:label"), "CKAN takes the rdfs:label of rights"),
        Rule("dct:title", spoken("name")),
        Rule("foaf:page", each("documentation")),
        Rule("spdx:checksum", _checksum, "value or algorithm do not arrive"),
    ),
    services=(),
    resource=_resource,
    fields=package,
)  # fmt: skip
