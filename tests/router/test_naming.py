"""The order that an occasion names: the one with which it comes to stand, whatever comes late, moves or is refunded."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from punchcard.domain.database import table
from punchcard.domain.erasing import erase_customer
from punchcard.domain.instances import JournalEntry
from punchcard.plan.conditions import Apply, Const, Field
from punchcard.plan.model import After, If, OrderField, Wait
from punchcard.plan.triggers import OrderTrigger, SpendTrigger
from tests.router.books import INSTANCE, OCCASION, OUTBOX, Books, order, refund
from tests.router.campaigns import DAY, PUBLISHED, SPEND, WEEKLY, campaign

JOURNAL = table(JournalEntry)
FIRST = campaign("first", OrderTrigger(first=True))
JUNE = "2026-06-{:02}T10:00:00+00:00"


def on(day: int) -> str:
    """Return an instant in June."""
    return JUNE.format(day)


def told(books: Books) -> list[tuple[str, str]]:
    """Return what each instance was told, with the order where it is told of one."""
    rows = books.rows(select(OUTBOX).order_by(OUTBOX.c.created_at, OUTBOX.c.instance_id, OUTBOX.c.seq))
    return [(row.kind, _order(json.loads(row.payload))) for row in rows]


def _order(payload: dict[str, Any]) -> str:
    found = payload.get("order") or payload.get("names", {}).get("order", {})
    return str(found.get("id", ""))


def named(books: Books) -> set[str]:
    """Return the orders that standing occasions name."""
    return set(books.named().values())


def test_the_next_order_is_the_first_once_the_first_is_refunded(books: Books) -> None:
    """The occasion stands without interruption, and its instance is told of the other order, once."""
    books.publish(FIRST)
    books.take(order("o1", at=on(1)))
    books.take(order("o2", at=on(2), amount="70.00"))
    books.take(refund("r1", "o1"))
    books.take(refund("r1", "o1"))
    assert named(books) == {"shop/o2"}
    assert told(books) == [("start", "o1"), ("order", "o2")]
    assert books.rows(select(OCCASION.c.occurred_at, OCCASION.c.status))[0].status == "standing"


def test_one_batch_of_a_refund_and_an_order_is_an_exchange(books: Books) -> None:
    """The occasion stands all the time, so nothing falls."""
    books.publish(FIRST)
    books.take(order("o1", at=on(1)))
    books.take(refund("r1", "o1"), order("o2", at=on(2)))
    assert told(books) == [("start", "o1"), ("order", "o2")]


def test_an_occasion_that_stands_again_names_the_order_by_which_it_does(books: Books) -> None:
    """Its next generation goes on with that one."""
    books.publish(FIRST)
    books.take(order("o1", at=on(1)))
    books.take(refund("r1", "o1"))
    books.take(order("o2", at=on(3), amount="70.00"))
    assert named(books) == {"shop/o2"}
    assert told(books) == [("start", "o1"), ("reverse", ""), ("start", "o2")]
    payload = json.loads(
        books.rows(select(OUTBOX.c.payload).order_by(OUTBOX.c.instance_id.desc()))[0].payload
    )
    assert payload["order"] == {**payload["order"], "id": "o2", "amount": 70_00, "delivered": True}


def test_a_late_order_that_came_before_is_the_first(books: Books) -> None:
    """Business time decides, and the occasion keeps the time at which it arose."""
    books.publish(FIRST)
    books.take(order("o2", at=on(5)))
    before = books.rows(select(OCCASION.c.occurred_at))
    books.take(order("o1", at=on(1)))
    assert named(books) == {"shop/o1"}
    assert books.rows(select(OCCASION.c.occurred_at)) == before
    books.take(order("o0", at=on(9)))
    assert told(books) == [("start", "o2"), ("order", "o1")]


def test_an_order_that_is_moved_in_time_may_change_who_is_first(books: Books) -> None:
    """By a revision that changes nothing else."""
    books.publish(FIRST)
    books.take(order("o1", at=on(1)), order("o2", at=on(2)))
    books.take(order("o1", at=on(3), revision=1))
    assert named(books) == {"shop/o2"}


def test_a_late_order_that_completes_a_crossing_is_not_always_the_one_it_names(books: Books) -> None:
    """400 on the fifth, and 200 of the first that come in later: the crossing happened on the fifth."""
    books.publish(campaign("spend", SpendTrigger(every=500_00)))
    books.take(order("o5", at=on(5), amount="400.00"))
    books.take(order("o1", at=on(1), amount="200.00"))
    row = books.rows(select(OCCASION))[0]
    named_order = json.loads(row.names)["order"]
    assert (named_order["id"], named_order["occurred_at"]) == ("o5", row.occurred_at)


def test_crossings_move_to_later_orders(books: Books) -> None:
    """A refund of an early order moves each crossing behind it, and the last one falls."""
    books.publish(SPEND)
    books.take(*(order(f"o{day}", at=on(day), amount="60.00") for day in range(1, 6)))
    assert books.named() == {("spend", "ann", str(n)): f"shop/o{day}" for n, day in ((1, 2), (2, 4), (3, 5))}
    books.take(refund("r1", "o1"))
    assert books.named() == {("spend", "ann", str(n)): f"shop/o{day}" for n, day in ((1, 3), (2, 5))}


def test_visits_name_the_order_that_fills_the_row(books: Books) -> None:
    """The first one in its last week; where that is refunded, the next one of the week."""
    books.publish(WEEKLY)
    books.take(order("o1", at=on(1)), order("o8", at=on(8)), order("o9", at=on(9)))
    assert named(books) == {"shop/o8"}
    books.take(refund("r1", "o8"))
    assert named(books) == {"shop/o9"}


def test_what_happens_to_the_order_before_is_no_news_any_more(books: Books) -> None:
    """The refund of the first order reaches nobody; the delivery of the next one does."""
    waits = (Wait(path="1", until=After(DAY), events=("order.refunded", "order.delivered")),)
    books.publish(campaign("first", OrderTrigger(first=True), steps=waits))
    books.take(order("o1", at=on(1), status="paid"), order("o2", at=on(2), status="paid"))
    books.take(refund("r1", "o1"))
    books.take(order("o1", at=on(1), status="delivered", revision=1))
    books.take(order("o2", at=on(2), revision=1))
    assert told(books) == [("start", "o1"), ("order", "o2"), ("deliver", "")]


def test_the_journal_of_an_instance_that_has_ended_says_it(books: Books) -> None:
    """Nobody can be told any more; whether the occasion fell meanwhile or not."""
    books.publish(FIRST)
    books.take(order("o1", at=on(1)), order("o2", at=on(2)))
    with books.database.begin() as connection:
        connection.execute(INSTANCE.update().values(status="closed", outcome="completed"))
    books.take(refund("r1", "o1"))
    books.take(refund("r2", "o2"))
    books.take(order("o3", at=on(4)))
    assert [kind for kind, _ in told(books)] == ["start"]
    lines = books.rows(select(JOURNAL).where(JOURNAL.c.kind == "taken_over").order_by(JOURNAL.c.id))
    found = [json.loads(row.data) for row in lines]
    assert [(each["instead_of"]["id"], each["order"]["id"]) for each in found] == [("o1", "o2"), ("o2", "o3")]


def test_who_is_held_out_has_the_order_too(books: Books) -> None:
    """There is no instance to tell."""
    books.publish(campaign("first", OrderTrigger(first=True), holdout=10_000))
    books.take(order("o1", at=on(1)), order("o2", at=on(2)))
    books.take(refund("r1", "o1"))
    assert (named(books), told(books)) == ({"shop/o2"}, [])


def test_an_order_that_comes_to_another_customer_leaves_the_first_one(books: Books) -> None:
    """Each customer's occasion names an order of their own."""
    books.publish(FIRST)
    books.take(order("o1", at=on(1)), order("o2", at=on(2)), order("p2", "ben", at=on(2)))
    books.take(order("o1", "ben", at=on(1), revision=1))
    assert books.named() == {("first", "ann", "1"): "shop/o2", ("first", "ben", "1"): "shop/o1"}


