"""Birthdays are served once a year, in the customer's own zone, in leap years and over the turn of a year."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from punchcard.plan.triggers import (
    BirthdayTrigger,
)
from punchcard.router.due.search import NEVER
from tests.router.books import Books
from tests.router.campaigns import DAY, HOUR, campaign
from tests.router.sweeping import BEGIN, BERLIN, NEW_YORK, SWEEP, TOKYO, at, found, know, sweep

BIRTHDAY = campaign("birthday", BirthdayTrigger(), timezone=NEW_YORK)


def test_a_birthday_is_served_at_nine_in_the_customers_own_zone(each_books: Books) -> None:
    """Who has named no zone is served by the campaign's, whose birthday is unknown not at all."""
    books = each_books
    books.publish(BIRTHDAY, at=BEGIN)
    for name, zone in {"bea": BERLIN, "tom": TOKYO, "ann": None}.items():
        know(books, name, BEGIN, birthday="1984-05-04", timezone=zone)
    know(books, "una", BEGIN, timezone=BERLIN)
    know(books, "leo", BEGIN, birthday="1984-05-05")
    sweep(books, at("2026-05-03T23:59"))
    assert found(books) == {}
    sweep(books, at("2026-05-04T00:00"))
    assert found(books) == {("tom", "birthday/2026"): "2026-05-04 00:00"}
    sweep(books, at("2026-05-04T07:01"), at("2026-05-04T13:30"))
    assert found(books) == {
        ("tom", "birthday/2026"): "2026-05-04 00:00",
        ("bea", "birthday/2026"): "2026-05-04 07:00",
        ("ann", "birthday/2026"): "2026-05-04 13:00",
    }
    books.check()


@pytest.mark.parametrize(
    ("born", "days", "due"),
    [
        ("2000-02-29", 0, {"2027": "2027-02-28", "2028": "2028-02-29", "2029": "2029-02-28"}),
        ("2000-02-28", 0, {"2027": "2027-02-28", "2028": "2028-02-28", "2029": "2029-02-28"}),
        ("2000-02-29", 1, {"2027": "2027-02-27", "2028": "2028-02-28", "2029": "2029-02-27"}),
        ("2000-01-03", 7, {"2027": "2026-12-27", "2028": "2027-12-27", "2029": "2028-12-27"}),
        ("2026-12-20", 0, {"2027": "2027-12-20", "2028": "2028-12-20"}),
        ("2028-03-01", 0, {"2029": "2029-03-01"}),
    ],
)
def test_each_birthday_is_served_in_its_year(books: Books, born: str, days: int, due: dict[str, str]) -> None:
    """Also some days before it, where that is the year before; nobody is congratulated on being born."""
    begin = at("2026-12-01T00:00")
    books.publish(replace(BIRTHDAY, trigger=BirthdayTrigger(days_before=days), timezone="UTC"), at=begin)
    know(books, "ann", begin, birthday="2000-01-01")
    with books.database.begin() as connection:
        connection.exec_driver_sql(f"UPDATE customer SET birthday = '{born}', birth_day = '{born[5:]}'")
    sweep(books, *range(begin, at("2029-12-05T00:00"), 3 * DAY))
    expected = {("ann", f"birthday/{year}"): f"{day} 09:00" for year, day in due.items()}
    assert found(books) == expected


def test_a_corrected_date_is_not_a_second_birthday(books: Books) -> None:
    """The birthday of a year is served once."""
    books.publish(BIRTHDAY, at=BEGIN)
    know(books, "ann", BEGIN, birthday="1984-05-04")
    sweep(books, at("2026-05-04T13:30"))
    know(books, "ann", at("2026-05-05T10:00"), birthday="1984-05-06")
    sweep(books, at("2026-05-06T13:30"), at("2026-05-08T00:00"))
    assert found(books) == {("ann", "birthday/2026"): "2026-05-04 13:00"}


def test_a_birthday_that_is_entered_on_the_day_is_caught_up(books: Books) -> None:
    """It was due at nine, and became known at ten; one that lies further back than the lateness allows is over."""
    books.publish(BIRTHDAY, at=BEGIN)
    sweep(books, at("2026-05-10T13:30"))
    know(books, "ann", at("2026-05-10T14:00"), birthday="1984-05-10")
    know(books, "old", at("2026-05-10T14:00"), birthday="1984-05-08")
    know(books, "too", at("2026-05-10T14:00"), birthday="1984-05-07")
    know(books, "era", at("2026-05-10T14:00"), birthday="1984-04-30")
    sweep(books, at("2026-05-10T15:00"), at("2026-05-10T16:00"))
    assert found(books) == {
        ("ann", "birthday/2026"): "2026-05-10 13:00",
        ("old", "birthday/2026"): "2026-05-08 13:00",
    }


def test_a_missed_day_is_caught_up_within_the_lateness(books: Books) -> None:
    """Three days are; what is older is left out, and nothing comes twice."""
    books.publish(BIRTHDAY, at=BEGIN)
    for day in range(4, 10):
        know(books, f"c{day}", BEGIN, birthday=f"1984-05-0{day}", timezone="UTC")
    sweep(
        books, at("2026-05-04T10:00"), at("2026-05-09T08:59"), at("2026-05-09T08:59"), at("2026-05-09T12:00")
    )
    assert sorted(name for name, _ in found(books)) == ["c4", "c6", "c7", "c8", "c9"]


def test_a_new_way_of_counting_serves_no_birthday_again(books: Books) -> None:
    """Identity holds across epochs."""
    books.publish(replace(BIRTHDAY, trigger=BirthdayTrigger(days_before=3)), at=BEGIN)
    know(books, "ann", BEGIN, birthday="1984-05-10")
    sweep(books, at("2026-05-07T14:00"))
    (published,) = books.publish(BIRTHDAY, at=at("2026-05-08T00:00"))
    assert published.new_epoch
    sweep(books, at("2026-05-10T14:00"), at("2026-05-11T14:00"))
    assert found(books) == {("ann", "birthday/2026"): "2026-05-07 13:00"}


def test_nobody_is_due_outside_the_campaign(books: Books) -> None:
    """Neither before it was published, on the day itself, nor after its last day."""
    books.publish(replace(BIRTHDAY, timezone="UTC", ends="2026-05-03"), at=at("2026-05-01T12:00"))
    for day in range(1, 6):
        know(books, f"c{day}", at("2026-05-01T12:00"), birthday=f"1984-05-0{day}")
    sweep(books, *range(at("2026-05-01T12:00"), at("2026-05-06T00:00"), 6 * HOUR))
    assert sorted(name for name, _ in found(books)) == ["c2", "c3"]
    assert books.rows(select(SWEEP))[0].next_due == NEVER
