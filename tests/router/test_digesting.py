"""Digests on a database: members join, leave and come back, and their batch stands as long as one of them does."""

import json

from sqlalchemy import select

from punchcard.domain.batches import BATCH, MOST_ITEMS, close_batch
from punchcard.plan.model import After, Digest
from punchcard.plan.triggers import OrderTrigger
from tests.router.books import INSTANCE, OCCASION, OUTBOX, Books, order
from tests.router.campaigns import DAY, campaign

WEEKLY = campaign("weekly", OrderTrigger(), digest=Digest(After(7 * DAY)))


def standing_whole(books: Books) -> None:
    """Members come and go; the batch's own occasion stands with any, and its instance is told of each turn."""
    books.publish(WEEKLY)
    books.take(order("o1"), order("o2"))
    ((own, number),) = books.rows(select(BATCH.c.occasion_id, BATCH.c.number))
    assert number == 1
    assert books.dispositions("weekly") == {
        ("ann", "batch-1"): ("standing", "started"),
        ("ann", "shop/o1"): ("standing", "joined"),
        ("ann", "shop/o2"): ("standing", "joined"),
    }
    books.take(order("o1", revision=1, status="cancelled"))
    assert books.dispositions("weekly")["ann", "batch-1"] == ("standing", "started")
    books.take(order("o2", revision=1, status="cancelled"))
    assert books.dispositions("weekly")["ann", "batch-1"] == ("reversed", "started")
    books.take(order("o2", revision=2), order("o3"))
    assert books.dispositions("weekly")["ann", "batch-1"] == ("standing", "started")
    assert [kind for _, _, kind in books.told()] == ["start", "reverse", "start"]
    with books.database.begin() as connection:
        told = close_batch(connection, own, books.now)
    assert told == {"count": 2, "amount": 120_00}
    books.take(order("o4"))
    assert books.dispositions("weekly")["ann", "batch-2"] == ("standing", "started")
    assert len(books.rows(select(INSTANCE))) == 3


def test_a_batch_stands_with_its_members(books: Books) -> None:
    """On SQLite."""
    standing_whole(books)


def test_a_batch_stands_with_its_members_on_postgresql(postgres_books: Books) -> None:
    """On PostgreSQL."""
    standing_whole(postgres_books)


def test_of_very_many_the_first_are_listed(books: Books) -> None:
    """All of them count."""
    books.publish(WEEKLY)
    books.take(*(order(f"o{number}") for number in range(MOST_ITEMS + 5)))
    ((own,),) = books.rows(select(BATCH.c.occasion_id))
    with books.database.begin() as connection:
        assert close_batch(connection, own, books.now)["count"] == MOST_ITEMS + 5
    ((names,),) = books.rows(select(OCCASION.c.names).where(OCCASION.c.id == own))
    assert len(json.loads(names)["batch"]["items"]) == MOST_ITEMS


def test_a_batchs_instance_starts_when_it_closes(books: Books) -> None:
    """Its start waits, is due then, and brings no words of anybody; those stay with the occasion."""
    books.publish(WEEKLY)
    books.take(order("o1"))
    (row,) = books.rows(select(OUTBOX))
    closes = books.now + 7 * DAY
    assert row.not_before == closes
    payload = json.loads(row.payload)
    assert (payload["due"], payload["names"]["batch"]) == (closes, {})
    own = payload["batch"]
    for _ in range(2):
        with books.database.begin() as connection:
            assert close_batch(connection, own, closes) == {"count": 1, "amount": 60_00}
    ((names,),) = books.rows(select(OCCASION.c.names).where(OCCASION.c.id == own))
    assert [item["id"] for item in json.loads(names)["batch"]["items"]] == ["o1"]
