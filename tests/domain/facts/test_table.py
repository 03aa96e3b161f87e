"""Granting: rewards from a budget, messages that may go out or not and why, facts looked up."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, select

from punchcard.domain.answering import record_answer
from punchcard.domain.budgets import BudgetUse
from punchcard.domain.database import Database, table
from punchcard.domain.erasing import erase_customer
from punchcard.domain.facts.granting import Granting
from punchcard.domain.facts.table import settle
from punchcard.domain.instances import Tick
from punchcard.domain.orders import Order
from punchcard.domain.redeeming import Use, redeem
from punchcard.plan.conditions import Apply, Const, Field
from punchcard.plan.events import STOP_WHEN, Command, Delivered, EffectDone, EffectFailed, Restored, Started
from punchcard.plan.facts import Finished, GiveReward
from punchcard.plan.model import (
    After,
    AmountOff,
    BoundedShareOff,
    Budget,
    EndOfDayAfter,
    FreeItem,
    FreeShipping,
    FreeText,
    NextTime,
    Offer,
    Present,
    Reward,
    ShareOff,
    StopWhen,
)
from tests.domain.course import (
    CONSENT,
    CUSTOMER,
    INCIDENT,
    INSTANCE,
    MESSAGE,
    NOW,
    OCCASION,
    QUESTION,
    REWARD,
    Course,
    campaign,
    refund,
)
from tests.plan.samples import DAY, ask, choose, numbered, reward, send, stop, together, wait, when

BUDGET, TICK, ORDER = table(BudgetUse), table(Tick), table(Order)


def test_a_reward_is_issued_once_under_its_key(each_database: Database) -> None:
    """Its terms are those of the step, its end that of the customer's day; asked for again it is the same one."""
    expires = EndOfDayAfter(days=30)
    course = Course(each_database, campaign(reward(expires=expires), wait(), budget=Budget(rewards=9)))
    course.change(CUSTOMER, timezone="America/New_York")
    first = course.proposal(Started(at=NOW, names={}))
    course.begin()
    issued = course.one(REWARD)
    assert (issued.key, issued.kind, issued.value, issued.status) == ("1#1", "share", 2000, "issued")
    assert issued.expires_at == 1_782_619_199_999  # 27 June, the last millisecond in New York
    course.now += DAY
    again = course.commit(replace(first, number=course.state.tick + 1))
    assert again.results["1#1"] == {"reward": issued.id, "expires": issued.expires_at, "value": 2000}
    assert course.one(REWARD) == issued
    assert course.one(BUDGET).rewards == 1


@pytest.mark.parametrize(
    ("budget", "offer", "given"),
    [
        (Budget(rewards=2), None, 2),
        (Budget(amount=25_00), AmountOff(10_00), 2),
        (Budget(amount=25_00), None, 3),  # a share costs nothing that is certain
        (Budget(rewards=9, amount=30_00), AmountOff(10_00), 3),
    ],
)
def test_a_budget_is_drawn_up_to_its_end(
    database: Database, budget: Budget, offer: AmountOff | None, given: int
) -> None:
    """What it does not cover is refused, costs nothing, and is an incident."""
    step = reward() if offer is None else Reward(path="", name="coupon", offer=offer)
    steps = (replace(step, name=name) for name in ("a", "b", "c"))
    course = Course(database, campaign(*steps, wait(), budget=budget))
    course.begin()
    assert len(course.rows(select(REWARD))) == given
    used = course.one(BUDGET)
    assert (used.rewards, used.amount) == (given, given * (offer.amount if offer else 0))
    assert [row.error for row in course.rows(select(INCIDENT))] == ["budget_exhausted"] * (given < 3)


def test_after_a_refused_reward_nothing_of_the_same_commit_is_granted(database: Database) -> None:
    """The message that would announce it is not even recorded; retried, both are granted."""
    course = Course(database, campaign(reward(), send(), wait(), budget=Budget(rewards=0)))
    course.begin()
    assert (course.rows(select(MESSAGE)), course.performs) == ([], [])
    course.change(BUDGET, rewards=-1)
    course.take(Command(at=NOW, seq=2, name="retry", actor="op"))
    assert course.performs == ["2#2"]
    assert course.one(INSTANCE).incidents == 0


