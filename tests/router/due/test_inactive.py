"""Silence is found once for each last order, also when an order arrives late."""

from __future__ import annotations

import json

from sqlalchemy import select

from punchcard.plan.triggers import (
    InactiveTrigger,
)
from tests.router.books import OCCASION, Books, order
from tests.router.campaigns import DAY, HOUR, campaign
from tests.router.sweeping import BEGIN, BERLIN, NEW_YORK, at, found, know, orders, sweep

WIN_BACK = campaign("win-back", InactiveTrigger(millis=90 * DAY), timezone=NEW_YORK)


def test_silence_is_found_once_for_each_last_order(each_books: Books) -> None:
    """An order in time prevents it, one after it begins another silence."""
    books = each_books
    books.publish(WIN_BACK, at=BEGIN)
    orders(books, "ann", "2026-05-02T10:00", "2026-05-03T10:00")
    orders(books, "bob", "2026-05-03T11:00", "2026-07-20T10:00")
    sweep(books, at("2026-08-01T09:59"))
    assert found(books) == {}
    first = ("ann", "inactive/shop/o-ann-2026-05-03T10:00")
    sweep(books, at("2026-08-01T10:00"), at("2026-08-01T10:01"), at("2026-08-02T00:00"))
    assert found(books) == {first: "2026-08-01 10:00"}
    (row,) = books.rows(select(OCCASION))
    assert json.loads(row.names)["order"]["id"] == "o-ann-2026-05-03T10:00"
    assert row.order_id is not None
    orders(books, "ann", "2026-08-03T10:00")
    sweep(books, *range(at("2026-08-03T11:00"), at("2026-11-02T00:00"), DAY))
    assert found(books) == {
        first: "2026-08-01 10:00",
        ("bob", "inactive/shop/o-bob-2026-07-20T10:00"): "2026-10-18 10:00",
        ("ann", "inactive/shop/o-ann-2026-08-03T10:00"): "2026-11-01 10:00",
    }
    books.check()


def test_who_was_silent_before_the_campaign_is_left_out(books: Books) -> None:
    """Publishing sends nothing by itself."""
    orders(books, "ann", "2026-01-02T10:00")
    orders(books, "bob", "2026-04-02T10:00")
    books.publish(WIN_BACK, at=BEGIN)
    sweep(books, *range(BEGIN, at("2026-07-03T00:00"), DAY))
    assert [name for name, _ in found(books)] == ["bob"]


def test_an_order_that_does_not_count_breaks_no_silence(books: Books) -> None:
    """Neither one that was refunded nor one that was never paid."""
    books.publish(WIN_BACK, at=BEGIN)
    orders(books, "ann", "2026-05-02T10:00")
    orders(books, "ann", "2026-06-02T10:00", status="placed")
    orders(books, "ann", "2026-06-03T10:00", status="cancelled")
    sweep(books, at("2026-07-31T10:00"))
    assert [name for name, _ in found(books)] == ["ann"]


def test_an_order_that_arrives_late_is_caught_up(books: Books) -> None:
    """It was placed long ago, and nobody knew; its silence was over a day before."""
    books.publish(WIN_BACK, at=BEGIN)
    sweep(books, at("2026-08-10T00:00"))
    books.at(at("2026-08-10T00:30"))
    books.take(
        order("late", "ann", at="2026-05-10T12:00+00:00"), order("older", "bob", at="2026-05-05T12:00+00:00")
    )
    sweep(books, at("2026-08-10T02:00"), at("2026-08-10T03:00"))
    assert found(books) == {("ann", "inactive/shop/late"): "2026-08-08 12:00"}


def test_months_of_silence_are_those_of_the_calendar(books: Books) -> None:
    """From the 30th of November to the last of February, at the same local time."""
    plan = campaign("win-back", InactiveTrigger(months=3), timezone=NEW_YORK)
    books.publish(plan, at=at("2026-11-01T00:00"))
    orders(books, "ann", "2026-11-30T17:00")
    know(books, "ann", at("2026-11-30T18:00"), timezone=BERLIN)
    sweep(books, at("2027-02-28T16:59"))
    assert found(books) == {}
    sweep(books, at("2027-02-28T18:00"))
    assert list(found(books).values()) == ["2027-02-28 17:00"]


def test_silence_ends_at_a_time_of_day(each_books: Books) -> None:
    """The next such time in the customer's zone, the very minute included."""
    books = each_books
    plan = campaign("win-back", InactiveTrigger(millis=90 * DAY, minute=10 * 60), timezone=NEW_YORK)
    books.publish(plan, at=BEGIN)
    orders(books, "ann", "2026-05-03T23:30")
    orders(books, "bob", "2026-05-03T14:00")
    sweep(books, *range(at("2026-07-31T00:00"), at("2026-08-04T00:00"), HOUR))
    assert found(books) == {
        ("ann", "inactive/shop/o-ann-2026-05-03T23:30"): "2026-08-02 14:00",
        ("bob", "inactive/shop/o-bob-2026-05-03T14:00"): "2026-08-01 14:00",
    }