def test_an_order_that_was_before_the_campaign_and_is_not_any_more(books: Books) -> None:
    """It made all others late ones; now the first of them is named, whichever came in before."""
    books.publish(FIRST)
    books.take(order("o1", at="2026-05-20T10:00:00+00:00"))
    books.take(order("o1", at=on(3), revision=1), order("o2", at=on(1)))
    assert named(books) == {"shop/o2"}


def test_what_a_campaign_finds_when_it_is_published_names_orders_the_same_way(books: Books) -> None:
    """Occasions that are historical, too, and they go on to."""
    books.take(*(order(f"o{day}", at=on(day), amount="60.00") for day in (4, 2, 3, 1)))
    books.publish(SPEND, FIRST, WEEKLY)
    assert books.named() == {
        ("spend", "ann", "1"): "shop/o2",
        ("spend", "ann", "2"): "shop/o4",
        ("first", "ann", "1"): "shop/o1",
    }
    books.take(refund("r1", "o1"))
    assert books.named() == {("spend", "ann", "1"): "shop/o3", ("first", "ann", "1"): "shop/o2"}
    assert told(books) == []


def test_what_was_carried_over_counts_before_all_orders(books: Books) -> None:
    """70 were saved up under the rule before: the first order crosses."""
    books.publish(campaign("spend", SpendTrigger(every=100_00)))
    books.take(order("o1", at=on(1), amount="70.00"))
    later = PUBLISHED + 10 * DAY
    books.publish(campaign("spend", SpendTrigger(every=90_00)), at=later)
    books.take(order("o9", at=on(9), amount="20.00"), order("o8", at=on(8), amount="30.00"))
    assert named(books) == {"shop/o8"}
    books.take(refund("r8", "o8"))
    assert named(books) == {"shop/o9"}


