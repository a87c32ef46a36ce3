"""Let ckanext-dcat's harvester read a catalogue: `python -P ckan.py < question.json > answer.json`.

Runs where `requirements/ckan.txt` is installed, and imports none of mreze. The reading is CKAN's own: requests, pages,
parser, profiles, and the checks of `package_create`. What it would ask its database is answered here: there are no
rows. Question: `address`, `language` (of the portal), `harvests` (how often). Answer: see `mreze.rehearse.readers`.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
from dataclasses import dataclass, field
from types import ModuleType, SimpleNamespace
from typing import Any, Final

ASKING_THE_DATABASE: Final = frozenset(
    {
        "datasets_with_no_organization_cannot_be_private",
        "empty_if_not_sysadmin",
        "ignore_not_package_admin",
        "ignore_not_sysadmin",
        "owner_org_validator",
        "package_id_does_not_exist",
        "package_name_validator",
        "resource_id_does_not_exist",
        "vocabulary_id_exists",
    }
)
"""Checks of a package that need rows; all others are made."""


class Nothing:
    """A table without rows, however it is asked."""

    def __getattr__(self, name: str) -> Any:
        if name == "all":
            return list
        return lambda *_, **__: None if name == "first" else self

    def __iter__(self) -> Any:
        return iter(())


@dataclass
class Kept:
    """What the harvester stored for one dataset, in place of a row."""

    guid: str = ""
    content: str = ""
    job: Any = None
    id: str = ""
    package_id: Any = None
    current: Any = None
    harvest_source_id: Any = None
    extras: Any = None

    def save(self) -> None:
        """Add it to what the job has found."""
        self.id = str(len(self.job.found))
        self.job.found.append(self)


@dataclass
class Job:
    """One harvest."""

    source: Any
    found: list[Kept] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def main() -> None:
    """Answer one question."""
    question = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):  # the answer alone goes to stdout
        answer = read(question)
    json.dump(answer, sys.stdout, ensure_ascii=False)


def read(question: dict[str, Any]) -> dict[str, Any]:
    """Harvest as often as asked."""
    sys.modules.setdefault("magic", ModuleType("magic"))  # looks into uploaded files, and needs a library of the system
    config = importlib.import_module("ckan.common").config
    config.update({"ckan.locale_default": question["language"], "ckan.plugins": "", "ckan.site_url": ""})
    harvester = _harvester()
    schema = _without_database(importlib.import_module("ckan.logic.schema").default_create_package_schema())
    validate = importlib.import_module("ckan.lib.navl.dictization_functions").validate
    version = importlib.import_module("importlib.metadata").version
    return {
        "names": {},
        "versions": {name: version(name) for name in ("ckan", "ckanext-dcat")},
        "harvests": [_harvest(harvester, question["address"], schema, validate) for _ in range(question["harvests"])],
    }


def _harvester() -> Any:
    module = importlib.import_module("ckanext.dcat.harvesters.rdf")
    munge = importlib.import_module("ckan.lib.munge").munge_title_to_name
    owner = SimpleNamespace(owner_org="portal", url="")
    module.model = SimpleNamespace(  # type: ignore[attr-defined]
        Session=SimpleNamespace(query=lambda *_: Nothing()), Package=SimpleNamespace(get=lambda _: owner)
    )
    module.HarvestObject = Kept  # type: ignore[attr-defined]
    harvester = module.DCATRDFHarvester()
    harvester._save_gather_error = lambda message, job: job.errors.append(str(message))
    harvester._gen_new_name = lambda title, **_: munge(title)
    return harvester


def _harvest(harvester: Any, address: str, schema: dict[str, Any], validate: Any) -> dict[str, Any]:
    job = Job(SimpleNamespace(url=address, config=None, id="portal"))
    harvester.gather_stage(job)
    datasets = []
    for one in job.found:
        product = json.loads(one.content)
        _, refusals = validate(json.loads(one.content), schema, {"user": "", "ignore_auth": True})
        datasets.append({"key": one.guid, "product": product, "errors": list(_sentences(refusals))})
    return {"errors": job.errors, "datasets": datasets, "services": []}


def _without_database(schema: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _without_database(checks)
        if isinstance(checks, dict)
        else [one for one in checks if getattr(one, "__name__", "") not in ASKING_THE_DATABASE]
        for key, checks in schema.items()
    }


def _sentences(refusals: Any, place: str = "") -> Any:
    if isinstance(refusals, dict):
        for key, inner in refusals.items():
            yield from _sentences(inner, f"{place}.{key}" if place else str(key))
    elif isinstance(refusals, list):
        for inner in refusals:
            yield from _sentences(inner, place)
    else:
        yield f"{place}: {refusals}"


if __name__ == "__main__":
    main()
