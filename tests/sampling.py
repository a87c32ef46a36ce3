"""Of many things of one kind some: a crawl that visits each of a thousand cities learns nothing after the first few."""

from __future__ import annotations

import re
from collections import defaultdict

_THING = re.compile(r"(?:id|doc)/([^/]+)/([^/?#]+?)(?:\.(?:ttl|nt|nq|trig|jsonld|rdf|html|sr-\w+\.html))*(?:[?#].*)?\Z")


_QUERY = re.compile(r"(sparql)\?(query=.+)\Z", re.DOTALL)
"""A query that a page has beside a number: there is one beside each."""


class Sample:
    """The first things of each kind that it is asked about."""

    def __init__(self, most: int = 6) -> None:
        self._most = most
        self._taken: defaultdict[str, set[str]] = defaultdict(set)

    def has(self, path: str) -> bool:
        """Whether a path is to be visited: it is that of no thing and no query, or of one of the first of its kind."""
        found = _THING.match(path) or _QUERY.match(path)
        if found is None:
            return True
        kind, slug = found.groups()
        if len(self._taken[kind]) < self._most:
            self._taken[kind].add(slug)
        return slug in self._taken[kind]
