"""Sending: a message is claimed before it is handed over, and asks once more whether it still may go out."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import delete, select

from punchcard.domain.answering import record_answer
from punchcard.domain.database import Database, table
from punchcard.domain.messages import MessageBody
from punchcard.domain.occasion_facts import Amount, Instant
from punchcard.domain.redeeming import Use, redeem
from punchcard.domain.sending import Claimed, MessageUnknown, Settled, claim, keep_words, settle
from punchcard.plan.events import Command, Deadline, Delivered, EffectDone, EffectFailed
from punchcard.plan.model import After, AmountOff, Reward
from tests.domain.course import (
    CONSENT,
    CUSTOMER,
    INSTANCE,
    MESSAGE,
    NOW,
    QUESTION,
    REWARD,
    Course,
    campaign,
    refund,
)
from tests.plan.samples import DAY, ask, reward, send, wait

BODY = table(MessageBody)


def granted(database: Database, message: str = "hello") -> Course:
    """Return an instance that has given a reward, and whose message may go out."""
    made = Course(database, campaign(reward(), send(message), wait()))
    made.begin()
    assert made.performs == ["2#1"]
    return made


def claimed(course: Course, key: str = "2#1") -> Claimed | Settled:
    """Claim a message in a transaction of its own."""
    with course.database.begin() as connection:
        return claim(connection, course.id, key, "shop.example")


def test_a_claim_is_recorded_before_anything_is_handed_over(each_database: Database) -> None:
    """From then on a crash is noticed; the Message-ID is made once and names no person."""
    course = granted(each_database)
    found = claimed(course)
    row = course.one(MESSAGE)
    assert isinstance(found, Claimed)
    assert (row.status, row.attempts, row.mail_id) == ("attempting", 1, found.mail_id)
    assert found.mail_id == f"<m{row.id}.{course.version[:16]}@shop.example>"


@pytest.mark.parametrize(("message", "again"), [("hello", False), ("receipt", True)])
def test_after_a_crash_only_what_is_transactional_is_sent_again(
    database: Database, message: str, again: bool
) -> None:
    """Marketing is not sent twice; a transactional message goes out again, with the same Message-ID."""
    course = granted(database, message)
    first = claimed(course)
    second = claimed(course)
    assert isinstance(first, Claimed)
    if again:
        assert isinstance(second, Claimed)
        assert second.mail_id == first.mail_id
        assert course.one(MESSAGE).attempts == 2
    else:
        assert second == Settled(first.id, "unknown", "crashed")
        assert course.one(MESSAGE).status == "unknown"


def test_an_attempt_that_was_refused_for_now_is_claimed_again(database: Database) -> None:
    """Given back as granted, it keeps its Message-ID."""
    course = granted(database)
    first = claimed(course)
    assert isinstance(first, Claimed)
    with database.begin() as connection:
        settle(connection, first.id, "granted", None, NOW)
    second = claimed(course)
    assert isinstance(second, Claimed)
    assert second.mail_id == first.mail_id


@pytest.mark.parametrize("status", ["sent", "failed", "unknown"])
def test_what_is_settled_is_not_sent_again(database: Database, status: str) -> None:
    """Whoever asks again is told what became of it."""
    course = granted(database)
    first = claimed(course)
    with database.begin() as connection:
        settle(connection, first.id, status, "why", NOW)
    assert claimed(course) == Settled(first.id, status, "why")
    assert course.one(MESSAGE).sent_at == (NOW if status == "sent" else None)


def test_a_message_that_was_never_granted_is_unknown(database: Database) -> None:
    """A key that no tick has granted is a mistake, and not one that time mends."""
    with pytest.raises(MessageUnknown, match="3#1"):
        claimed(granted(database), "3#1")


def redeems(course: Course) -> None:
    """The till hears the code."""
    with course.database.begin() as connection:
        redeem(connection, Use("till", "k", course.one(REWARD).code, at=course.now), course.now)


CHANGES: list[tuple[Callable[[Course], None], str]] = [
    (lambda course: course.post(refund("r", "o1")), "reversed"),
    (lambda course: course.change(CUSTOMER, erased_at=NOW, email=None), "erased"),
    (lambda course: course.change(CUSTOMER, email=None), "no_address"),
    (lambda course: course.change(CONSENT, granted=False), "no_consent"),
    (lambda course: course.write(delete(CONSENT)), "no_consent"),
    (redeems, "redeemed"),
]


@pytest.mark.parametrize(("change", "reason"), CHANGES)
def test_an_attempt_asks_again_whether_it_may(
    database: Database, change: Callable[[Course], None], reason: str
) -> None:
    """Between the grant and the attempt the facts have changed, and the instance has yet to hear of it."""
    course = granted(database)
    change(course)
    found = claimed(course)
    row = course.one(MESSAGE)
    assert found == Settled(row.id, "suppressed", reason)
    assert (row.status, row.reason, row.attempts, row.mail_id) == ("suppressed", reason, 0, None)
    assert claimed(course) == found


@pytest.mark.parametrize(("change", "reason"), CHANGES)
def test_a_transactional_message_that_may_have_gone_out_and_must_not_again_stays_unknown(
    database: Database, change: Callable[[Course], None], reason: str
) -> None:
    """After a crash nobody knows whether it was sent; without consent it goes out again, for it needs none."""
    course = granted(database, "receipt")
    first = claimed(course)
    change(course)
    if reason == "no_consent":
        assert isinstance(claimed(course), Claimed)
    else:
        assert claimed(course) == Settled(first.id, "unknown", reason)
        assert course.one(MESSAGE).status == "unknown"


@pytest.mark.parametrize("heard", [False, True])
def test_a_reminder_for_a_used_coupon_cannot_happen(database: Database, heard: bool) -> None:
    """The mail server was away; meanwhile the code was redeemed: whether the instance knows or not, no reminder."""
    steps = (reward(), wait(After(DAY), "coupon.redeemed", otherwise=[send("reminder")]), wait())
    course = Course(database, campaign(*steps))
    course.begin()
    course.now += DAY
    course.take(Deadline(at=course.now))
    assert course.performs == ["2.otherwise.1#1"]
    redeems(course)
    if heard:
        course.take(Delivered(at=course.now, seq=2, name="coupon.redeemed"))
    found = claimed(course, "2.otherwise.1#1")
    assert found == Settled(course.one(MESSAGE).id, "suppressed", "redeemed")
    course.take(EffectDone(course.now, "2.otherwise.1#1", {"status": "superseded", "reason": "redeemed"}))
    assert course.one(INSTANCE).last_seq == 2


def test_what_is_sent_because_of_a_redemption_is_sent(database: Database) -> None:
    """The instance knew of it when it asked: a question after the redemption goes out."""
    course = Course(database, campaign(reward(), wait(After(DAY), "coupon.redeemed"), ask()))
    course.begin()
    redeems(course)
    course.take(Delivered(at=NOW, seq=2, name="coupon.redeemed"))
    found = claimed(course, "3#1")
    assert isinstance(found, Claimed)
    assert found.names["coupon"]["redeemed"] is True
    assert found.question_id == course.one(QUESTION).id


def test_a_message_that_is_granted_anew_knows_what_happened_by_then(database: Database) -> None:
    """No server, then the redemption, then an operator's retry: the instance asked with that in mind."""
    course = granted(database)
    course.take(EffectFailed(at=NOW, key="2#1", error="no server"))
    redeems(course)
    course.take(Delivered(at=NOW, seq=2, name="coupon.redeemed"))
    course.take(Command(at=NOW, seq=3, name="retry", actor="op"))
    assert isinstance(claimed(course), Claimed)


