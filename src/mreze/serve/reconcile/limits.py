"""How much the service takes at once; its page tells it, an error names it."""

from __future__ import annotations

from typing import Final

BATCH: Final = 1_000
"""Queries of a batch."""
BODY: Final = 16 << 20
"""Bytes of a request's body: a whole batch with long names, each letter of which a form may send as eight bytes."""
MARKS: Final = 500_000
"""Objects, arrays and commas of a text in JSON: what it takes in memory grows with these, not with its length."""
TEXT: Final = 10_000
"""Characters of a name or of a value to match."""
VALUES: Final = 100
"""Conditions of a query, and values of a condition."""
CANDIDATES: Final = 100
"""Candidates of a query, whatever limit it names."""
USUAL: Final = 10
"""Candidates of a query that names no limit."""
SUGGESTIONS: Final = 20
"""Suggestions that are made at once, unless a limit is named."""
PAGED: Final = 200
"""Things that one can page through as they are suggested."""
CELLS: Final = 10_000
"""Things times properties that are asked for at once."""
TURN: Final = 50
"""Queries of a batch that are answered before others have their turn."""
