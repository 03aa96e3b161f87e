"""Dates and rhythms are served by each customer's clock or the campaign's, whatever the clocks do."""

from __future__ import annotations

import json

from sqlalchemy import select

from punchcard.plan.conditions import Apply, Const, Field
from punchcard.plan.triggers import (
    ScheduleTrigger,
)
from tests.router.books import OCCASION, Books
from tests.router.campaigns import DAY, HOUR, campaign
from tests.router.sweeping import BEGIN, BERLIN, NEW_YORK, TOKYO, at, found, know, orders, sweep


def test_a_date_is_served_by_each_customers_clock(each_books: Books) -> None:
    """And only to those who were known when it came."""
    books = each_books
    books.publish(
        campaign("sale", ScheduleTrigger(date="2026-05-04", minutes=(18 * 60,)), timezone=NEW_YORK), at=BEGIN
    )
    for name, zone in {"bea": BERLIN, "tom": TOKYO, "ann": None}.items():
        know(books, name, BEGIN, timezone=zone)
    sweep(books, at("2026-05-04T08:59"), at("2026-05-04T09:00"))
    know(books, "new", at("2026-05-04T16:30"), timezone=BERLIN)
    sweep(books, at("2026-05-04T17:00"), at("2026-05-05T00:00"), at("2026-05-06T00:00"))
    identity = "schedule/2026-05-04T18:00"
    assert found(books) == {
        ("tom", identity): "2026-05-04 09:00",
        ("bea", identity): "2026-05-04 16:00",
        ("ann", identity): "2026-05-04 22:00",
    }


def test_by_the_campaigns_clock_all_are_due_at_once(books: Books) -> None:
    """`zone: campaign`."""
    trigger = ScheduleTrigger(weekdays=(0,), zone="campaign")
    books.publish(campaign("monday", trigger, timezone=NEW_YORK), at=BEGIN)
    for name, zone in {"bea": BERLIN, "tom": TOKYO, "ann": None}.items():
        know(books, name, BEGIN, timezone=zone)
    sweep(books, *range(BEGIN, at("2026-05-13T00:00"), DAY))
    assert sorted(set(found(books).values())) == ["2026-05-04 13:00", "2026-05-11 13:00"]
    assert len(found(books)) == 6


def test_in_a_gap_the_next_valid_instant_counts_and_in_an_overlap_the_first(books: Books) -> None:
    """At half past two in New York, in March and in November; each day is served once."""
    trigger = ScheduleTrigger(minutes=(150,))
    books.publish(campaign("early", trigger, timezone=NEW_YORK), at=at("2026-03-01T00:00"))
    know(books, "ann", at("2026-03-01T00:00"))
    sweep(books, *range(at("2026-03-07T12:00"), at("2026-03-09T12:00"), HOUR))
    sweep(books, *range(at("2026-10-31T12:00"), at("2026-11-02T12:00"), HOUR // 2))
    spring = {day: when for (_, day), when in found(books).items() if "2026-03-0" in day}
    autumn = {day: when for (_, day), when in found(books).items() if "2026-11" in day}
    assert spring["schedule/2026-03-08T02:30"] == "2026-03-08 07:00"
    assert spring["schedule/2026-03-09T02:30"] == "2026-03-09 06:30"
    assert autumn == {
        "schedule/2026-11-01T02:30": "2026-11-01 07:30",
        "schedule/2026-11-02T02:30": "2026-11-02 07:30",
    }


def test_an_hour_that_comes_twice_is_served_once(books: Books) -> None:
    """Half past one in New York on the first of November: the first of the two."""
    books.publish(
        campaign("early", ScheduleTrigger(minutes=(90,)), timezone=NEW_YORK), at=at("2026-10-31T12:00")
    )
    know(books, "ann", at("2026-10-31T12:00"))
    sweep(books, *range(at("2026-10-31T12:00"), at("2026-11-01T12:00"), HOUR // 4))
    assert found(books) == {("ann", "schedule/2026-11-01T01:30"): "2026-11-01 05:30"}


def test_weeks_are_counted_from_the_first_day(books: Books) -> None:
    """Every two of them."""
    books.publish(campaign("news", ScheduleTrigger(each=14), timezone="UTC", starts="2026-05-04"), at=BEGIN)
    know(books, "ann", BEGIN)
    sweep(books, *range(BEGIN, at("2026-06-03T00:00"), DAY))
    assert list(found(books).values()) == ["2026-05-04 09:00", "2026-05-18 09:00", "2026-06-01 09:00"]


RICH = Apply(">", (Field(("customer", "spent")), Const(100_00)))
GERMAN = Apply("==", (Field(("customer", "language")), Const("de")))


def test_a_filter_is_decided_once_and_what_it_saw_is_kept(each_books: Books) -> None:
    """Who comes to meet it after the time is not due any more."""
    books = each_books
    trigger = ScheduleTrigger(date="2026-05-04", where=Apply("and", (RICH, GERMAN)))
    books.publish(campaign("sale", trigger, timezone="UTC"), at=BEGIN)
    for name, language in {"ann": "de", "bob": "de", "cid": "en"}.items():
        know(books, name, BEGIN, language=language)
    orders(books, "ann", "2026-05-01T10:00", amount="150.00")
    orders(books, "cid", "2026-05-01T10:00", amount="150.00")
    sweep(books, at("2026-05-04T09:01"))
    orders(books, "bob", "2026-05-04T10:00", amount="150.00")
    sweep(books, at("2026-05-04T12:00"), at("2026-05-05T12:00"))
    (row,) = books.rows(select(OCCASION))
    assert json.loads(row.decided) == {
        "met": True,
        "operands": {"customer.spent": 150_00, "customer.language": "de"},
    }
