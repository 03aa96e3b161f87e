"""Who is due is found once: late, often, in batches, across zones, leap years and changes of the clocks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from punchcard.domain.clock import Clock
from punchcard.domain.database import table
from punchcard.domain.expiring import end_expiring
from punchcard.domain.rewards import REWARD
from punchcard.domain.sweeps import Sweep
from punchcard.plan.calendar import to_datetime, to_millis
from punchcard.plan.conditions import Apply, Const, Field
from punchcard.plan.triggers import (
    AnniversaryTrigger,
    BirthdayTrigger,
    InactiveTrigger,
    RewardTrigger,
    ScheduleTrigger,
)
from punchcard.router.due import SEARCHES
from punchcard.router.due.search import NEVER, Found
from punchcard.router.sweep import Sweeper
from tests.router.books import ALIAS, OCCASION, OUTBOX, Books, order
from tests.router.campaigns import DAY, HOUR, campaign

SWEEP = table(Sweep)
BERLIN, NEW_YORK, TOKYO = "Europe/Berlin", "America/New_York", "Asia/Tokyo"


def at(text: str) -> int:
    """Return an instant from ISO 8601 in UTC."""
    return to_millis(datetime.fromisoformat(f"{text}+00:00"))


def know(books: Books, customer: str, when: int, **profile: Any) -> None:
    """Post what is known of a customer."""
    books.at(when)
    event = {
        "id": f"{customer}-{when}",
        "type": "profile",
        "customer": customer,
        "occurred_at": to_datetime(when).isoformat(),
        "data": profile,
    }
    (result,) = books.take(event)
    assert result.status == "accepted", result


def orders(books: Books, customer: str, *when: str, **terms: Any) -> None:
    """Post orders, each at its time; the clock stands there, too."""
    for day in when:
        books.at(at(day))
        (result,) = books.take(order(f"o-{customer}-{day}", customer, at=f"{day}+00:00", **terms))
        assert result.status == "accepted", result


def sweep(books: Books, *instants: int, batch: int = 500) -> None:
    """Sweep at each instant until nobody is left, each round by a process of its own."""
    for instant in instants:
        for _ in range(200):
            if not Sweeper(books.database, Clock(business=instant, factor=0), batch).round().more:
                break
        else:
            raise AssertionError("the sweep does not come to an end")


def found(books: Books) -> dict[tuple[str, str], str]:
    """Return when each (customer, identity) was due, in UTC to the minute."""
    names = {row.customer_id: row.external_id for row in books.rows(select(ALIAS))}
    return {
        (names[row.customer_id], row.identity): f"{to_datetime(row.occurred_at):%Y-%m-%d %H:%M}"
        for row in books.rows(select(OCCASION))
    }


# --- birthdays --------------------------------------------------------------------------------

BEGIN = at("2026-05-01T00:00")
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


# --- resuming ---------------------------------------------------------------------------------


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


# --- silence ----------------------------------------------------------------------------------

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


# --- anniversaries ----------------------------------------------------------------------------


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


# --- rewards ----------------------------------------------------------------------------------


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
    sweep(books, *range(at("2026-10-28T00:00"), at("2026-11-06T00:00"), 15 * 60 * 1000))
    assert found(books) == {
        ("ann", f"expiring/{anns}"): "2026-10-29 13:00",
        ("tom", f"expiring/{toms}"): "2026-10-29 00:00",
    }


def test_silence_ends_at_a_time_of_day(each_books: Books) -> None:
    """The next such time in the customer's zone, the very minute included."""
    books = each_books
    plan = campaign("win-back", InactiveTrigger(millis=90 * DAY, minute=10 * 60), timezone=NEW_YORK)
    books.publish(plan, at=BEGIN)
    orders(books, "ann", "2026-05-03T23:30")
    orders(books, "bob", "2026-05-03T14:00")
    sweep(books, *range(at("2026-07-31T00:00"), at("2026-08-04T00:00"), 15 * 60 * 1000))
    assert found(books) == {
        ("ann", "inactive/shop/o-ann-2026-05-03T23:30"): "2026-08-02 14:00",
        ("bob", "inactive/shop/o-bob-2026-05-03T14:00"): "2026-08-01 14:00",
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


# --- schedules --------------------------------------------------------------------------------


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
