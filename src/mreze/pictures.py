"""What a saved query can be drawn as: `#+ picture: timeline` in its header, and columns of these names.

The build puts the result into the release, as SPARQL has it (https://www.w3.org/TR/sparql11-results-json/); the server
draws it. Things are given by their IRIs: whoever draws knows what they are called in the language of the reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

PictureKind = Literal["timeline", "map", "network"]
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "timeline": ("thing", "date"),
    "map": ("thing", "point"),
    "network": ("from", "to"),
}
"""The columns that a picture cannot do without, by its kind."""
OPTIONAL: Final[dict[str, tuple[str, ...]]] = {
    "timeline": ("kind", "until", "standing", "detail"),
    "map": ("kind", "place"),
    "network": (),
}
"""Those that it knows what to do with."""
PRESENT: Final = "present"
"""As `until`: it has not ended."""
STANDINGS: Final = ("before", "after", "otherwise")
"""What a date may be, as its `standing`, if it is not when it was: a bound, or what another source says."""
MOST_ROWS: Final = 2_000
"""So many rows can be drawn."""
_FOLDER: Final = "pictures/"


def picture_path(name: str) -> str:
    """Where in a release the rows of a query of this name are that is drawn."""
    return f"{_FOLDER}{name}.json"


def missing_columns(kind: str, columns: Iterable[str]) -> list[str]:
    """The columns that a picture of this kind needs and a query does not give."""
    given = set(columns)
    return [one for one in COLUMNS[kind] if one not in given]
