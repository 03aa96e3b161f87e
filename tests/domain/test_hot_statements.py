"""What runs for every order and every tick finds its rows by an index, however large the tables are."""

from __future__ import annotations

import importlib

import pytest

from punchcard.domain.database import Database
from punchcard.domain.prepared import Prepared

MODULES = (
    "domain.answering",
    "domain.budgets",
    "domain.customers",
    "domain.expiring",
    "domain.generations",
    "domain.facts.finished",
    "domain.facts.give_reward",
    "domain.facts.request_message",
    "domain.occasion_facts",
    "domain.facts.take_variant",
    "domain.looking",
    "domain.outbox",
    "domain.outbox_lease",
    "domain.redeeming",
    "domain.sending",
    "domain.ticks",
    "router.catalogue",
    "router.disposition",
    "router.progress",
    "router.known",
    "router.naming",
    "router.recounting",
    "router.ingest",
    "router.booking",
    "router.standing",
)


@pytest.mark.parametrize("module", MODULES)
def test_no_table_is_searched_from_end_to_end(database: Database, module: str) -> None:
    """SQLite's plan of each prepared statement names an index for each table, with all columns that are asked for."""
    found = vars(importlib.import_module(f"punchcard.{module}"))
    statements = {name: one for name, one in found.items() if isinstance(one, Prepared)}
    assert statements
    with database.read() as connection:
        for name, statement in statements.items():
            plan = statement.explain(connection)
            tables = [
                line for line in plan if "json_each" not in line and line.startswith(("SCAN", "SEARCH"))
            ]
            assert not [line for line in tables if line.startswith("SCAN") and line != "SCAN CONSTANT ROW"], (
                name,
                plan,
            )
            assert not [line for line in tables if "(source=?)" in line], (name, plan)