def test_words_may_refer_to_what_the_occasion_has_brought(each_database: Database) -> None:
    """Amounts and instants come typed, a share as a fraction, an answer as it was given."""
    gift = Reward(path="", name="gift", offer=AmountOff(12_50))
    course = Course(each_database, campaign(reward(), gift, ask(), send("receipt"), wait()))
    course.begin()
    with each_database.begin() as connection:
        record_answer(connection, course.one(QUESTION).id, "5", NOW)
    course.take(Delivered(NOW, 2, "reply.answered", {"answer": 5}))
    course.take(EffectDone(NOW, "3#1", {"status": "sent"}))
    found = claimed(course, "4#1")
    assert isinstance(found, Claimed)
    assert found.customer["first_name"] == "Ann"
    assert found.names["order"]["amount"] == Amount(Decimal("60.00"), "USD")
    assert found.names["order"]["occurred_at"] == Instant(NOW)
    assert found.names["coupon"]["value"] == Decimal("0.2")
    assert found.names["coupon"]["expires"] == Instant(
        course.rows(select(REWARD).order_by(REWARD.c.id))[0].expires_at
    )
    assert found.names["gift"]["value"] == Amount(Decimal("12.50"), "USD")
    assert found.names["gift"]["expires"] is None
    assert found.names["reply"] == {"answered": True, "answer": 5}


def test_words_are_kept_as_the_customer_gets_them(each_database: Database) -> None:
    """A later attempt replaces them."""
    course = granted(each_database)
    number = course.one(MESSAGE).id
    for subject in ("Hello", "Hello again"):
        with each_database.begin() as connection:
            keep_words(connection, number, "a@example.com", "en", subject, "text", "<p>html</p>")
    assert course.one(BODY).subject == "Hello again"
