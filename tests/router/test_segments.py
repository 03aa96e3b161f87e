"""Who enters or leaves a segment is found once: late, often, in batches, and not who is in it from the beginning."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from punchcard.domain.campaigns import Campaign
from punchcard.domain.clock import Clock
from punchcard.domain.database import table
from punchcard.domain.erasing import erase_customer
from punchcard.domain.membership import MEMBER
from punchcard.domain.sweeps import Sweep
from punchcard.domain.tags import add_tags, remove_tags
from punchcard.plan.conditions import Apply, Const, Expression, Field, Segment
from punchcard.plan.model import Audience, Plan
from punchcard.plan.triggers import SegmentTrigger
from punchcard.router.sweep import Sweeper
from tests.router.books import ALIAS, OCCASION, Books, order
from tests.router.campaigns import DAY, HOUR, campaign
from tests.router.sweeping import at, know, orders, sweep

CAMPAIGN, SWEEP = table(Campaign), table(Sweep)
BEGIN = at("2026-05-01T00:00")
ORDERED = Apply(">=", (Field(("customer", "orders")), Const(2)))
LATELY = Apply(">=", (Field(("customer", "orders_within"), (30 * DAY,)), Const(2)))
TAGGED = Apply("in", (Const("vip"), Field(("customer", "tags"))))


def watching(rule: Expression, name: str = "watch", **terms: Any) -> Plan:
    """A campaign for whoever enters (or leaves) a segment of this rule."""
    return campaign(name, SegmentTrigger(segment=Segment("some", rule, "…"), **terms), timezone="UTC")


def found(books: Books) -> list[tuple[str, str]]:
    """Who was found, with which identity, in the order in which they were."""
    names = {row.customer_id: row.external_id for row in books.rows(select(ALIAS))}
    return [
        (names[row.customer_id], row.identity) for row in books.rows(select(OCCASION).order_by(OCCASION.c.id))
    ]


def tag(books: Books, customer: str, *, off: bool = False) -> None:
    """Put a tag on a customer, or take it off."""
    (row,) = books.rows(select(ALIAS).where(ALIAS.c.external_id == customer))
    with books.database.begin() as connection:
        if off:
            remove_tags(connection, row.customer_id, ["vip"])
        else:
            add_tags(connection, row.customer_id, ["vip"], books.now)


def test_whoever_enters_is_found_once(each_books: Books) -> None:
    """Not who was in it from the beginning; the values that the rule saw are kept."""
    books = each_books
    orders(books, "ann", "2026-04-02T10:00", "2026-04-03T10:00")
    orders(books, "bob", "2026-04-03T10:00")
    books.publish(watching(ORDERED), at=BEGIN)
    sweep(books, BEGIN)
    orders(books, "bob", "2026-05-02T10:00")
    orders(books, "cid", "2026-05-02T11:00", "2026-05-02T12:00")
    sweep(
        books, at("2026-05-02T12:00"), at("2026-05-02T12:00"), at("2026-05-02T12:01"), at("2026-06-02T00:00")
    )
    assert found(books) == [("bob", "enters/1/1"), ("cid", "enters/1/1")]
    row = books.rows(select(OCCASION))[0]
    assert json.loads(row.decided) == {
        "met": True,
        "operands": {'customer.in_segment("some")': True, "customer.orders": 2},
    }
    assert json.loads(row.names)["occasion"]["ordinal"] == 1
    assert row.occurred_at == at("2026-05-02T12:00")
    books.check()


def test_each_coming_and_going_counts(each_books: Books) -> None:
    """One campaign listens to each; the passing of time alone lets a customer leave."""
    books = each_books
    books.publish(watching(LATELY, "comes"), watching(LATELY, "goes", leaves=True), at=BEGIN)
    orders(books, "ann", "2026-05-02T10:00", "2026-05-10T10:00")
    sweep(books, at("2026-05-10T10:00"), at("2026-06-01T09:59"))
    assert found(books) == [("ann", "enters/1/1")]
    sweep(books, at("2026-06-01T10:00"))
    assert found(books)[1:] == [("ann", "leaves/1/1")]
    orders(books, "ann", "2026-06-02T10:00")
    sweep(books, at("2026-06-02T10:00"), at("2026-07-03T10:00"))
    assert found(books)[2:] == [("ann", "enters/1/2"), ("ann", "leaves/1/2")]
    (row,) = books.rows(select(MEMBER).where(MEMBER.c.campaign == "goes"))
    assert (row.inside, row.entered, row.left, row.since) == (False, 2, 2, at("2026-07-03T10:00"))


def test_who_is_in_it_from_the_beginning_can_leave(books: Books) -> None:
    """It is the first time that they leave."""
    orders(books, "ann", "2026-04-20T10:00", "2026-04-21T10:00")
    books.publish(watching(LATELY, leaves=True), at=BEGIN)
    sweep(books, BEGIN, at("2026-05-21T10:00"))
    assert found(books) == [("ann", "leaves/1/1")]


def test_what_happens_between_publication_and_the_first_search_counts(books: Books) -> None:
    """The beginning is taken down with the publication."""
    know(books, "ann", BEGIN - DAY)
    know(books, "bob", BEGIN - DAY)
    tag(books, "bob")
    books.publish(watching(TAGGED), at=BEGIN)
    tag(books, "ann")
    sweep(books, BEGIN + HOUR)
    assert found(books) == [("ann", "enters/1/1")]


def test_a_campaign_that_starts_later_begins_then(books: Books) -> None:
    """Whoever enters before its first day has not entered since."""
    books.publish(replace(watching(ORDERED), starts="2026-05-10"), at=BEGIN)
    orders(books, "ann", "2026-05-02T10:00", "2026-05-03T10:00")
    sweep(books, at("2026-05-03T11:00"), at("2026-05-10T00:00"))
    orders(books, "bob", "2026-05-10T10:00", "2026-05-10T11:00")
    sweep(books, at("2026-05-10T11:00"))
    assert found(books) == [("bob", "enters/1/1")]


def test_those_already_in_it_can_be_let_in(each_books: Books) -> None:
    """Once; a new rule lets in whom it brings in, and nobody a second time."""
    books = each_books
    orders(books, "ann", "2026-04-02T10:00", "2026-04-03T10:00")
    orders(books, "bob", "2026-04-03T10:00")
    books.publish(watching(ORDERED, already_in=True), at=BEGIN)
    sweep(books, BEGIN, BEGIN + HOUR)
    assert found(books) == [("ann", "enters/1/1")]
    wider = Apply(">=", (Field(("customer", "orders")), Const(1)))
    (published,) = books.publish(watching(wider, already_in=True), at=BEGIN + DAY)
    assert published.new_epoch
    sweep(books, BEGIN + DAY, BEGIN + 2 * DAY)
    assert found(books)[1:] == [("bob", "enters/2/1")]


def test_history_that_is_imported_lets_nobody_in(each_books: Books) -> None:
    """Whom it brings in was in it before; unless those who are in it already are to begin."""
    books = each_books
    books.publish(watching(ORDERED), watching(ORDERED, "all", already_in=True), at=BEGIN)
    books.at(at("2026-05-05T00:00"))
    past = [order(f"h{number}", "ann", at=f"2026-04-0{number}T10:00:00Z") for number in (1, 2, 3)]
    assert {each.status for each in books.take(*past, history=True)} == {"accepted"}
    orders(books, "bob", "2026-05-05T10:00", "2026-05-05T11:00")
    sweep(books, at("2026-05-05T12:00"))
    names: dict[str, list[str]] = {row.campaign: [] for row in books.rows(select(OCCASION))}
    for row in books.rows(
        select(OCCASION.c.campaign, ALIAS.c.external_id).join(
            ALIAS, ALIAS.c.customer_id == OCCASION.c.customer_id
        )
    ):
        names[row.campaign].append(row.external_id)
    assert {name: sorted(who) for name, who in names.items()} == {"watch": ["bob"], "all": ["ann", "bob"]}
    books.check()


def test_another_rule_begins_anew(books: Books) -> None:
    """Whom the rule itself brings in has not entered; who was about to be found under the old one still is."""
    orders(books, "ann", "2026-04-03T10:00")
    books.publish(watching(ORDERED), at=BEGIN)
    orders(books, "bob", "2026-05-01T10:00", "2026-05-01T11:00")
    wider = Apply(">=", (Field(("customer", "orders")), Const(1)))
    (published,) = books.publish(watching(wider), at=at("2026-05-01T12:00"))
    assert published.new_epoch
    assert found(books) == [("bob", "enters/1/1")]
    orders(books, "cid", "2026-05-02T10:00")
    sweep(books, at("2026-05-02T11:00"))
    assert found(books) == [("bob", "enters/1/1"), ("cid", "enters/2/1")]
    books.check()


def test_another_title_changes_nothing(books: Books) -> None:
    """What a segment is called does not say who is in it."""
    plan = watching(ORDERED)
    books.publish(plan, at=BEGIN)
    called = SegmentTrigger(segment=Segment("some", ORDERED, "written otherwise", "Some people"))
    (published,) = books.publish(replace(plan, trigger=called), at=BEGIN + DAY)
    assert published.changed
    assert not published.new_epoch


def test_a_campaign_that_had_ended_does_not_make_up_for_it(books: Books) -> None:
    """Who has come or gone meanwhile is taken down; the next time is numbered on."""
    plan = watching(LATELY)
    books.publish(plan, at=BEGIN)
    orders(books, "ann", "2026-05-01T10:00", "2026-05-01T11:00")
    sweep(books, at("2026-05-01T12:00"))
    with books.database.begin() as connection:
        connection.execute(update(CAMPAIGN).values(status="ended"))
    orders(books, "bob", "2026-06-09T10:00", "2026-06-09T11:00")
    books.publish(replace(plan, title="Again"), at=at("2026-06-10T00:00"))
    orders(books, "ann", "2026-06-10T10:00", "2026-06-10T11:00")
    sweep(books, at("2026-06-10T12:00"))
    assert found(books) == [("ann", "enters/1/1"), ("ann", "enters/1/2")]


@pytest.mark.parametrize("batch", [1, 2, 3, 500])
def test_a_search_that_is_broken_off_goes_on(each_books: Books, batch: int) -> None:
    """Each batch by another process, at another time, while somebody comes and another goes."""
    books = each_books
    for number in range(7):
        know(books, f"c{number}", BEGIN - DAY)
    books.publish(watching(TAGGED), at=BEGIN)
    for number in range(7):
        tag(books, f"c{number}")
    now = at("2026-05-01T09:00")
    for step in range(20):
        Sweeper(books.database, Clock(business=now + step, factor=0), batch).round()
        if step == 1:
            know(books, "new", now + 1)
            tag(books, "new")
            tag(books, "c6", off=True)
    sweep(books, now + HOUR, batch=batch)
    names = {name for name, identity in found(books) if identity == "enters/1/1"}
    assert names - {"c6"} == {"c0", "c1", "c2", "c3", "c4", "c5", "new"}
    assert len(found(books)) == len(names)
    books.check()


def test_nothing_is_written_while_nobody_comes_or_goes(books: Books) -> None:
    """A look is enough."""
    orders(books, "ann", "2026-04-02T10:00", "2026-04-03T10:00")
    books.publish(watching(ORDERED), at=BEGIN)
    sweep(books, BEGIN + HOUR)
    before = books.rows(select(SWEEP))
    sweep(books, BEGIN + 2 * HOUR, BEGIN + DAY)
    assert books.rows(select(SWEEP)) == before


def test_who_has_been_erased_neither_comes_nor_goes(books: Books) -> None:
    """There is nobody left to write to."""
    know(books, "ann", BEGIN - DAY)
    tag(books, "ann")
    books.publish(watching(TAGGED, leaves=True), at=BEGIN)
    with books.database.begin() as connection:
        erase_customer(connection, "ann", "test", books.now)
    sweep(books, BEGIN + HOUR)
    assert found(books) == []


def test_filter_and_audience_are_asked_as_they_come(books: Books) -> None:
    """Who is filtered out has come all the same, and does not come again."""
    plan = watching(ORDERED, where=Apply("==", (Field(("customer", "language")), Const("de"))))
    books.publish(replace(plan, audience=Audience(TAGGED)), at=BEGIN)
    for name, language in {"ann": "en", "bob": "de", "cid": "de"}.items():
        know(books, name, BEGIN, language=language)
        orders(books, name, "2026-05-02T10:00", "2026-05-02T11:00")
    tag(books, "cid")
    sweep(books, at("2026-05-02T12:00"))
    know(books, "ann", at("2026-05-03T00:00"), language="de")
    sweep(books, at("2026-05-03T12:00"))
    assert {name: fate for (name, _), (_, fate) in books.dispositions("watch").items()} == {
        "bob": "not_in_audience",
        "cid": "started",
    }
    decided = [json.loads(row.decided) for row in books.rows(select(OCCASION).order_by(OCCASION.c.id))]
    assert decided[0] == {
        "met": False,
        "operands": {
            'customer.in_segment("some")': True,
            "customer.orders": 2,
            "customer.language": "de",
            "customer.tags": [],
        },
    }
