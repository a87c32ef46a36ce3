"""The table of all forms of a comparison."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mreze.gather.differences.page import write_page
from mreze.gather.differences.prose import write_text
from mreze.gather.differences.report import Report
from mreze.gather.differences.table import write_json, write_table

FORMS: Final[dict[str, Callable[[Report, str], str]]] = {
    "text": write_text,
    "tsv": write_table,
    "json": write_json,
    "html": write_page,
}
"""By name; each takes the language of its words."""
