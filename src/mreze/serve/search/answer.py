"""What was found as JSON: for programs, and for fields that complete what one types."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from mreze.matching.model import Candidate, Entry
from mreze.serve.exchange import Request
from mreze.serve.iris import encode
from mreze.serve.pages import Reader
from mreze.serve.reconcile.ids import to_id
from mreze.serve.search.asked import Asked
from mreze.serve.search.finding import Found, Hit
from mreze.serve.search.naming import Namer

Json = dict[str, Any]


def answer(request: Request, release: str, asked: Asked, found: Found, namer: Namer) -> bytes:
    """The results; openapi.py describes them."""
    content: Json = {
        "query": asked.text,
        "type": found.kind.iri if found.kind else None,
        "release": release,
        "total": found.total,
        "complete": not found.is_cut,
        "results": [_result(request, one, namer) for one in found.hits],
        "near": [_result(request, one, namer) for one in found.near],
        "types": [{"id": one.iri, "name": one.name(namer.language), "count": count} for one, count in found.kinds],
    }
    for name, number in (("previous", asked.page - 1), ("next", asked.page + 1)):
        if 1 <= number <= found.pages:
            sent = {**request.parameters, "page": str(number)}
            content[name] = f"{request.location}search.json?{urlencode(sent)}"
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def completions(reader: Reader, text: str, candidates: Sequence[Candidate], namer: Namer) -> bytes:
    """The names that a text may become (https://github.com/dewitt/opensearch/blob/master/mediawiki/Specifications/OpenSearch/Extensions/Suggestions/1.1).

    With what they are and where, in the same language and release: things of one name are told apart.
    """
    names = [namer.spelling(one.entry, one.label).text for one in candidates]
    kinds = [", ".join(namer.words(one.entry)) for one in candidates]
    addresses = [f"{_address(reader.request, one.entry, namer)}{reader.query}" for one in candidates]
    return (json.dumps([text, names, kinds, addresses], ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _result(request: Request, hit: Hit, namer: Namer) -> Json:
    name = namer.name(hit.entry)
    found: Json = {
        "id": to_id(hit.entry.iri, namer.base),
        "iri": hit.entry.iri,
        "name": name.text,
        "lang": name.language,
        "types": [{"id": iri, "name": text} for iri, text in namer.kinds(hit.entry)],
        "url": request.keep(_address(request, hit.entry, namer)),
    }
    if hit.score is not None and hit.label is not None:
        fits = {"name": hit.label.text, "lang": hit.label.language, "kind": hit.label.kind.value}
        found |= {"score": round(hit.score, 1), "match": hit.match, "fits": fits}
    return found


def _address(request: Request, entry: Entry, namer: Namer) -> str:
    """Where the thing is described."""
    return f"{request.location}doc/{encode(to_id(entry.iri, namer.base))}"
