"""Anniversaries are celebrated each year, of joining, of the first order and of dates of one's own."""

from __future__ import annotations

import json

from sqlalchemy import select

from punchcard.plan.triggers import (
    AnniversaryTrigger,
)
from tests.router.books import OCCASION, Books
from tests.router.campaigns import DAY, campaign
from tests.router.sweeping import NEW_YORK, TOKYO, at, found, know, orders, sweep


def test_joining_is_celebrated_each_year_in_the_customers_zone(each_books: Books) -> None:
    """By the local day on which they became known; who joined on a leap day keeps the 28th in other years."""
    books = each_books
    for name, when, zone in (
        ("ann", "2027-05-05T03:00", NEW_YORK),
        ("tom", "2027-05-04T16:00", TOKYO),
        ("leo", "2028-02-29T12:00", "UTC"),
    ):
        know(books, name, at(when), timezone=zone)
    plan = campaign("years", AnniversaryTrigger(), timezone=NEW_YORK)
    books.publish(plan, at=at("2028-03-01T00:00"))
    sweep(books, *(at(day) for day in ("2028-05-04T14:00", "2028-05-05T01:00", "2028-05-06T00:00")))
    sweep(books, at("2029-02-28T09:00"), at("2029-03-02T09:00"), at("2029-05-06T00:00"))
    assert found(books) == {
        ("ann", "anniversary/2028"): "2028-05-04 13:00",
        ("tom", "anniversary/2028"): "2028-05-05 00:00",
        ("leo", "anniversary/2029"): "2029-02-28 09:00",
        ("ann", "anniversary/2029"): "2029-05-04 13:00",
        ("tom", "anniversary/2029"): "2029-05-05 00:00",
    }
    years = {row.identity: json.loads(row.names)["occasion"]["years"] for row in books.rows(select(OCCASION))}
    assert years == {"anniversary/2028": 1, "anniversary/2029": years["anniversary/2029"]}


def test_the_first_order_and_dates_of_ones_own_are_celebrated(each_books: Books) -> None:
    """An order that does not count begins nothing, and text that is no date neither."""
    books = each_books
    orders(books, "ann", "2026-05-04T10:00", status="placed")
    orders(books, "ann", "2026-06-04T10:00", "2026-07-04T10:00")
    know(books, "bob", at("2026-07-05T10:00"), attributes={"member_since": "2020-06-07", "note": "x"})
    know(
        books, "cid", at("2026-07-05T10:00"), attributes={"member_since": "some-06-07", "other": "2020-06-07"}
    )
    first = campaign("first", AnniversaryTrigger(of="first_order"), timezone="UTC")
    member = campaign("member", AnniversaryTrigger(of="member_since", days_before=2), timezone="UTC")
    books.publish(first, member, at=at("2027-05-01T00:00"))
    sweep(books, *range(at("2027-05-01T00:00"), at("2027-08-01T00:00"), 2 * DAY))
    assert found(books) == {
        ("ann", "anniversary/2027"): "2027-06-04 09:00",
        ("bob", "anniversary/2027"): "2027-06-05 09:00",
    }
