"""A sweep goes on where the last one ended, whatever broke it off."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from punchcard.domain.clock import Clock
from punchcard.plan.triggers import (
    BirthdayTrigger,
    ScheduleTrigger,
)
from punchcard.router.due import SEARCHES
from punchcard.router.due.search import Found
from punchcard.router.sweep import Sweeper
from tests.router.books import Books
from tests.router.campaigns import HOUR, campaign
from tests.router.sweeping import BEGIN, NEW_YORK, SWEEP, at, found, know, sweep

BIRTHDAY = campaign("birthday", BirthdayTrigger(), timezone=NEW_YORK)


@pytest.mark.parametrize("batch", [1, 2, 3, 500])
def test_a_sweep_that_is_broken_off_goes_on(each_books: Books, batch: int) -> None:
    """Each batch by another process, at another time, with a customer who is born in between."""
    books = each_books
    books.publish(BIRTHDAY, at=BEGIN)
    for number in range(7):
        know(books, f"c{number}", BEGIN, birthday="1984-05-04", timezone="UTC")
    now = at("2026-05-04T09:00")
    for step in range(20):
        Sweeper(books.database, Clock(business=now + step, factor=0), batch).round()
        if step == 1:
            know(books, "new", now + 1, birthday="1990-05-04", timezone="UTC")
    sweep(books, now + HOUR, batch=batch)
    assert len(found(books)) == 8
    books.check()


def test_a_campaign_that_fails_keeps_no_other_from_its_turn(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked at again later."""
    books.publish(BIRTHDAY, campaign("daily", ScheduleTrigger(), timezone="UTC"), at=BEGIN)
    know(books, "ann", BEGIN, birthday="1984-05-01", timezone="UTC")

    def fails(*_: object) -> Found:
        raise ValueError("a table that cannot be read")

    broken = replace(SEARCHES[BirthdayTrigger], find=fails)
    monkeypatch.setattr("punchcard.router.sweep.SEARCHES", {**SEARCHES, BirthdayTrigger: broken})
    sweep(books, at("2026-05-01T09:00"))
    assert set(found(books)) == {("ann", "schedule/2026-05-01T09:00")}
    monkeypatch.setattr("punchcard.router.sweep.SEARCHES", SEARCHES)
    sweep(books, at("2026-05-01T09:04"))
    assert len(found(books)) == 1
    sweep(books, at("2026-05-01T09:05"))
    assert len(found(books)) == 2


def test_nothing_is_written_while_nobody_can_be_due(books: Books) -> None:
    """Until the time that the database knows, a round only looks."""
    books.publish(campaign("sale", ScheduleTrigger(date="2026-05-01"), timezone="UTC"), at=BEGIN)
    know(books, "ann", BEGIN)
    sweep(books, BEGIN)
    (row,) = books.rows(select(SWEEP))
    assert (row.swept_until, row.next_due) == (BEGIN, BEGIN + HOUR)
    sweep(books, BEGIN + HOUR - 1)
    assert books.rows(select(SWEEP)) == [row]
