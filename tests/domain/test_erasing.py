"""Erasing a person from the facts."""

import json
from pathlib import Path

from sqlalchemy import select

from punchcard.domain.clock import Clock
from punchcard.domain.database import Database, table
from punchcard.domain.erasing import erase_customer
from punchcard.domain.event_types import register
from punchcard.domain.occasions import Occasion
from punchcard.domain.schema import metadata
from punchcard.language import check
from punchcard.router.ingest import Ingest
from punchcard.router.publishing import publish

REVIEWS = """\
campaign: reviews
currency: USD
starts: 2020-01-01
budget: {rewards: 10}
when:
  event: {name: review_written}
steps:
  - reward: {discount: 5%, expires: 30 days}
    as: coupon
"""


def test_what_somebody_said_is_gone_and_what_they_earned_stays(tmp_path: Path) -> None:
    """The words of an event leave the occasion that it was; the occasion and its number stay."""
    database = Database(f"sqlite:///{tmp_path / 'shop.db'}")
    with database.begin() as connection:
        metadata.create_all(connection)
        register(connection, "review_written", {"type": "object"}, 0)
        plan = check(REVIEWS, name="reviews.yaml").plan
        assert plan is not None
        publish(connection, plan, REVIEWS, {}, "test", Clock().now())
    said = {"text": "My neighbour's dog ate it."}
    review = {"id": "1", "type": "review_written", "customer": "C-1", "data": said}
    [result] = Ingest(database, Clock())("shop", [review | {"occurred_at": "2024-05-04T10:00:00Z"}])
    assert result.status == "accepted"
    with database.begin() as connection:
        erase_customer(connection, "C-1", "test", Clock().now())
    with database.read() as connection:
        [occasion] = connection.execute(select(table(Occasion))).all()
    assert json.loads(occasion.names).keys() == {"occasion"}
    assert occasion.status == "standing"
    database.close()
