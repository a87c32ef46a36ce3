"""The Python client `reconciler` matches a column of a table."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.servers import Served

PROGRAM = """
import sys
import pandas
from reconciler import reconcile
names, years = ["Energy Cities", "ИРЕ", "energy citys", "ECAD"], ["1990", "", "1990", ""]
table = pandas.DataFrame({"network": names, "year": years})
found = reconcile(
    table["network"], type_id="org:Organization", property_mapping={"schema:foundingDate": table["year"]},
    reconciliation_endpoint=sys.argv[1],
)
print(found[["input_value", "id", "match", "score", "type_id"]].to_json(orient="records"))
everything = reconcile(table["network"], top_res="all", reconciliation_endpoint=sys.argv[1])
print(len(everything) > len(found))
"""
"""Every name is found: for one that is not, version 0.2.2 needs a name that NumPy 2 has no more (numpy.NaN)."""


def test_a_column_is_matched(own: Served) -> None:
    """With a class and a property: one row for each name, in the order of the column."""
    command = [sys.executable, "-c", PROGRAM, own.address + "reconcile"]
    said = subprocess.run(command, check=False, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    rows, more = said.stdout.splitlines()
    found = [(one["input_value"], one["id"]) for one in json.loads(rows)]
    assert found == [
        ("Energy Cities", "organizations/energy-cities"),
        ("ИРЕ", "organizations/ire"),
        ("energy citys", "organizations/energy-cities"),
        ("ECAD", "organizations/ecad"),
    ]
    assert all(0 < one["score"] <= 100 and one["type_id"] for one in json.loads(rows))
    assert json.loads(rows)[0]["match"] is True
    assert more == "True"
