"""Finding customers."""

from __future__ import annotations

import pytest

from punchcard.domain.customer_search import find_customers
from tests.support.world import World


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C-104", ["C-104"]),
        ("dora", ["C-104"]),
        ("DORA DEMO", ["C-104"]),
        ("dora@", ["C-104"]),
        ("C-10", []),
        ("%", []),
        ("d_ra", []),
        ("\\", []),
    ],
)
def test_customers_are_found_by(world: World, text: str, found: list[str]) -> None:
    """Ids are whole, names and addresses begin with the text, and no sign means anything else."""
    with world.database.read() as connection:
        assert [line.customer for line in find_customers(connection, text).items] == found


def test_a_code_finds_whom_it_was_given_to(world: World) -> None:
    """However it was typed."""
    typed = world.code("C-101").lower().replace("-", " ")
    with world.database.read() as connection:
        assert [line.customer for line in find_customers(connection, typed).items] == ["C-101"]


def test_everybody_comes_in_pages(world: World) -> None:
    """Latest first, each once, with their rewards that were not revoked."""
    with world.database.read() as connection:
        first = find_customers(connection, limit=5)
        rest = find_customers(connection, cursor=first.next, limit=5)
    lines = [*first.items, *rest.items]
    assert [line.customer for line in lines] == [f"C-10{number}" for number in range(9, 0, -1)]
    assert {line.customer: line.rewards for line in lines}["C-104"] == 1
    assert rest.next is None
