"""Let udata's DCAT backend read a catalogue: `python -P udata.py < question.json > answer.json`.

Runs where `requirements/udata.txt` is installed, and imports none of mreze. The reading is udata's own: requests,
pages, parser, models and their checks. Its database is one in memory. Question and answer are those of `ckan.py`;
`names` are words for which it makes tags of its own.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
from typing import Any, Final

FOR_EXAMPLES: Final = frozenset({"example", "invalid", "localhost", "test"})
"""Names that RFC 2606 reserves: a site that is tried out has one, and is read as any other."""


def main() -> None:
    """Answer one question."""
    question = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):  # the answer alone goes to stdout
        answer = read(question)
    json.dump(answer, sys.stdout, ensure_ascii=False)


def read(question: dict[str, Any]) -> dict[str, Any]:
    """Harvest as often as asked, each time into the same database."""
    settings = importlib.import_module("udata.settings")
    portal = type(
        "Portal",
        (settings.Testing,),
        {
            "DEFAULT_LANGUAGE": question["language"],
            "HARVESTER_BACKENDS": ["dcat"],
            "LANGUAGES": {question["language"]: question["language"]},
            "MONGODB_HOST": "mongodb://localhost/portal",
            "MONGODB_SETTINGS": {
                "host": "mongodb://localhost/portal",
                "mongo_client_class": importlib.import_module("mongomock").MongoClient,
            },
            "SECRET_KEY": "of a database that ends with the program",
            "URLS_ALLOWED_TLDS": settings.Testing.URLS_ALLOWED_TLDS | FOR_EXAMPLES,
            "URLS_ALLOW_LOCAL": True,
            "URLS_ALLOW_PRIVATE": True,
        },
    )
    app = importlib.import_module("udata.app").create_app("udata.settings.Defaults", override=portal)
    version = importlib.import_module("importlib.metadata").version
    with app.app_context():
        source = _source(question["address"])
        tag = importlib.import_module("udata.harvest.filters").normalize_tag
        return {
            "names": {name: tag(name) for name in question["names"]},
            "versions": {"udata": version("udata")},
            "harvests": [_harvest(source) for _ in range(question["harvests"])],
        }


def _source(address: str) -> Any:
    organization = importlib.import_module("udata.core.organization.models").Organization(name="o", description="o")
    organization.save()
    source = importlib.import_module("udata.harvest.models").HarvestSource(
        name="portal", slug="portal", url=address, backend="dcat", organization=organization
    )
    source.save()
    return source


def _harvest(source: Any) -> dict[str, Any]:
    job = importlib.import_module("udata.harvest.backends.dcat").DcatBackend(source).harvest()
    datasets: list[dict[str, Any]] = []
    services: list[dict[str, Any]] = []
    for item in job.items:
        errors = [one.message for one in item.errors]
        service = item.dataservice is not None
        found = item.dataservice or item.dataset
        told = {"key": item.remote_id or "", "product": _product(found), "errors": errors}
        (services if service else datasets).append(told)
    return {"errors": [one.message for one in job.errors], "datasets": datasets, "services": services}


def _product(found: Any) -> Any:
    if found is None:
        return None
    product = json.loads(found.to_json())
    product["contact_points"] = [json.loads(one.to_json()) for one in found.contact_points]
    if product.get("datasets"):
        product["datasets"] = [one.harvest.uri or one.harvest.remote_id for one in found.datasets]
    return product


if __name__ == "__main__":
    main()
