"""Resuming a campaign while its instances work."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text

from punchcard.domain.operating import Order
from punchcard.domain.outbox import INSTANCE
from punchcard.domain.pausing import CAMPAIGN, pause_campaign, resume_campaign
from punchcard.domain.refusals import CampaignEnded, CampaignUnknown
from tests.support.run_servers import PATIENCE, wait_until
from tests.support.shop import SPEND, Shop

BY_ADA = Order("user:ada", 1000)


def resume(shop: Shop) -> int:
    """Resume the campaign in a transaction of its own; return how many instances were told."""
    with shop.here.database.begin() as connection:
        return resume_campaign(connection, "spend", BY_ADA)


def somebody_waits(connection: Connection) -> bool:
    """Whether another transaction on this database waits for a lock."""
    here = "datname = current_database() AND wait_event_type = 'Lock'"
    waiting = text(f"SELECT count(*) FROM pg_stat_activity WHERE {here}")
    return bool(connection.execute(waiting).scalar_one())


@pytest.fixture
def postgres_shop(postgres_tables: str, tmp_path: Path) -> Iterator[Shop]:
    """A shop on PostgreSQL."""
    made = Shop(postgres_tables, tmp_path)
    yield made
    made.here.database.close()


def test_resuming_waits_for_a_tick_and_sees_what_it_held(postgres_shop: Shop) -> None:
    """A tick locks its instance, then its campaign; resuming takes them in the same order, so none is missed."""
    shop = postgres_shop
    shop.instance("C-17")
    with shop.here.database.begin() as connection:
        pause_campaign(connection, "spend", BY_ADA)
    with ThreadPoolExecutor(1) as thread:
        with shop.here.database.begin() as tick:
            tick.execute(select(INSTANCE).with_for_update())
            resumed = thread.submit(resume, shop)
            with shop.here.database.read() as watching:
                wait_until(lambda: somebody_waits(watching), what="the other to wait")
            tick.execute(select(CAMPAIGN.c.paused_at).with_for_update(read=True))
            tick.execute(INSTANCE.update().values(held=True))
        assert resumed.result(PATIENCE) == 1


def test_what_does_not_run_cannot_be_paused(shop: Shop) -> None:
    """Unknown campaigns, and those that have ended."""
    shop.publish(SPEND)
    with shop.here.database.begin() as connection:
        with pytest.raises(CampaignUnknown):
            pause_campaign(connection, "none", BY_ADA)
        connection.execute(CAMPAIGN.update().values(status="ended"))
        with pytest.raises(CampaignEnded):
            pause_campaign(connection, "spend", BY_ADA)
