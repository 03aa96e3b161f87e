"""Ingest: what is answered for each event, and what follows from it in the same transaction."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from punchcard.domain.customers import Consent, Customer
from punchcard.domain.database import Database, table
from punchcard.domain.events import Event
from punchcard.domain.rewards import Reward
from punchcard.plan.model import After, Wait
from punchcard.plan.triggers import OrderTrigger
from tests.router.books import INSTANCE, ORDER, OUTBOX, Books, order, refund, review
from tests.router.campaigns import DAY, EACH, NOW, SPEND, VISIT, campaign

EVENT, CUSTOMER, CONSENT, REWARD = table(Event), table(Customer), table(Consent), table(Reward)
LISTENING = Wait(path="1", until=After(DAY), events=("customer.ordered",))


def statuses(results: list[Any]) -> list[str]:
    """Return what became of each item."""
    return [result.status for result in results]


def test_each_item_is_answered_for_itself(books: Books) -> None:
    """New, repeated, contradicting and malformed events stand in one batch, and each has its own answer."""
    wrong = order("o2") | {"surprise": 1}
    answers = books.take(order("o1"), order("o1"), order("o1", amount="61.00"), wrong, "no event")  # type: ignore[arg-type]
    assert statuses(answers) == ["accepted", "duplicate", "conflict", "invalid", "invalid"]
    assert [(mistake.field) for mistake in answers[3].errors] == ["surprise"]
    assert [answer.id for answer in answers] == ["o1", "o1", "o1", "o2", None]


def test_a_repeated_event_changes_nothing(books: Books) -> None:
    """The same content again, in another batch too, is a duplicate, whatever the order of its fields."""
    books.publish(SPEND)
    books.take(order("o1", amount="100.00"))
    again = dict(reversed(list(order("o1", amount="100.00").items())))
    assert statuses(books.take(again, again)) == ["duplicate", "duplicate"]
    assert books.progress() == {("spend", "ann"): (100_00, 0, 1)}


def test_the_same_instant_under_another_offset_is_the_same_content(books: Books) -> None:
    """12:00+02:00 is 10:00Z."""
    books.take(order("o1", at="2026-06-01T12:00:00.123+02:00"))
    assert statuses(books.take(order("o1", at="2026-06-01T10:00:00.123Z"))) == ["duplicate"]
    assert books.rows(select(ORDER.c.occurred_at))[0].occurred_at % 1000 == 123


def test_an_order_may_come_again_with_a_higher_revision(books: Books) -> None:
    """A higher revision replaces the order, a lower one that comes late does not."""
    answers = books.take(order("o1", revision=2, amount="30.00"), order("o1", revision=1, amount="99.00"))
    assert statuses(answers) == ["accepted", "accepted"]
    assert [row.net for row in books.rows(select(ORDER.c.net))] == [30_00]
    assert statuses(books.take(order("o1", revision=2, amount="31.00"))) == ["conflict"]


def test_an_id_is_used_once_for_each_source(books: Books) -> None:
    """A refund cannot take the id of an order, but another source can."""
    books.take(order("o1"))
    answer = books.take(refund("o1", "o2"))[0]
    assert (answer.status, answer.errors[0].field) == ("conflict", "id")
    assert statuses(books.ingest("till", [order("o1", "ben")])) == ["accepted"]


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (refund("r1", "o1", amount="5.00", currency="EUR"), "data.amount.currency"),
        (refund("r1", "o1", lines=[("a", 1), ("z", 1)]), "data.lines.1.id"),
        (review("e1", "ann", "tea") | {"type": "unheard_of"}, "type"),
        (order("o2", at="2026-07-07T20:31:41+00:00"), "occurred_at"),
        (order("o2") | {"customer": None}, "customer"),
        (review("e1", "ann", "tea") | {"revision": 1}, "revision"),
    ],
)
def test_what_contradicts_the_books_is_refused_with_its_field(
    books: Books, event: dict[str, Any], field: str
) -> None:
    """A refund in another currency or of an unknown line, an unknown type, an instant ahead, nobody's order."""
    books.publish()
    books.take(order("o1", lines=[("a", 2, "60.00")]))
    answer = books.take(event)[0]
    assert (answer.status, [mistake.field for mistake in answer.errors]) == ("invalid", [field])
    assert len(books.rows(select(EVENT))) == 1


def test_data_that_does_not_fit_its_schema_is_refused_with_its_path(books: Books) -> None:
    """Named events are checked against the registered schema."""
    from punchcard.domain.event_types import register

    schema = {"type": "object", "properties": {"rating": {"type": "integer", "maximum": 5}}}
    with books.database.begin() as connection:
        register(connection, "review", schema, NOW)
    answer = books.take(review("e1", "ann", "tea", rating=6))[0]
    assert (answer.status, answer.errors[0].field) == ("invalid", "data.rating")


def test_a_refund_is_held_until_its_order_comes(books: Books) -> None:
    """The refund comes first; the order never counts in full."""
    books.publish(SPEND)
    assert statuses(books.take(refund("r1", "o1", amount="40.00"))) == ["accepted"]
    books.take(order("o1", amount="100.00"))
    assert books.progress() == {("spend", "ann"): (60_00, 0, 0)}


