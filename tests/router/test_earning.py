"""Earning: what comes of an occasion, and what its fall and return mean for its rewards and instances."""

from __future__ import annotations

import json
from dataclasses import replace

from sqlalchemy import select, update

from punchcard.domain.database import table
from punchcard.domain.rewards import Reward
from punchcard.plan.bucket import held_out
from punchcard.plan.model import Limit
from punchcard.plan.triggers import EventTrigger, OrderTrigger, SpendTrigger
from tests.router.books import INSTANCE, OCCASION, OUTBOX, Books, order, refund, review
from tests.router.campaigns import DAY, EACH, NOW, ON_THE_WEB, PUBLISHED, SPEND, campaign

REWARD = table(Reward)


def test_one_order_can_earn_several_crossings(books: Books) -> None:
    """250 of `every 100` are two occasions, each with an instance of its own; 50 are left."""
    books.publish(SPEND)
    books.take(order("o1", amount="250.00"))
    assert [name for name, _, _ in books.told()] == ["spend.e1.c1.1.g1", "spend.e1.c1.2.g1"]
    assert books.progress() == {("spend", "ann"): (250_00, 0, 2)}


def test_an_occasion_never_names_its_cause_in_its_identity(books: Books) -> None:
    """Whichever order crosses, the first crossing is number 1; what steps can refer to is the one that came last."""
    books.publish(SPEND)
    books.take(order("o2", amount="60.00", at="2026-06-02T10:00:00+00:00"))
    books.take(order("o1", amount="40.00"))
    names = json.loads(books.rows(select(OCCASION.c.names))[0].names)
    assert names["order"]["id"] == "o2"
    assert (names["occasion"]["identity"], names["occasion"]["ordinal"]) == ("1", 1)


def test_each_crossing_of_a_batch_is_caused_by_the_order_that_crossed(books: Books) -> None:
    """What else stands in the batch has no part in it: its words and its due time are those of its order."""
    books.publish(SPEND)
    amounts = ("60.00", "50.00", "30.00", "250.00", "5.00")
    books.take(*(order(f"o{number}", amount=amount) for number, amount in enumerate(amounts)))
    causes = {row.identity: json.loads(row.names)["order"]["id"] for row in books.rows(select(OCCASION))}
    assert causes == {"1": "o1", "2": "o3", "3": "o3"}


def test_a_refund_of_history_in_the_same_batch_makes_no_occasion_historical(books: Books) -> None:
    """The order that crossed is rewarded, whatever happens to another one at the same moment."""
    books.publish(SPEND)
    books.take(order("h1", amount="50.00"), history=True)
    books.take(order("o1", amount="60.00"), refund("r1", "h1", amount="1.00"))
    assert books.dispositions("spend") == {("ann", "1"): ("standing", "started")}


def test_another_currency_does_not_count(books: Books) -> None:
    """Euros do not add up to dollars."""
    books.publish(SPEND)
    books.take(order("o1", amount="100.00", currency="EUR"))
    assert books.standing() == set()


def test_a_held_out_customer_is_tracked_and_not_rewarded(books: Books) -> None:
    """Who falls into the holdout has occasions and no instance; it is always the same customers."""
    books.publish(campaign("half", OrderTrigger(first=True), holdout=5000))
    people = [f"c{number:02}" for number in range(40)]
    books.take(*(order(f"o{name}", name) for name in people))
    found = [disposition for _, disposition in books.dispositions("half").values()]
    assert found == ["held_out" if held_out("half", 5000, id) else "started" for id in range(1, 41)]
    assert 0 < found.count("held_out") < 40
    assert len(books.told()) == found.count("started")


def test_who_is_held_out_stays_so(books: Books) -> None:
    """An occasion that falls and arises again is neither told nor started: it was decided once."""
    books.publish(campaign("all", OrderTrigger(), holdout=10_000))
    books.take(order("o1"))
    books.take(order("o1", revision=1, status="cancelled"))
    books.take(order("o1", revision=2))
    assert books.dispositions("all") == {("ann", "shop/o1"): ("standing", "held_out")}
    assert (books.told(), books.rows(select(INSTANCE))) == ([], [])


