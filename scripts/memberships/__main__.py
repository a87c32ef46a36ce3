"""Write the lists: python -m scripts.memberships TABLE [SITE].

A row of the table becomes a membership only where its evidence is one (`table.GRADES`); what is left out is told on
stderr. Networks, countries, sources, roles and known places are described by hand under data/: what a row names must be
there, or the program stops. The city that the site is about has memberships of its own there. Links that a person has
accepted (data/links/candidates.tsv) are kept.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.memberships.lists import Lists
from scripts.memberships.names import slugs
from scripts.memberships.site import Site
from scripts.memberships.table import read_rows

from mreze.gather.table_rows import read_table


def convert(table: Path, root: Path) -> Iterator[tuple[str, str]]:
    """The lists, each by its kind, as sorted N-Triples; what is left out is told."""
    rows = read_rows(table)
    kept = [row for row in rows if row.grade[0]]
    site = Site(root)
    lists = Lists(site, slugs(kept, site))
    for row in rows:
        if row in kept:
            lists.add(row)
        else:
            print(f"left out: {row.network}, {row.member} ({row.evidence})", file=sys.stderr)
    lists.keep(read_table(root, site.base).candidates)
    for kind, triples in lists.kinds.items():
        yield kind, "".join(sorted(f"{triple} .\n" for triple in triples))


def main() -> None:
    """Write the lists."""
    root = Path(sys.argv[2] if len(sys.argv) > 2 else ".")
    for kind, content in convert(Path(sys.argv[1]), root):
        (root / "data" / "members" / f"{kind}.nt").write_text(content, "utf-8")


if __name__ == "__main__":
    main()