def test_a_profile_keeps_what_is_left_out_and_the_latest_word_counts(books: Books) -> None:
    """Null removes, an older profile changes nothing, and consent follows its own latest word."""

    def profile(id: str, at: str, **data: Any) -> dict[str, Any]:
        return {"id": id, "type": "profile", "customer": "ann", "occurred_at": at, "data": data}

    yes = {"channel": "email", "purpose": "marketing", "granted": True}
    books.take(
        profile("p1", "2026-06-02T10:00:00Z", first_name="Ann", email="a@example.com", consents=[yes]),
        profile("p2", "2026-06-01T10:00:00Z", first_name="Old", consents=[yes | {"granted": False}]),
        profile("p3", "2026-06-03T10:00:00Z", email=None, attributes={"vip": True}),
    )
    row = books.rows(select(CUSTOMER))[0]
    assert (row.first_name, row.email, row.attributes) == ("Ann", None, '{"vip":true}')
    assert [each.granted for each in books.rows(select(CONSENT.c.granted))] == [True]


def test_a_redemption_tells_the_instance_and_is_refused_the_second_time(books: Books) -> None:
    """A code that a till reports is used up, and the instance that gave it hears of that."""
    books.publish(SPEND)
    books.take(order("o1", amount="100.00"))
    give(books, "NX7K-4GTP-W9CR")
    use = {
        "id": "u1",
        "type": "redemption",
        "occurred_at": "2026-06-03T10:00:00Z",
        "data": {"code": "nx7k4gtpw9cr"},
    }
    assert statuses(books.take(use, use | {"id": "u2"})) == ["accepted", "invalid"]
    assert statuses(books.take(use)) == ["duplicate"]
    refused, other = use | {"id": "u2"}, use | {"id": "u3"}
    assert statuses(books.take(refused, other, other)) == ["invalid", "invalid", "invalid"]
    told = books.rows(select(OUTBOX).where(OUTBOX.c.seq > 1))
    assert [json.loads(row.payload)["name"] for row in told] == ["coupon.redeemed"]


def give(books: Books, code: str) -> None:
    """Give the only occasion a reward, as its instance would."""
    instance = books.rows(select(INSTANCE))[0]
    values = {"occasion_id": instance.occasion_id, "instance_id": instance.id, "customer_id": 1, "key": "1#1"}
    terms = {"campaign": "spend", "name": "coupon", "kind": "share", "value": 2000, "currency": "USD"}
    with books.database.begin() as connection:
        connection.execute(
            REWARD.insert().values(**values, **terms, code=code, status="issued", issued_at=NOW)
        )


def test_instances_that_listen_hear_what_their_customer_does(books: Books) -> None:
    """An order is told to the customer's open instances that wait for one: not to others, nor to what it causes."""
    books.publish(campaign("welcome", OrderTrigger(first=True), steps=(LISTENING,)), EACH)
    books.take(order("o1"), order("o2", "ben"))
    assert [kind for _, _, kind in books.told()] == ["start"] * 4
    books.take(order("o3"), order("o4", status="cancelled"))
    heard = books.rows(select(OUTBOX).where(OUTBOX.c.kind == "deliver"))
    assert [(row.instance_id, json.loads(row.payload)) for row in heard] == [
        ("welcome.e1.c1.1.g1", {"name": "customer.ordered", "data": {"order": "o3"}, "at": NOW})
    ]


def test_named_events_reach_listeners_too(books: Books) -> None:
    """A review is told to instances that wait for `customer.review`."""
    books.publish(VISIT)
    books.take(review("e1", "ann", "tea"))
    books.take(review("e2", "ann", "pot"))
    kinds = [(name[-3:], seq, kind) for name, seq, kind in books.told()]
    assert sorted(kinds) == [(".g1", 1, "start"), (".g1", 1, "start"), (".g1", 2, "deliver")]


def test_history_rewards_nobody_and_tells_nobody(books: Books) -> None:
    """What is imported as history counts where the campaign says so, and starts and wakes nothing."""
    books.publish(SPEND, VISIT)
    books.take(review("e1", "ann", "tea"))
    books.take(order("h1", amount="250.00"), review("h2", "ann", "tea"), history=True)
    assert books.dispositions("spend") == {
        ("ann", "1"): ("standing", "historical"),
        ("ann", "2"): ("standing", "historical"),
    }
    assert len(books.told()) == 1
    books.take(order("o1", amount="50.00"))
    assert books.dispositions("spend")["ann", "3"] == ("standing", "started")


def test_a_batch_that_meets_a_deadlock_is_taken_again(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first attempt is rolled back by the database; the sender does not notice."""
    begin = Database.begin
    met = threading.Event()

    @contextmanager
    def meeting(database: Database) -> Iterator[Connection]:
        with begin(database) as connection:
            yield connection
            if not met.is_set():
                met.set()
                raise OperationalError("", None, Deadlock())

    monkeypatch.setattr(Database, "begin", meeting)
    assert statuses(books.take(order("o1"), {"id": "x"})) == ["accepted", "invalid"]
    assert met.is_set()
    assert len(books.rows(select(EVENT))) == 1


class Deadlock(Exception):
    """What PostgreSQL's driver reports of a deadlock."""

    sqlstate = "40P01"


def test_what_is_no_collision_is_not_tried_again(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is away says so at once."""

    @contextmanager
    def away(_database: Database) -> Iterator[Connection]:
        raise OperationalError("", None, OSError("away"))
        yield

    monkeypatch.setattr(Database, "begin", away)
    with pytest.raises(OperationalError):
        books.take(order("o1"))
