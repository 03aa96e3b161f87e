"""Customers whose time zone becomes another one: nobody is passed over for it, and nobody is due twice."""

from __future__ import annotations

import pytest

from punchcard.plan.triggers import (
    AnniversaryTrigger,
    BirthdayTrigger,
    InactiveTrigger,
    RewardTrigger,
    ScheduleTrigger,
    Trigger,
)
from tests.router.books import Books
from tests.router.campaigns import DAY, HOUR, campaign
from tests.router.due.test_reward import give
from tests.router.sweeping import BEGIN, NEW_YORK, TOKYO, at, found, know, orders, sweep

NINE = 540
# Nine o'clock of the 4th of May: in Tokyo at midnight, in New York at one in the afternoon, by UTC.
TRIGGERS: dict[str, tuple[Trigger, str]] = {
    "birthday": (BirthdayTrigger(), "birthday/2026"),
    "date": (ScheduleTrigger(date="2026-05-04"), "schedule/2026-05-04T09:00"),
    "joining": (AnniversaryTrigger(of="joining"), "anniversary/2026"),
    "anniversary": (AnniversaryTrigger(of="member_since"), "anniversary/2026"),
    "inactive": (InactiveTrigger(millis=30 * DAY, minute=NINE), "inactive/shop/o-ann-2026-04-03T23:00"),
    "reward": (RewardTrigger(of="save", expires_in=7 * DAY, minute=NINE), ""),
}


def begin(books: Books, kind: str, zone: str | None) -> None:
    """Publish a campaign, and let a customer be known to whom something comes round on the 4th of May."""
    joined = at("2025-05-04T06:00")
    know(
        books, "ann", joined, birthday="1984-05-04", timezone=zone, attributes={"member_since": "2020-05-04"}
    )
    orders(books, "ann", "2026-04-03T23:00")
    if kind == "reward":
        give(books, "ann", "2026-05-01T00:00", "2026-05-11T14:59")
    books.publish(campaign(kind, TRIGGERS[kind][0], timezone=NEW_YORK), at=BEGIN)


def dues(books: Books, kind: str) -> list[str]:
    """Return when the customer was due."""
    identity = TRIGGERS[kind][1]
    return [when for (_, found_as), when in found(books).items() if identity in ("", found_as)]


@pytest.mark.parametrize("kind", TRIGGERS)
def test_who_moves_to_where_it_is_over_is_not_passed_over(each_books: Books, kind: str) -> None:
    """In Tokyo it was nine long ago when Tokyo became known; the day would have come in New York later."""
    books = each_books
    begin(books, kind, None)
    sweep(books, *range(BEGIN, at("2026-05-04T05:00"), 6 * HOUR), at("2026-05-04T05:00"))
    assert dues(books, kind) == []
    know(books, "ann", at("2026-05-04T06:00"), timezone=TOKYO)
    sweep(books, *range(at("2026-05-04T06:01"), at("2026-05-06T00:00"), HOUR))
    assert dues(books, kind) == ["2026-05-04 00:00"]
    books.check()


@pytest.mark.parametrize("kind", TRIGGERS)
def test_who_moves_to_where_it_has_yet_to_come_is_not_due_again(books: Books, kind: str) -> None:
    """It was nine in Tokyo; nine in New York is the same nine."""
    begin(books, kind, TOKYO)
    sweep(books, *range(BEGIN, at("2026-05-04T05:00"), 6 * HOUR), at("2026-05-04T05:00"))
    know(books, "ann", at("2026-05-04T06:00"), timezone=None)
    sweep(books, *range(at("2026-05-04T06:01"), at("2026-05-06T00:00"), HOUR))
    assert dues(books, kind) == ["2026-05-04 00:00"]