def test_a_limit_for_good_counts_what_stands_and_was_given(books: Books) -> None:
    """What is reversed makes room; what was over the limit stays so, even when it is earned again."""
    books.publish(campaign("thanks", OrderTrigger(), limit=Limit(1)))
    books.take(order("o1"), order("o2"), order("o3", "ben"))
    books.take(refund("r1", "o1"), order("o2", revision=1, status="cancelled"))
    books.take(order("o2", revision=2))
    books.take(order("o4"), order("o5"))
    assert {key[1]: found for key, found in books.dispositions("thanks").items()} == {
        "shop/o1": ("reversed", "started"),
        "shop/o2": ("standing", "over_limit"),
        "shop/o3": ("standing", "started"),
        "shop/o4": ("standing", "started"),
        "shop/o5": ("standing", "over_limit"),
    }


def test_history_and_holdouts_use_up_no_limit(books: Books) -> None:
    """They were given nothing."""
    books.publish(campaign("thanks", OrderTrigger(), limit=Limit(1), count_history=True))
    books.take(order("h1"), history=True)
    books.take(order("o1"))
    found = [disposition for _, disposition in books.dispositions("thanks").values()]
    assert found == ["historical", "started"]


def test_a_limit_holds_across_epochs(books: Books) -> None:
    """Another way of counting is no second chance within the same year; the occasions are numbered anew."""
    once = campaign("save", SpendTrigger(every=100_00), limit=Limit(1, period="year"))
    books.publish(once)
    books.take(order("o1", amount="100.00"))
    books.publish(replace(once, trigger=SpendTrigger(every=80_00)), at=PUBLISHED + 10 * DAY)
    books.take(order("o2", amount="80.00", at="2026-06-20T10:00:00Z"))
    rows = books.rows(select(OCCASION).order_by(OCCASION.c.id))
    assert [(row.epoch, row.identity, row.disposition) for row in rows] == [
        (1, "1", "started"),
        (2, "1", "over_limit"),
    ]


def test_a_customers_own_zone_says_which_day_it_is(books: Books) -> None:
    """Once a day, for somebody in Tokyo whose day begins while the campaign's is still yesterday's."""
    books.publish(campaign("daily", OrderTrigger(), limit=Limit(1, period="day")))
    profile = {"id": "p", "type": "profile", "customer": "ann", "occurred_at": "2026-06-01T00:00:00Z"}
    books.take({**profile, "data": {"timezone": "Asia/Tokyo"}})
    for customer in ("ann", "ben"):
        books.take(
            order(f"{customer}-1", customer, at="2026-06-01T14:59:59Z"),
            order(f"{customer}-2", customer, at="2026-06-01T15:00:00Z"),
        )
    found = {key[0]: disposition for key, (_, disposition) in books.dispositions("daily").items()}
    assert found == {"ann": "started", "ben": "over_limit"}  # of the second order of each


def test_a_limit_by_calendar_period_is_recorded_as_such(books: Books) -> None:
    """Of three reviews in a quarter two are rewarded; the next quarter begins anew, in the campaign's zone."""
    two = campaign(
        "thanks", EventTrigger(name="review"), limit=Limit(2, period="quarter"), timezone="America/New_York"
    )
    books.publish(two)
    at = ["2026-06-30T10:00:00-04:00", "2026-06-30T12:00:00-04:00", "2026-06-30T23:59:59-04:00"]
    at.append("2026-07-01T00:00:00-04:00")
    books.take(*(review(f"e{n}", "ann", "tea", at=each) for n, each in enumerate(at)))
    found = [disposition for _, disposition in books.dispositions("thanks").values()]
    assert found == ["started", "started", "over_limit", "started"]


def test_a_rolling_limit_holds_in_any_window_and_in_no_larger_one(books: Books) -> None:
    """`2 in any 10 days`: a late event between two that lie 12 days apart fits, one more does not."""
    books.publish(campaign("thanks", EventTrigger(name="review"), limit=Limit(2, rolling=10 * DAY)))
    days = ["01", "13", "07", "08", "23", "22"]
    for day in days:
        books.take(review(f"e{day}", "ann", "tea", at=f"2026-06-{day}T10:00:00Z"))
    found = [disposition for _, disposition in books.dispositions("thanks").values()]
    assert dict(zip(days, found, strict=True)) == {
        "01": "started",
        "13": "started",
        "07": "started",  # with 01, and with 13, but never three within ten days
        "08": "over_limit",  # 07, 08 and 13
        "23": "started",
        "22": "started",  # 13 and 22, 22 and 23: 13 and 23 lie ten days apart
    }