def test_instances_are_told_only_what_they_read_of_what_the_shop_says(books: Books) -> None:
    """The rest stays with the occasion, where messages find it and it can be erased; other types are nothing."""
    asked = Apply("==", (Field(("order", "channel"), type="text"), Const("web")))
    steps = (If(path="1", condition=asked, source=""),)
    own = (OrderField("channel", "text"), OrderField("note", "text"), OrderField("boxes", "number"))
    books.publish(campaign("first", OrderTrigger(first=True), steps=steps, order_fields=own))
    said = {"channel": "web", "note": "for my mother", "boxes": "many", "till": 4}
    first, second = order("o1", at=on(1)), order("o2", at=on(2))
    first["data"]["attributes"] = second["data"]["attributes"] = said
    books.take(first)
    books.take(second)
    books.take(refund("r1", "o1"))
    kept = json.loads(books.rows(select(OCCASION.c.names))[0].names)["order"]
    assert {name: kept[name] for name in kept if name in said} == {"channel": "web", "note": "for my mother"}
    for row in books.rows(select(OUTBOX.c.payload)):
        payload = json.loads(row.payload)
        told_of = payload.get("order") or payload["names"]["order"]
        assert {name for name in told_of if name in said} == {"channel"}


def test_what_the_shop_says_of_an_order_is_erased_with_the_customer(books: Books) -> None:
    """Its number and amount stay."""
    books.publish(campaign("first", OrderTrigger(first=True), order_fields=(OrderField("note", "text"),)))
    first = order("o1", at=on(1))
    first["data"]["attributes"] = {"note": "for my mother"}
    books.take(first)
    with books.database.begin() as connection:
        erase_customer(connection, "ann", "test", books.now)
    kept = json.loads(books.rows(select(OCCASION.c.names))[0].names)["order"]
    assert kept["id"] == "o1"
    assert "note" not in kept
