"""The table of members, and what its rows mean."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

GRADES: Final = (
    (r"member list( \w{3} \d{4})?", "memberList", "explicit"),
    (r"joined( at .*)?|membership confirmed", "joining", "explicit"),
    (r"founder|co-founder|initiator of \d{4}", "founding", "explicit"),
    (r"own page( .*)?", "memberPage", "explicit"),
    (r"(named as member|member in|active member council|IRE Member Region|special member) .*", "naming", "explicit"),
    (r"named( \w{3})?( \d{4})?", "naming", "implied"),
    (r"(officer city|board (city|observer|chair)|advisory(-| )board) .*|secretariat and .*", "office", "implied"),
    (r"former (presidency|board city)", "formerOffice", "implied"),
    (r"LEFT \d{4}-\d{2}-\d{2}", "leaving", "explicit"),
    # What does not say that the city is a member.
    (r".*(doubtful|not stated|conference host| award ).*|would actively .*|co-operation .*|decision to join", "", ""),
    (r"partner in programme .*|member/supporter|ECAD (Norway|Sweden).*|introduced in .*|a code listing", "", ""),
    # The city of the site, which is described by hand.
    (r"page.*|English edition of city page", "", ""),
)
"""What the evidence of a row may be, with the grounds and the certainty of the membership; none where it is not one."""
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Row:
    """A row of the table, with its columns."""

    network: str
    member: str
    country_iso2: str
    since: str
    evidence: str
    source: str
    geonames_id: str
    lat: str
    lon: str
    note: str | None = None

    @property
    def grade(self) -> tuple[str, str]:
        """The grounds and the certainty of the membership; empty where the row tells of none."""
        for pattern, grounds, certainty in GRADES:
            if re.fullmatch(pattern, self.evidence):
                return grounds, certainty
        raise SystemExit(f"{self.network}, {self.member}: say in GRADES what “{self.evidence}” means")

    @property
    def city(self) -> tuple[str, str]:
        """What tells one member from another: cities of one name are in different countries."""
        return self.member, self.country_iso2

    @property
    def is_region(self) -> bool:
        """Is the member no city?"""
        return self.member.endswith((" County", " Region"))

    @property
    def placed(self) -> bool:
        """Was the place found in GeoNames beyond doubt?"""
        return bool(self.geonames_id) and not (self.note or "").startswith("?")

    @property
    def years(self) -> list[str]:
        """The years of joining, where the source gives several."""
        return self.since.split("/") if "/" in self.since else []

    @property
    def known_by(self) -> str:
        """The time at which the city was a member already, where it is not known since when."""
        dated = re.search(r"(?:([A-Z][a-z]{2}) )?(\d{4})", self.evidence)
        if self.years or not dated or self.grade[0] == "leaving":
            return max(self.years, default="")
        return dated[2] + (f"-{MONTHS.index(dated[1]) + 1:02}" if dated[1] in MONTHS else "")


def read_rows(path: Path) -> list[Row]:
    """The rows of a file of tab-separated values whose first line names the columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Row(**line) for line in csv.DictReader(file, delimiter="\t")]