HAS_ORDERED = StopWhen(
    "customer.orders >= 1", condition=Apply(">=", (Field(("customer", "orders")), Const(1)))
)


def test_what_ends_it_leaves_out_effects_and_nothing_else(database: Database) -> None:
    """A reward beside the way that ends the instance is not given, and the end closes what was open all the same."""
    ways = together(
        "all", broken=[send()], other=[wait(), reward(), wait()], end=[wait(After(2 * DAY)), stop("x")]
    )
    course = Course(database, campaign(ways))
    course.begin()
    course.take(EffectFailed(at=NOW, key="1.broken.1#1", error="no server"))
    assert course.one(INSTANCE).incidents == 1
    with database.begin() as connection:
        granting = _granting(connection, course, stop_when=HAS_ORDERED)
        facts = (GiveReward("1#1", "1", "coupon", ShareOff(2000), None), Finished("stopped", "x"))
        assert settle(granting, facts) == {STOP_WHEN: {"met": True}}
    assert course.rows(select(REWARD)) == []
    assert course.one(INCIDENT).resolution == "stopped"


def test_a_choice_of_ways_is_no_effect(database: Database) -> None:
    """Whoever only chooses goes on: the condition is looked at before something takes effect."""
    ways = choose("customer.orders", {"1..9": [wait()]})
    course = Course(database, campaign(ways, reward(), stop_when=HAS_ORDERED))
    course.begin()
    assert course.state.outcome is None
    assert course.state.tokens[0].phase == "waiting"


def _granting(connection: Connection, course: Course, **terms: object) -> Granting:
    plan = replace(campaign(), **terms)  # type: ignore[arg-type]
    instance = connection.execute(
        select(INSTANCE, OCCASION.c.status.label("occasion_status")).join(
            OCCASION, OCCASION.c.id == INSTANCE.c.occasion_id
        )
    ).one()
    return Granting(connection, instance, plan, "UTC", course.now)


def test_a_reversed_occasion_is_given_nothing(database: Database) -> None:
    """The refund came before the first tick: neither reward nor message, and no incident either."""
    course = Course(database, campaign(reward(), send(), wait()))
    course.post(refund("r", "o1"))
    assert course.begin().verdict == "behind"
    assert (course.rows(select(REWARD)), course.rows(select(MESSAGE))) == ([], [])
    assert course.rows(select(INCIDENT)) == []


@pytest.mark.parametrize(
    ("what", "values", "late", "message", "reason"),
    [
        (CUSTOMER, {}, 0, "hello", None),
        (CUSTOMER, {"email": None}, 0, "receipt", "no_address"),
        (CUSTOMER, {"erased_at": NOW}, 0, "receipt", "erased"),
        (CONSENT, {"granted": False}, 0, "hello", "no_consent"),
        (CONSENT, {"granted": False}, 0, "receipt", None),
        (CUSTOMER, {}, 3 * DAY, "hello", None),
        (CUSTOMER, {}, 3 * DAY + 1, "hello", "too_late"),
    ],
)
def test_a_message_is_granted_or_it_is_recorded_why_not(
    database: Database, what: Any, values: dict[str, Any], late: int, message: str, reason: str | None
) -> None:
    """Consent, address, erasure and lateness are asked in the commit; transactional messages need no consent."""
    course = Course(database, campaign(send(message), wait()))
    if values:
        course.change(what, **values)
    course.now += late
    course.take(Started(at=course.now, names={}, due=NOW))
    row = course.one(MESSAGE)
    assert (row.status, row.reason) == ("granted" if reason is None else "suppressed", reason)
    assert course.performs == ([] if reason else ["1#1"])
    notes = [data["reason"] for kind, data in course.journal() if kind == "suppressed"]
    assert notes == ([] if reason is None else [reason])


