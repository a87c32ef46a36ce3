"""A whole examination: the documents, what they name, some things, and whether all of it is of one release."""

from __future__ import annotations

from typing import Final

from mreze.doctor import documents, locations, things
from mreze.doctor.chart import Chart
from mreze.doctor.visit import Bounds, Visitor
from mreze.findings import Finding
from mreze.texts import text

_RELEASE: Final = "mreze-release"
_SHOWN: Final = 3


def examine(address: str, bounds: Bounds, *, only_here: bool = False) -> list[Finding]:
    """Look at a site from outside.

    Args:
        address: where the world sees it; ends with a slash.
        bounds: of each request, and of all.
        only_here: whether other hosts, which its canonical IRIs may name, are left alone.

    Returns:
        What is wrong, the worst first.
    """
    chart = Chart(address, Visitor(bounds))
    if chart.visitor.get(address).status:
        documents.examine(chart)
        locations.examine(chart)
        things.examine(chart, only_here=only_here)
        _compare_releases(chart)
    else:
        chart.fetch(address)  # where nobody answers, one finding says it
    if chart.visitor.refused:
        told = text("{count} requests were sent; what would take more was not looked at.", count=chart.visitor.count)
        chart.note("bounds", address, told, text("Allow more: --requests N."), severity="warning")
    return sorted(chart.findings, key=Finding.order)


def _compare_releases(chart: Chart) -> None:
    """All that the site answers names the same release: a deployment that is half done mixes two."""
    named: dict[str, list[str]] = {}
    for one in chart.visitor.visits:
        release = one.headers.get(_RELEASE)
        if release and chart.holds(one.url) and "release=" not in one.url:
            named.setdefault(release, []).append("/" + one.url.removeprefix(chart.address))
    if len(named) < 2:
        return
    shown = "; ".join(
        f"{release}: {', '.join(list(dict.fromkeys(paths))[:_SHOWN])} ({len(paths)})"
        for release, paths in sorted(named.items())
    )
    chart.note("release", chart.address, text("The answers are of several releases."),
               text("Switch every server to the same one, and let caches ask again."), value=shown)  # fmt: skip
