"""The pages and templates that the author of a site wrote, looked at before they go into a release."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from mreze.authored import LEAST_SHARED, PAGES, SHARED, TEMPLATES, foreign_images, heading, page_name, picture_size
from mreze.errors import SiteError
from mreze.findings import Finding
from mreze.graph import SiteGraph
from mreze.site import Site


def authored_files(site: Site) -> list[Path]:
    """The files, relative to the site, sorted."""
    found = [*(site.root / PAGES).glob("*.md"), *(site.root / TEMPLATES).glob("*.html")]
    shared = [site.root / SHARED] if (site.root / SHARED).is_file() else []
    return sorted(one.relative_to(site.root) for one in (*found, *shared))


def check_authors(graph: SiteGraph) -> list[Finding]:
    """Whether each of them can be shown."""
    found = []
    for path in authored_files(graph.site):
        try:
            _read(graph.site, path)
        except SiteError as error:
            told, remedy = {"en": error.message}, {"en": error.remedy}
            found.append(Finding("violation", "authored", told, remedy, path, error.line))
    return found


def read_authored(site: Site) -> dict[str, bytes]:
    """The contents of the files by their path in a release, which is that in the site.

    Raises:
        SiteError: one of them cannot be shown.
    """
    return {path.as_posix(): _read(site, path) for path in authored_files(site)}


def _read(site: Site, path: Path) -> bytes:
    content = (site.root / path).read_bytes()
    if path.as_posix() == SHARED:
        _look_at_picture(path, content)
        return content
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise SiteError(f"This is not UTF-8: {error}.", path=path, remedy="Save it as UTF-8.") from error
    _look_at(site, path, text)
    return content


def _look_at(site: Site, path: Path, text: str) -> None:
    if path.suffix == ".html":
        _look_at_template(path, text)
        return
    name = page_name(path.as_posix())
    if name is None or name[1] not in site.languages:
        languages = ", ".join(site.languages)
        raise SiteError(
            "The name of a page is NAME.LANGUAGE.md.",
            path=path,
            remedy=f"Write NAME with a-z, 0-9 and hyphens; LANGUAGE is one of {languages}.",
        )
    if heading(text) is None:
        raise SiteError("A page begins with its heading.", path=path, line=1, remedy="Write: # About this site")
    for line, address in foreign_images(text):
        raise SiteError(
            f"The image {address!r} would come from another server: browsers are told not to ask any.",
            path=path,
            line=line,
            remedy=f"Take the ! away, so that it is a link: [...]({address}).",
        )


def _look_at_picture(path: Path, content: bytes) -> None:
    size, (width, height) = picture_size(content), LEAST_SHARED
    if size is None or size[0] < width or size[1] < height:
        told = "This is no PNG picture." if size is None else f"The picture has {size[0]} × {size[1]} pixels."
        raise SiteError(told, path=path, remedy=f"Draw it as PNG, {width} × {height} pixels or more; or take it away.")


def _look_at_template(path: Path, text: str) -> None:
    try:
        Environment(autoescape=True).parse(text)
    except TemplateSyntaxError as error:
        told = f"This is not a Jinja template: {error.message}."
        raise SiteError(told, path=path, line=error.lineno, remedy="Mend it, or take it away.") from error