def test_a_retried_message_asks_anew(database: Database) -> None:
    """Between the incident and the retry the customer has withdrawn: the message is not sent."""
    course = Course(database, campaign(send(), wait()))
    course.begin()
    course.take(EffectFailed(at=NOW, key="1#1", error="no server"))
    course.change(CONSENT, granted=False)
    course.take(Command(at=NOW, seq=2, name="retry", actor="op"))
    row = course.one(MESSAGE)
    assert (row.status, row.reason, course.performs) == ("suppressed", "no_consent", ["1#1"])


def test_a_message_that_may_have_gone_out_is_left_to_its_sending(database: Database) -> None:
    """Restored while an attempt was under way: whoever sends finds out what became of it."""
    course = Course(database, campaign(send(), wait()))
    course.begin()
    course.change(MESSAGE, status="attempting")
    course.change(CONSENT, granted=False)
    course.take(Restored(at=NOW))
    assert (course.one(MESSAGE).status, course.performs) == ("attempting", ["1#1", "1#1"])


def test_a_question_is_put_once(each_database: Database) -> None:
    """Asked again under the same key it is the same question; its limit is found in the same commit."""
    course = Course(each_database, campaign(ask(up_to=NextTime(9 * 60))))
    course.begin()
    course.take(Restored(at=NOW))
    assert course.one(QUESTION).shape == '{"high":5,"kind":"Scale","low":1}'
    course.take(EffectDone(at=NOW, key="1#1", result={"status": "sent"}))
    assert course.one(INSTANCE).deadline == 1_780_045_200_000  # 09:00 UTC on the next day


def _decided(course: Course) -> list[dict[str, Any]]:
    return [data for kind, data in course.journal() if kind == "decided"]


@pytest.mark.parametrize(("orders", "met"), [(0, False), (1, True)])
def test_conditions_about_the_customer_are_looked_up_in_the_commit(
    database: Database, orders: int, met: bool
) -> None:
    """The number of orders in 90 days is read when it is decided, and recorded as an operand."""
    condition = Apply(">=", (Field(("customer", "orders_within"), (90 * DAY,)), Const(1)))
    course = Course(database, campaign(when(condition, then=numbered([wait()])), wait()))
    if not orders:
        course.post(refund("r", "o1"))
        course.change(OCCASION, status="standing")
        course.change(INSTANCE, last_seq=1)
    course.begin()
    asked = "customer.orders_within(7776000000)"
    assert _decided(course) == [{"met": met, "operands": {asked: orders}}]
    answers = [json.loads(row.results) for row in course.rows(select(TICK))]
    assert {"met": met} in [answer for answered in answers for answer in answered.values()]
    assert asked not in str(answers), "only the verdict goes back to the workflow and its history"
    with database.begin() as connection:
        erase_customer(connection, "ann", "test", NOW)
    assert _decided(course) == [{"met": met, "operands": {asked: None}}]


def test_at_the_end_nothing_stays_open(each_database: Database) -> None:
    """Incidents are closed with the outcome, and messages that were granted and never tried are suppressed."""
    course = Course(each_database, campaign(send(), wait()))
    course.begin()
    course.take(EffectFailed(at=NOW, key="1#1", error="no server"))
    course.take(Command(at=NOW, seq=2, name="cancel", actor="op", reason="enough"))
    assert (course.one(MESSAGE).status, course.one(MESSAGE).reason) == ("suppressed", "cancelled")
    assert course.one(INCIDENT).resolution == "cancelled"
    instance = course.one(INSTANCE)
    assert (instance.status, instance.outcome, instance.incidents) == ("closed", "cancelled", 0)


def test_what_an_overtaken_way_had_asked_for_is_withdrawn(each_database: Database) -> None:
    """Its message does not go out, and says why."""
    course = Course(
        each_database, campaign(together("any", late=[send()], first=[choose("customer.orders", {"9": []})]))
    )
    course.begin()
    assert course.state.outcome == "completed"
    message = course.one(MESSAGE)
    assert (message.status, message.reason) == ("suppressed", "overtaken")
    assert course.performs == []


