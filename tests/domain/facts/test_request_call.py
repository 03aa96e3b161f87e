"""Calls granted: once, word for word, with the values as they are at that moment."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from punchcard.domain.calling import (
    CallUnknown,
    Replied,
    SettledCall,
    claim_call,
    record_failure,
    record_reply,
)
from punchcard.domain.calls import CALL
from punchcard.domain.customers import Customer
from punchcard.domain.database import Database, table
from punchcard.domain.erasing import erase_customer
from punchcard.domain.instances import Instance
from punchcard.domain.sending import Claimed, claim
from punchcard.plan.conditions import Const, Field
from punchcard.plan.events import Command, Deadline, EffectFailed
from punchcard.plan.model import Call, Entry, Joined, Listing, Piece, Record
from tests.domain.course import NOW, REWARD, Course, campaign, refund
from tests.plan.samples import DAY, call, reward, send, wait

CUSTOMER, INSTANCE = table(Customer), table(Instance)


def name(path: str, type_: str = "text") -> Piece:
    """Return a piece that stands for a name."""
    return Piece(Field(tuple(path.split("."))), type_)


def asking(*url: Piece, **fields: Piece | Joined | Record | Listing) -> Call:
    """Return a call with this behind its address, and with these fields."""
    body = Record(tuple(Entry(name, value) for name, value in fields.items())) if fields else None
    return replace(call(), url=(Piece(Const("https://erp.shop.example/")), *url), body=body)


def begun(database: Database, *steps: object) -> Course:
    """Return an instance that has come to its first outward step."""
    course = Course(database, campaign(*steps))  # type: ignore[arg-type]
    course.begin()
    return course


def test_values_are_those_of_the_moment(each_database: Database) -> None:
    """Texts, money with its currency, moments, what is nested; what has no value is left out."""
    step = asking(
        Piece(Const("orders/")),
        name("order.id"),
        order=name("order.id"),
        spent=name("customer.spent", "money"),
        price=Piece(Const(1250), "money"),
        share=Piece(Const(2000), "share"),
        since=Piece(Const(NOW), "moment"),
        phone=name("customer.phone"),
        card=Joined((Piece(Const("For ")), name("customer.first_name"), Piece(Const("!")))),
        tags=name("customer.tags", "list text"),
        codes=Listing((name("coupon.code"), name("customer.phone"))),
    )
    course = begun(each_database, reward(), step, wait())
    granted = course.one(CALL)
    assert (granted.url, granted.status) == ("https://erp.shop.example/orders/o1", "granted")
    told = json.loads(granted.body)
    assert told.pop("since").endswith("Z")
    assert told == {
        "order": "o1",
        "spent": {"amount": "60.00", "currency": "USD"},
        "price": {"amount": "12.50", "currency": "USD"},
        "share": 0.2,
        "card": "For Ann!",
        "tags": [],
        "codes": [course.one(REWARD).code],
    }


def test_addresses_are_encoded_and_lead_nowhere_else(each_database: Database) -> None:
    """A value is one part of a path, whatever stands in it."""
    course = Course(
        each_database, campaign(asking(name("customer.first_name"), Piece(Const("?x=1"))), wait())
    )
    course.change(CUSTOMER, first_name="a/ä b?&#")
    course.begin()
    assert course.one(CALL).url == "https://erp.shop.example/a%2F%C3%A4%20b%3F%26%23?x=1"


@pytest.mark.parametrize("value", ["..", ".", "../admin", "a/..\\b", "", None])
def test_an_address_without_its_value_is_not_called(each_database: Database, value: str | None) -> None:
    """The step is stuck with the reason; once the value is there, it can be tried again."""
    course = Course(each_database, campaign(asking(name("customer.last_name"), Piece(Const("/x"))), wait()))
    course.change(CUSTOMER, last_name=value)
    course.begin()
    assert (course.performs, course.one(CALL).status) == ([], "failed")
    (error,) = [data["error"] for kind, data in course.journal() if kind == "incident"]
    assert "address" in error
    course.change(CUSTOMER, last_name="Doe")
    course.take(Command(at=course.now, seq=2, name="retry", actor="op", path="1"))
    assert course.performs == ["1#1"]
    assert course.one(CALL).url == "https://erp.shop.example/Doe/x"


def test_what_was_attempted_stays_word_for_word(each_database: Database) -> None:
    """Whoever tries again asks for the same under the same id, whatever has changed since."""
    course = begun(each_database, asking(who=name("customer.first_name")), wait())
    with each_database.begin() as connection:
        first = claim_call(connection, course.id, "1#1", "call_a")
        record_failure(connection, course.one(CALL).id, "503", NOW, final=True)
    course.change(CUSTOMER, first_name="Bob")
    course.take(EffectFailed(at=course.now, key="1#1", error="503"))
    course.take(Command(at=course.now, seq=2, name="retry", actor="op", path="1"))
    with each_database.begin() as connection:
        assert claim_call(connection, course.id, "1#1", "call_b") == first
    assert (course.one(CALL).attempts, course.one(CALL).call_id) == (2, "call_a")


def test_a_recorded_reply_is_never_asked_for_again(each_database: Database) -> None:
    """The worker may die right after it: the next attempt finds it."""
    course = begun(each_database, call("packing"), wait())
    with each_database.begin() as connection:
        claim_call(connection, course.id, "1#1", "call_a")
        record_reply(connection, course.one(CALL).id, Replied(201, 12, 30, {"reference": "A-7"}), NOW)
    with each_database.begin() as connection:
        known = SettledCall(None, 201, 12, 30, {"reference": "A-7"})
        assert claim_call(connection, course.id, "1#1", "call_a") == known
        with pytest.raises(CallUnknown):
            claim_call(connection, course.id, "9#1", "call_a")


def test_the_facts_are_looked_at_again_before_each_attempt(each_database: Database) -> None:
    """An occasion that fell meanwhile, or a customer who was erased, is not spoken of to anybody."""
    course = begun(each_database, call("packing"), wait())
    course.post(refund("r1", "o1"))
    with each_database.begin() as connection:
        found = claim_call(connection, course.id, "1#1", "call_a")
    assert isinstance(found, SettledCall)
    assert (found.reason, course.one(CALL).status) == ("reversed", "superseded")


def test_a_reversed_occasion_calls_nobody(each_database: Database) -> None:
    """The journal has the reason."""
    course = begun(each_database, wait(), call())
    course.post(refund("r1", "o1"))
    course.now += DAY
    course.state.seen = 9  # as if it had heard of the refund, which must not matter
    course.take(Deadline(at=course.now))
    assert course.performs == []
    assert ("not_called", {"reason": "reversed"}) in course.journal()


def test_a_paused_campaign_calls_nobody(each_database: Database) -> None:
    """The request is not even granted."""
    course = Course(each_database, campaign(call(), wait()))
    course.change(INSTANCE, paused_at=NOW)
    assert course.begin().verdict == "held"
    assert course.rows(select(CALL)) == []


def test_erasing_a_customer_forgets_what_was_said(each_database: Database) -> None:
    """To the other system, and by it."""
    course = begun(each_database, asking(name("customer.first_name"), who=name("customer.email")), wait())
    with each_database.begin() as connection:
        record_reply(connection, course.one(CALL).id, Replied(200, 1, 2, {"reference": "Ann"}), NOW)
        erase_customer(connection, "ann", "test", NOW)
    row = course.one(CALL)
    assert (row.url, row.body, row.result) == ("", None, "{}")


def test_messages_may_name_what_was_returned(each_database: Database) -> None:
    """And why it failed, where it did."""
    course = begun(each_database, call("packing"), send(), wait())
    with each_database.begin() as connection:
        record_failure(connection, course.one(CALL).id, "no answer", NOW, final=True)
    course.take(EffectFailed(at=course.now, key="1#1", error="no answer"))
    course.take(Command(at=course.now, seq=2, name="skip", actor="op", path="1"))
    with each_database.begin() as connection:
        claimed = claim(connection, course.id, "2#1", "shop.example")
    assert isinstance(claimed, Claimed)
    assert claimed.names["packing"] == {"failed": True, "error": "no answer"}
