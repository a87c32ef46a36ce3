"""What the service says of itself: where it answers, and what it can do (section 3 of both specifications)."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, Final
from urllib.parse import urlencode

from mreze.serve.pages import Reader, html_language
from mreze.serve.reconcile.candidates import named
from mreze.serve.reconcile.ids import space
from mreze.serve.reconcile.limits import BATCH
from mreze.serve.reconcile.settings import declare, declare_draft
from mreze.serve.reconcile.vocabulary import Vocabulary
from mreze.serve.service import Service
from mreze.texts import pick

PREVIEW: Final = {"width": 440, "height": 380}
"""Pixels of the frame that shows a thing."""
_DEFAULT_TYPES: Final = 10
"""So many classes are proposed: those of most things."""


def manifest(service: Service, reader: Reader, vocabulary: Vocabulary) -> dict[str, Any]:
    """The manifest of the 0.2 API; its locations keep the language and the release that the address names."""
    location = reader.request.location
    base = service.release.base
    return {
        "versions": ["0.2"],
        "identifierSpace": space(base),
        "schemaSpace": service.release.ontology,
        **_common(service, reader, vocabulary),
        "view": {"url": location + _carried(reader, "reconcile/view?id={{id}}")},
        "suggest": {kind: _suggest(reader, kind) for kind in ("entity", "property", "type")},
        "preview": {"url": location + _carried(reader, "reconcile/preview?id={{id}}"), **PREVIEW},
        "extend": {
            "propose_properties": {
                "service_url": location.removesuffix("/"),
                "service_path": "/reconcile/properties",  # OpenRefine puts ?type= after it, whatever it has
            },
            "property_settings": declare(service.release.languages, reader.language),
        },
    }


def draft_manifest(service: Service, reader: Reader, vocabulary: Vocabulary) -> dict[str, Any]:
    """The manifest of the draft of 1.0: its paths are given, below where it stands."""
    location = reader.request.location
    return {
        "versions": ["1.0-draft"],
        **_common(service, reader, vocabulary),
        "lang": html_language(reader.language),
        "dir": "ltr",
        "view": {"url": location + _carried(reader, "reconcile/view?id={id}")},
        "suggest": {"entity": True, "property": True, "type": True},
        "preview": PREVIEW,
        "extend": {
            "proposeProperties": True,
            "propertySettings": declare_draft(service.release.languages, reader.language),
        },
        "standardizedScore": True,
    }


def _common(service: Service, reader: Reader, vocabulary: Vocabulary) -> dict[str, Any]:
    """What both say alike."""
    location, language = reader.request.location, reader.language
    types = [one for one in vocabulary.types.values() if one.count][:_DEFAULT_TYPES]
    return {
        "name": pick(service.release.titles, language),
        "documentation": location + _carried(reader, "reconcile/guide"),
        "logo": f"{location}static/icon.svg",
        "serviceVersion": version("mreze"),
        "defaultTypes": [{"id": one.iri, **named(one, language)} for one in types],
        "batchSize": BATCH,
    }


def _suggest(reader: Reader, kind: str) -> dict[str, str]:
    root = reader.request.location.removesuffix("/")
    return {
        "service_url": root,
        "service_path": "/" + _carried(reader, f"reconcile/suggest/{kind}"),
        "flyout_service_url": root,
        "flyout_service_path": "/" + _carried(reader, f"reconcile/flyout/{kind}?id=${{id}}"),
    }


def _carried(reader: Reader, path: str) -> str:
    """An address with the language and the release that were asked for."""
    if not reader.carried:
        return path
    return f"{path}{'&' if '?' in path else '?'}{urlencode(reader.carried)}"
