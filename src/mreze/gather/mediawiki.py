"""The API of a MediaWiki with Wikibase: whether entities exist, and which were merged into others.

https://www.wikidata.org/w/api.php?action=help&modules=wbgetentities, https://www.mediawiki.org/wiki/Manual:Maxlag_parameter
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mreze.errors import GatherError
from mreze.gather.model import Web

MOST_IDS: Final = 50
"""Of one request, for whoever is no bot."""
ENTITY: Final = re.compile(r"[QPL][1-9]\d*")
_LARGEST: Final = 2**31 - 1
"""Number of an entity; the API takes an id with a larger one for a mistake."""


@dataclass(frozen=True, slots=True)
class Entity:
    """What the wiki knows of an id."""

    id: str
    """As it was asked for."""
    exists: bool
    target: str = ""
    """The id of the entity that it was merged into."""


class Wikibase:
    """Asks a wiki's API."""

    def __init__(self, web: Web, address: str, maxlag: float) -> None:
        """Keep where it is.

        Args:
            web: asks.
            address: of api.php.
            maxlag: seconds; the wiki answers nobody while its copies are further behind, and is asked again.
        """
        self.web = web
        self.address = address
        self.maxlag = maxlag

    def entities(self, ids: Iterable[str]) -> dict[str, Entity]:
        """What the wiki knows of each id: Q42, P31.

        Raises:
            ValueError: one is no id of an entity.
            GatherError: there is no answer that can be read.
        """
        wanted = sorted(set(ids))
        if wrong := [one for one in wanted if not ENTITY.fullmatch(one)]:
            raise ValueError(f"no id of an entity: {wrong[0]!r}")
        found = {one: Entity(one, exists=False) for one in wanted if int(one[1:]) > _LARGEST}
        asked = [one for one in wanted if one not in found]
        for start in range(0, len(asked), MOST_IDS):
            found |= self._ask(asked[start : start + MOST_IDS])
        return found

    def _ask(self, ids: Sequence[str]) -> dict[str, Entity]:
        parameters = {
            "action": "wbgetentities", "format": "json", "ids": "|".join(ids), "props": "info", "redirects": "yes",
            "maxlag": f"{self.maxlag:g}",
        }  # fmt: skip
        return self.web.get(self.address, parameters, lambda body: self._read(body, ids), "application/json")

    def _read(self, body: bytes, ids: Sequence[str]) -> dict[str, Entity]:
        told = json.loads(body)
        if not isinstance(told, dict):
            raise ValueError("no object")  # noqa: TRY004 - what came is wrong, not its type
        if error := told.get("error"):
            raise self._error(error)
        return read_entities(told, ids)

    def _error(self, error: object) -> Exception:
        told = error if isinstance(error, dict) else {}
        code, info = told.get("code", "error"), told.get("info", "no more is said")
        if code in {"maxlag", "readonly", "ratelimited"} or str(code).startswith("internal_api_error"):
            return ValueError(f"the wiki says {code}: {info}")
        return GatherError(f"{self.address}: the wiki says {code}: {info}. Look whether this is Wikibase's api.php.")


def read_entities(told: Mapping[str, Any], ids: Sequence[str]) -> dict[str, Entity]:
    """What an answer says of each id.

    Raises:
        ValueError: it does not speak of all.
    """
    entities = told.get("entities")
    records = entities if isinstance(entities, dict) else {}
    found: dict[str, Entity] = {}
    for key, record in records.items():
        if isinstance(record, dict):
            redirect = record.get("redirects") or {}
            asked = str(redirect.get("from", key))
            found[asked] = Entity(asked, "missing" not in record, str(redirect.get("to", "")))
    if lacking := [one for one in ids if one not in found]:
        raise ValueError(f"it does not speak of {lacking[0]}")
    return {one: found[one] for one in ids}