def test_who_is_restored_recalls_what_became_of_the_order(each_database: Database) -> None:
    """A delivery that nobody could be told of ends the wait for it; what the plan does not ask is left out."""
    course = Course(each_database, campaign(replace(wait(), events=("order.delivered",)), wait()))
    course.begin()
    course.change(ORDER, status="delivered")
    course.take(Restored(at=NOW))
    assert course.one(INSTANCE).step == "2"
    assert [data["event"] for kind, data in course.journal() if kind == "happened"] == ["order.delivered"]


def test_who_is_restored_recalls_redemptions_and_answers(each_database: Database) -> None:
    """What happened while nobody could be told is answered as the events that it was."""
    course = Course(each_database, campaign(reward(), ask(), wait()))
    course.begin()
    with each_database.begin() as connection:
        code = course.one(REWARD).code
        redeem(connection, Use("shop", "k", code, at=NOW + 1, order="o9"), NOW + 1)
        record_answer(connection, course.one(QUESTION).id, "4", NOW + 2)
    course.now += 3
    course.change(INSTANCE, last_seq=1)  # nobody could be told
    course.take(Restored(at=course.now))
    names = course.state.names
    assert (names["coupon"]["redeemed"], names["coupon"]["redeemed_at"], names["coupon"]["order"]) == (
        True,
        NOW + 1,
        "o9",
    )
    assert (names["reply"]["answered"], names["reply"]["answer"]) == (True, 4)


def test_a_free_text_is_recalled_without_its_words(database: Database) -> None:
    """The instance learns only that there is an answer."""
    course = Course(database, campaign(replace(ask(), answer=FreeText())))
    course.begin()
    with database.begin() as connection:
        record_answer(connection, course.one(QUESTION).id, "private", NOW)
    course.change(INSTANCE, last_seq=1)
    course.take(Restored(at=NOW))
    assert course.state.names["reply"] == {"answered": True, "answered_at": NOW, "key": "1#1"}


def test_an_event_that_came_during_the_send_is_not_forgotten(database: Database) -> None:
    """Redeemed while the message is on its way: the wait after it is over before it begins."""
    course = Course(
        database, campaign(reward(), send(), wait(NextTime(0), "coupon.redeemed"), send("receipt"))
    )
    course.begin()
    course.change(INSTANCE, last_seq=2)
    course.take(Delivered(at=NOW, seq=2, name="coupon.redeemed"))
    course.take(EffectDone(at=NOW, key="2#1", result={"status": "sent"}))
    assert course.performs == ["2#1", "4#1"]


@pytest.mark.parametrize(
    ("offer", "kind", "what"),
    [
        (FreeItem("tote-bag"), "free", "tote-bag"),
        (FreeShipping(), "shipping", None),
        (Present("A mug"), "gift", "A mug"),
    ],
)
def test_rewards_that_are_no_discount_keep_what_they_are(
    each_database: Database, offer: Offer, kind: str, what: str | None
) -> None:
    """They cost nothing of a budget's amount, and count as rewards."""
    budget = Budget(rewards=1, amount=1)
    course = Course(each_database, campaign(replace(reward(), offer=offer), wait(), budget=budget))
    course.begin()
    given = course.one(REWARD)
    assert (given.kind, given.value, given.what) == (kind, 0, what)
    assert (course.one(BUDGET).rewards, course.one(BUDGET).amount) == (1, 0)


def test_a_rewards_bound_is_kept_with_it(each_database: Database) -> None:
    """What it takes off at the most is decided at the till."""
    course = Course(each_database, campaign(replace(reward(), offer=BoundedShareOff(10_000, 500)), wait()))
    course.begin()
    given = course.one(REWARD)
    assert (given.kind, given.value, given.most) == ("share", 10_000, 500)
