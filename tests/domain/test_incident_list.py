"""The list of incidents."""

from __future__ import annotations

from punchcard.domain.incident_list import find_incidents
from punchcard.domain.operating import skip
from tests.support.world import World


def test_open_and_closed_incidents_are_apart(world: World) -> None:
    """Skipping one moves it from the one list to the other, with what was decided."""
    world.operate(skip, "C-108", "No budget for this one")
    with world.database.read() as connection:
        (still_open,) = find_incidents(connection, is_open=True).items
        (closed,) = find_incidents(connection, is_open=False).items
    assert (still_open.customer, still_open.error, still_open.closed_at) == (
        "C-108",
        "budget_exhausted",
        None,
    )
    assert closed.resolution == "skipped"


def test_incidents_of_one_campaign(world: World) -> None:
    """Another campaign has none."""
    with world.database.read() as connection:
        assert find_incidents(connection, is_open=True, campaign="welcome").items == ()
        first = find_incidents(connection, is_open=True, campaign="spend-and-save", limit=1)
        assert first.next is not None
        assert len(find_incidents(connection, is_open=True, cursor=first.next).items) == 1
