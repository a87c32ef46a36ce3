"""What a copy says of itself to whoever serves it."""

from __future__ import annotations

import jinja2

from mreze.release import Release


def guide(release: Release, public_url: str, prefix: str) -> str:
    """How to serve the copy: with nginx, and with a host that knows nothing but files."""
    second = release.languages[1] if len(release.languages) > 1 else None
    return render("README.md", release=release, public_url=public_url, prefix=prefix, second=second)


def render(template: str, **values: object) -> str:
    """A text that is no HTML, from its template."""
    environment = jinja2.Environment(  # noqa: S701 - no HTML is written
        loader=jinja2.PackageLoader("mreze.serve.export"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(values)