def test_a_fall_revokes_the_unused_reward_and_tells_the_instance(books: Books) -> None:
    """A refund takes the crossing back: its reward is revoked, its instance hears of it, once."""
    books.publish(SPEND)
    books.take(order("o1", amount="100.00"))
    _give(books, "issued")
    books.take(refund("r1", "o1", amount="0.01"))
    books.take(refund("r2", "o1", amount="1.00"))
    assert books.dispositions("spend") == {("ann", "1"): ("reversed", "started")}
    assert [row.status for row in books.rows(select(REWARD.c.status))] == ["revoked"]
    assert [kind for _, _, kind in books.told()] == ["start", "reverse"]


def test_a_redeemed_reward_is_forgiven(books: Books) -> None:
    """What was redeemed stays redeemed."""
    books.publish(SPEND)
    books.take(order("o1", amount="100.00"))
    _give(books, "redeemed")
    books.take(refund("r1", "o1"))
    assert [row.status for row in books.rows(select(REWARD.c.status))] == ["redeemed"]


def test_earning_again_restores_the_same_reward_in_the_next_generation(books: Books) -> None:
    """No second occasion, no second reward: the instance goes on as generation 2 from where generation 1 was."""
    books.publish(SPEND)
    books.take(order("o1", amount="100.00"))
    _give(books, "issued")
    books.take(refund("r1", "o1", amount="50.00"))
    books.take(order("o2", amount="50.00"))
    assert books.dispositions("spend") == {("ann", "1"): ("standing", "started")}
    assert [(row.status, row.revoked_at) for row in books.rows(select(REWARD))] == [("issued", None)]
    instances = books.rows(select(INSTANCE).order_by(INSTANCE.c.generation))
    assert [(row.id, row.resumes) for row in instances] == [
        ("spend.e1.c1.1.g1", None),
        ("spend.e1.c1.1.g2", "spend.e1.c1.1.g1"),
    ]
    books.check()


def test_an_instance_that_had_ended_well_is_not_run_again(books: Books) -> None:
    """Where generation 1 had come to its end before the fall, earning again restores the reward alone."""
    books.publish(SPEND)
    books.take(order("o1", amount="100.00"))
    _give(books, "issued")
    with books.database.begin() as connection:
        connection.execute(update(INSTANCE).values(status="closed", outcome="completed", closed_at=NOW))
    books.take(refund("r1", "o1"))
    books.take(order("o2", amount="100.00"))
    assert [row.status for row in books.rows(select(REWARD.c.status))] == ["issued"]
    assert len(books.rows(select(INSTANCE))) == 1


def test_an_order_that_changes_hands_takes_its_occasion_along(books: Books) -> None:
    """A revision names another customer: the occasion falls for the one and arises for the other."""
    books.publish(EACH)
    books.take(order("o1", "ann"))
    books.take(order("o1", "ben", revision=1))
    assert books.standing() == {("each", "ben", "shop/o1")}
    assert books.dispositions("each")["ann", "shop/o1"][0] == "reversed"


def test_all_units_of_a_line_given_back_one_by_one_leave_nothing(books: Books) -> None:
    """A line of 3 units for 100: three refunds of one unit each give back 100, not 99."""
    books.publish(EACH)
    books.take(order("o1", amount="100.00", lines=[("a", 3, "100.00")]))
    for number in range(3):
        books.take(refund(f"r{number}", "o1", lines=[("a", 1)]))
    assert books.standing() == set()
    books.check()


def test_conditions_filter_by_the_order_itself(books: Books) -> None:
    """An absent attribute does not fulfil a condition."""
    books.publish(campaign("web", SpendTrigger(every=50_00, where=ON_THE_WEB)))
    books.take(order("o1"), order("o2", "ben", channel="web"), order("o3", "cho", channel="till"))
    assert books.standing() == {("web", "ben", "1")}


def test_what_a_person_wrote_stays_out_of_what_instances_are_told(books: Books) -> None:
    """A start carries of an event only what the plan's conditions read."""
    books.publish(replace(campaign("thanks", EventTrigger(name="review")), title="Thanks"))
    books.take(review("e1", "ann", "a very personal word"))
    payload = json.loads(books.rows(select(OUTBOX.c.payload))[0].payload)
    assert payload["names"]["event"] == {}


def _give(books: Books, status: str) -> None:
    """Give the only occasion a reward, as its instance would."""
    instance = books.rows(select(INSTANCE))[0]
    values = {"occasion_id": instance.occasion_id, "instance_id": instance.id, "customer_id": 1, "key": "1#1"}
    terms = {"campaign": "spend", "name": "coupon", "kind": "share", "value": 2000, "currency": "USD"}
    with books.database.begin() as connection:
        connection.execute(
            REWARD.insert().values(**values, **terms, code="NX7K-4GTP-W9CR", status=status, issued_at=NOW)
        )
