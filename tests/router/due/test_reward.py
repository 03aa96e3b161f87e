"""Rewards are found before they end, and when they are used."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from punchcard.domain.expiring import end_expiring
from punchcard.domain.rewards import REWARD
from punchcard.plan.triggers import (
    RewardTrigger,
)
from punchcard.router.sweep import Sweeper
from punchcard.trial.clock import VirtualClock
from tests.router.books import ALIAS, OCCASION, OUTBOX, Books
from tests.router.campaigns import DAY, HOUR, campaign
from tests.router.sweeping import BEGIN, NEW_YORK, TOKYO, at, found, know, sweep


def give(books: Books, customer: str, issued: str, expires: str | None, **terms: Any) -> int:
    """Give a customer a reward of the campaign `save`, and return its id."""
    whose = next(row.customer_id for row in books.rows(select(ALIAS)) if row.external_id == customer)
    number = len(books.rows(select(REWARD.c.id))) + 1
    values = {
        "occasion_id": number,
        "instance_id": f"save.{number}",
        "campaign": "save",
        "customer_id": whose,
        "key": "1#1",
        "name": "coupon",
        "kind": "share",
        "value": 2000,
        "currency": "USD",
        "code": f"CODE{number}",
        "status": "issued",
        "issued_at": at(issued),
        "expires_at": None if expires is None else at(expires),
        **terms,
    }
    with books.database.begin() as connection:
        return int(connection.execute(REWARD.insert().values(**values).returning(REWARD.c.id)).scalar_one())


def test_a_reward_that_is_unused_a_week_before_its_end_is_found_once(each_books: Books) -> None:
    """Neither a used one, nor one that was given for less than a week, nor another campaign's."""
    books = each_books
    books.publish(campaign("soon", RewardTrigger(of="save", expires_in=7 * DAY)), at=BEGIN)
    for name in ("ann", "bob", "cid", "dan", "eve"):
        know(books, name, BEGIN)
    mine = give(books, "ann", "2026-05-01T00:00", "2026-05-20T12:00")
    give(books, "bob", "2026-05-01T00:00", "2026-05-20T12:00", status="redeemed", redeemed_at=BEGIN)
    give(books, "cid", "2026-05-14T00:00", "2026-05-20T12:00")
    give(books, "dan", "2026-05-01T00:00", "2026-05-20T12:00", campaign="other")
    give(books, "eve", "2026-05-01T00:00", None)
    sweep(books, at("2026-05-13T11:59"))
    assert found(books) == {}
    sweep(books, at("2026-05-13T12:00"), at("2026-05-14T12:00"), at("2026-05-15T12:00"))
    assert found(books) == {("ann", f"expiring/{mine}"): "2026-05-13 12:00"}
    (row,) = books.rows(select(OCCASION))
    assert json.loads(row.names)["given"] == {
        "campaign": "save",
        "code": "CODE1",
        "expires": at("2026-05-20T12:00"),
    }
    (start,) = books.rows(select(OUTBOX.c.payload))
    assert "CODE1" not in start.payload


def test_days_before_the_end_of_a_reward_are_local_days(each_books: Books) -> None:
    """At the trigger's time in the customer's zone, on either side of a change of clocks."""
    books = each_books
    plan = campaign("soon", RewardTrigger(of="save", expires_in=5 * DAY, minute=9 * 60), timezone=NEW_YORK)
    books.publish(plan, at=BEGIN)
    know(books, "ann", BEGIN)
    know(books, "tom", BEGIN, timezone=TOKYO)
    anns = give(books, "ann", "2026-10-01T00:00", "2026-11-04T04:59")
    toms = give(books, "tom", "2026-10-01T00:00", "2026-11-03T14:59")
    give(books, "ann", "2026-10-30T00:00", "2026-11-03T04:59")
    sweep(books, *range(at("2026-10-28T00:00"), at("2026-11-06T00:00"), HOUR))
    assert found(books) == {
        ("ann", f"expiring/{anns}"): "2026-10-29 13:00",
        ("tom", f"expiring/{toms}"): "2026-10-29 00:00",
    }


@pytest.mark.parametrize("ends", ["redeemed", "revoked"])
def test_what_is_used_or_taken_back_is_not_reminded_of(books: Books, ends: str) -> None:
    """The instance that waits for the end of the reward is ended."""
    books.publish(campaign("soon", RewardTrigger(of="save", expires_in=7 * DAY)), at=BEGIN)
    know(books, "ann", BEGIN)
    reward = give(books, "ann", "2026-05-01T00:00", "2026-05-20T12:00")
    sweep(books, at("2026-05-13T12:00"))
    with books.database.begin() as connection:
        row = connection.execute(select(REWARD)).one()
        end_expiring(connection, row.customer_id, [reward], f"reward_{ends}", BEGIN)  # type: ignore[arg-type]
        end_expiring(connection, row.customer_id, [reward + 1], "reward_redeemed", BEGIN)
    told = books.rows(select(OUTBOX.c.kind, OUTBOX.c.payload).where(OUTBOX.c.kind == "command"))
    assert [json.loads(row.payload)["reason"] for row in told] == [f"reward_{ends}"]


def test_a_redemption_is_found_once_also_when_the_till_reports_it_late(books: Books) -> None:
    """As long as it is not overdue by more than the lateness that the campaign allows."""
    books.publish(campaign("used", RewardTrigger(of="save")), at=BEGIN)
    know(books, "ann", BEGIN)
    now = at("2026-05-13T12:00")
    sweep(books, now)
    first = give(books, "ann", "2026-05-01T00:00", None, status="redeemed", redeemed_at=now + 1)
    sweep(books, now + 60_000, now + 120_000)
    late = give(books, "ann", "2026-05-01T00:00", None, status="redeemed", redeemed_at=now - DAY)
    give(books, "ann", "2026-05-01T00:00", None, status="redeemed", redeemed_at=now - 4 * DAY)
    sweep(books, now + HOUR, now + 2 * HOUR)
    assert set(found(books)) == {("ann", f"redeemed/{first}"), ("ann", f"redeemed/{late}")}


@pytest.mark.parametrize("batch", [1, 500])
def test_a_sweep_ends_while_time_goes_on(each_books: Books, batch: int) -> None:
    """However fast it looks, it is always a little later than the last time: that is for the next sweep."""
    books = each_books
    books.publish(campaign("used", RewardTrigger(of="save")), at=BEGIN)
    know(books, "ann", BEGIN)
    now = at("2026-05-13T12:00")
    ids = [
        give(books, "ann", "2026-05-01T00:00", None, status="redeemed", redeemed_at=now - 1 - number)
        for number in range(3)
    ]
    clock = VirtualClock(now)
    sweeper, rounds = Sweeper(books.database, clock, batch), 1
    while sweeper.round().more:
        rounds += 1
        assert rounds < 10
        clock.put(clock.now() + 5)
    assert set(found(books)) == {("ann", f"redeemed/{id}") for id in ids}
