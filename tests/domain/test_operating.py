"""What a pause amounts to, when those of an instance and of its campaign overlap."""

import json

from sqlalchemy import select, update

from punchcard.domain.campaigns import Campaign
from punchcard.domain.database import table
from punchcard.domain.instances import Instance
from punchcard.domain.operating import Order, pause, resume
from punchcard.domain.outbox import TABLE as OUTBOX
from punchcard.domain.pausing import pause_campaign, resume_campaign
from tests.support.shop import SPEND, Shop

INSTANCE, CAMPAIGN = table(Instance), table(Campaign)
SHIFTING = SPEND + "on_resume: shift\n"


class Operator:
    """Somebody who pauses and resumes `spend` and its one instance, at instants counted from when it began."""

    def __init__(self, shop: Shop, text: str = SHIFTING) -> None:
        self.shop = shop
        shop.publish(text)
        shop.ingest("shop", [shop.order("o-1", "C-17", "500.00")])
        with shop.here.database.read() as connection:
            row = connection.execute(select(INSTANCE.c.id, INSTANCE.c.created_at)).one()
        self.id, self.begun = row.id, row.created_at

    def at(self, after: int) -> Order:
        """An order given so many milliseconds after the instance began."""
        return Order("user:ada", self.begun + after)

    def do(self, *deeds: tuple[str, int]) -> None:
        """Do these things at these instants."""
        with self.shop.here.database.begin() as connection:
            for deed, after in deeds:
                match deed:
                    case "pause":
                        pause(connection, self.id, self.at(after))
                    case "resume":
                        resume(connection, self.id, self.at(after))
                    case "pause all":
                        pause_campaign(connection, "spend", self.at(after))
                    case "resume all":
                        resume_campaign(connection, "spend", self.at(after))

    def told(self) -> list[int]:
        """How long each pause was that the instance was told of."""
        with self.shop.here.database.read() as connection:
            rows = connection.execute(
                select(OUTBOX.c.payload).where(OUTBOX.c.kind == "command").order_by(OUTBOX.c.seq)
            )
            return [json.loads(payload)["paused"] for payload in rows.scalars()]


def test_the_pause_of_a_campaign_is_told_to_every_open_instance(shop: Shop) -> None:
    """Where deadlines shift, all of them move by its length."""
    operator = Operator(shop)
    operator.do(("pause all", 100), ("resume all", 250))
    assert operator.told() == [150]


def test_an_instance_that_began_during_the_pause_was_kept_for_less(shop: Shop) -> None:
    """It counts from when the instance began."""
    operator = Operator(shop)
    operator.do(("pause all", -1000), ("resume all", 250))
    assert operator.told() == [250]


def test_overlapping_pauses_count_once_instance_first(shop: Shop) -> None:
    """Instance 0 to 200, campaign 100 to 300: kept for 300 in all."""
    operator = Operator(shop)
    operator.do(("pause", 0), ("pause all", 100), ("resume", 200), ("resume all", 300))
    assert sum(operator.told()) == 300


def test_overlapping_pauses_count_once_campaign_first(shop: Shop) -> None:
    """Campaign 0 to 200, instance 100 to 300: kept for 300, and told when it goes on."""
    operator = Operator(shop)
    operator.do(("pause all", 0), ("pause", 100), ("resume all", 200))
    assert operator.told() == []
    operator.do(("resume", 300))
    assert operator.told() == [300]


def test_a_pause_within_a_pause_counts_once(shop: Shop) -> None:
    """Campaign 0 to 300, instance 100 to 200."""
    operator = Operator(shop)
    operator.do(("pause all", 0), ("pause", 100), ("resume", 200), ("resume all", 300))
    assert sum(operator.told()) == 300


def test_where_deadlines_stay_only_those_that_were_held_are_told(shop: Shop) -> None:
    """A sleeping instance has missed nothing."""
    operator = Operator(shop, SPEND)
    operator.do(("pause all", 0), ("resume all", 100))
    assert operator.told() == []
    operator.do(("pause all", 200))
    with shop.here.database.begin() as connection:
        connection.execute(update(INSTANCE).values(held=True))
    operator.do(("resume all", 300))
    assert operator.told() == [100]
