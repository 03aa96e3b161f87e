"""What came of the demo is counted alike on both databases."""

import pytest
from sqlalchemy import update

from punchcard.demo import pace
from punchcard.demo.figures import INSTANCE, count
from punchcard.domain.clock import read_clock
from punchcard.domain.database import Database
from tests.api.conftest import postgres_shop, shop
from tests.support.shop import Shop

__all__ = ["postgres_shop", "shop"]


@pytest.fixture(params=["shop", "postgres_shop"])
def installation(request: pytest.FixtureRequest) -> Shop:
    """An installation on SQLite, and one on PostgreSQL."""
    found: Shop = request.getfixturevalue(request.param)
    return found


def test_everything_is_counted_by_its_word(installation: Shop) -> None:
    """What has ended is told from what is open, and the latest instances are named."""
    installation.reward("C-1")
    installation.reward("C-2", status="redeemed")
    database = installation.here.database
    with database.read() as connection:
        before = count(connection)
    assert (before.orders, before.occasions) == (2, {"started": 2})
    assert before.rewards == {"issued": 1, "redeemed": 1}
    assert (before.instances, before.open) == ({"unstarted": 2}, 2)
    assert len(before.latest) == 2
    with database.begin() as connection:
        connection.execute(update(INSTANCE).values(status="closed", outcome="completed"))
    with database.read() as connection:
        after = count(connection)
    assert (after.instances, after.open) == ({"completed": 2}, 0)


def test_the_clock_goes_on_after_the_latest_fact(installation: Shop) -> None:
    """Even if it was not noted since: business time never goes back behind what has happened."""
    database: Database = installation.here.database
    with database.begin() as connection:
        pace.begin(connection, 1_000, 2)
    installation.reward("C-1")
    recorded = installation.here.now()
    with database.begin() as connection:
        pace.go_on(connection)
    with database.read() as connection:
        assert 1_000 < read_clock(connection).now() <= recorded
