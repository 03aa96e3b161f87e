"""Erasing a person from the facts."""

import json
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select, text, update

from punchcard.domain.clock import Clock
from punchcard.domain.customers import CUSTOMER
from punchcard.domain.database import Database, table
from punchcard.domain.erasing import erase_customer
from punchcard.domain.event_types import register
from punchcard.domain.occasions import Occasion
from punchcard.language import check
from punchcard.router.ingest import Ingest
from punchcard.router.publishing import publish

OCCASION = table(Occasion)
WAITING = text("SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))")
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


def reviewed(database: Database) -> None:
    """Let a customer write a review, for which a campaign begins."""
    with database.begin() as connection:
        register(connection, "review_written", {"type": "object"}, 0)
        plan = check(REVIEWS, name="reviews.yaml").plan
        assert plan is not None
        publish(connection, plan, REVIEWS, {}, "test", Clock().now())
    said = {"text": "My neighbour's dog ate it."}
    review = {"id": "1", "type": "review_written", "customer": "C-1", "data": said}
    [result] = Ingest(database, Clock())("shop", [review | {"occurred_at": "2024-05-04T10:00:00Z"}])
    assert result.status == "accepted"


def erase(database: Database) -> None:
    """Erase that customer."""
    with database.begin() as connection:
        erase_customer(connection, "C-1", "test", Clock().now())


def test_what_somebody_said_is_gone_and_what_they_earned_stays(each_database: Database) -> None:
    """The words of an event leave the occasion that it was; the occasion and its number stay."""
    reviewed(each_database)
    erase(each_database)
    with each_database.read() as connection:
        [occasion] = connection.execute(select(OCCASION)).all()
    assert json.loads(occasion.names).keys() == {"occasion"}
    assert occasion.status == "standing"


def test_whoever_erases_waits_for_a_commit_under_way(postgres_database: Database) -> None:
    """They begin with the occasions, as every commit does: in another order, the two would wait for one another."""
    reviewed(postgres_database)
    with ThreadPoolExecutor(1) as other:
        with postgres_database.begin() as connection:
            connection.execute(select(OCCASION.c.id).with_for_update()).all()
            erasing = other.submit(erase, postgres_database)
            while not connection.execute(WAITING).scalar():
                assert not erasing.done()
            connection.execute(update(CUSTOMER).values(phone="+1 555 0100"))
        erasing.result()
    with postgres_database.read() as connection:
        assert connection.execute(select(CUSTOMER.c.phone)).scalar() is None
