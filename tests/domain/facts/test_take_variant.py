"""Experiments against a real database: who is counted, when somebody looks, and what is kept for ever."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from punchcard.domain.customers import Customer
from punchcard.domain.database import Database, table
from punchcard.domain.events import Event
from punchcard.domain.experiments import Experiment, ExperimentEntry, ExperimentLook
from punchcard.domain.facts.granting import Granting
from punchcard.domain.facts.take_variant import take_variant
from punchcard.domain.messages import Question
from punchcard.domain.occasions import Occasion
from punchcard.domain.orders import Order
from punchcard.domain.rewards import Redemption, Reward
from punchcard.domain.successes import counts_of
from punchcard.plan.facts import TakeVariant
from punchcard.plan.model import KeepBest
from punchcard.plan.sequential import Count
from tests.plan.samples import DAY, T0, plan

EXPERIMENT, ENTRY, LOOK = table(Experiment), table(ExperimentEntry), table(ExperimentLook)
OCCASION, REWARD, QUESTION = table(Occasion), table(Reward), table(Question)
REDEMPTION = table(Redemption)
ORDER, EVENT, CUSTOMER = table(Order), table(Event), table(Customer)
VARIANTS = ("plain", "warm")
COUPON = KeepBest(by="coupon.redeemed", within=DAY, after=20, sure=9_500, mark="m1")


@dataclass
class Lab:
    """An experiment whose customers come one by one; each is known by a number, and so is their occasion."""

    database: Database
    keep_best: KeepBest = COUPON
    now: int = T0
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def come(self, occasion: int, lot: str, *, customer: int | None = None, refused: bool = False) -> str:
        """Let an instance come to the split; return its way."""
        customer = occasion if customer is None else customer
        with self.database.begin() as connection:
            if not connection.execute(select(OCCASION.c.id).where(OCCASION.c.id == occasion)).first():
                connection.execute(insert(OCCASION).values(**self._occasion(occasion, customer)))
            instance = SimpleNamespace(
                id=f"i{occasion}", occasion_id=occasion, customer_id=customer, campaign="test", version="v1"
            )
            granting = Granting(connection, instance, plan(), "UTC", self.now, refused=refused)
            fact = TakeVariant("1#1", "1", "tone", VARIANTS, lot, self.keep_best)
            way: str = take_variant(granting, fact)["way"]
        self.notes += [(note.what, note.data) for note in granting.notes]
        return way

    def crowd(self, first: int, each: int) -> None:
        """Let so many customers come for each variant, numbered from `first`; those of `plain` come first."""
        for number in range(first, first + 2 * each):
            lot = VARIANTS[(number - first) // each]
            assert self.come(number, lot) == lot

    def redeem(self, occasions: range, after: int = DAY // 2) -> None:
        """Let the rewards of these occasions be used so long after the split."""
        for each in occasions:
            reward = {
                "occasion_id": each, "instance_id": f"i{each}", "campaign": "test", "customer_id": each,
                "key": "0#1", "name": "coupon", "kind": "share", "value": 1, "currency": "USD",
                "code": f"C{each}", "issued_at": self.now,
            }  # fmt: skip
            use = {
                "source": "till", "request_key": f"r{each}", "request_digest": "", "currency": "USD",
                "redeemed_at": self.now + after,
            }  # fmt: skip
            with self.database.begin() as connection:
                given = insert(REWARD).values(**reward).returning(REWARD.c.id)
                number = connection.execute(given).scalar_one()
                connection.execute(insert(REDEMPTION).values(**use, reward_id=number))

    def counts(self) -> dict[str, Count]:
        """What is counted by now."""
        with self.database.read() as connection:
            return counts_of(connection, self.one(EXPERIMENT).id, self.keep_best, self.now)

    def rows(self, what: Any) -> list[Any]:
        """Every row of a table."""
        with self.database.read() as connection:
            return list(connection.execute(select(what)).all())

    def one(self, what: Any) -> Any:
        """The only row of a table."""
        (found,) = self.rows(what)
        return found

    def _occasion(self, number: int, customer: int) -> dict[str, Any]:
        return {
            "id": number, "campaign": "test", "epoch": 1, "customer_id": customer, "identity": str(number),
            "disposition": "started", "version": "v1", "occurred_at": self.now, "recorded_at": self.now,
            "changed_at": self.now, "status": "standing", "generation": 1, "names": "{}",
        }  # fmt: skip

    def write(self, what: Any, values: list[dict[str, Any]]) -> None:
        """Put rows down."""
        with self.database.begin() as connection:
            connection.execute(insert(what), values)

    def order(self, number: int, customer: int, **more: Any) -> None:
        """Put down an order of a customer, now."""
        values = {
            "id": number, "source": "shop", "external_id": f"o{number}", "customer_id": customer,
            "occurred_at": self.now, "received_at": self.now, "status": "paid", "currency": "USD",
            "amount": 100, "net": 100, "refunded": 0, "units": 1, "lines": "[]", "attributes": "{}",
            "revision": 0, "history": False, "event_id": number,
        }  # fmt: skip
        self.write(ORDER, [{**values, **more}])


def _decided(database: Database) -> Lab:
    """An experiment of 20 customers for each variant, of whom all of one and none of the other have succeeded."""
    lab = Lab(database)
    lab.crowd(1, 20)
    lab.redeem(range(21, 41))
    lab.now += DAY
    assert lab.come(50, "plain") == "warm"
    return lab


def test_before_anything_is_known_everybody_goes_by_lot(each_database: Database) -> None:
    """The first customer begins the experiment, and each is put down once."""
    lab = Lab(each_database)
    assert [lab.come(1, "warm"), lab.come(2, "plain"), lab.come(2, "plain")] == ["warm", "plain", "plain"]
    begun = lab.one(EXPERIMENT)
    assert (begun.campaign, begun.name, begun.mark, begun.version) == ("test", "tone", "m1", "v1")
    assert (begun.looks, begun.needed, begun.check_at, begun.winner) == (0, 20, T0 + DAY, None)
    assert [(row.customer_id, row.variant) for row in lab.rows(ENTRY)] == [(1, "warm"), (2, "plain")]
    assert lab.notes[0] == ("assigned", {"way": "warm"})


def test_who_comes_when_it_is_time_looks_and_takes_the_best(each_database: Database) -> None:
    """The look is put down with what it saw, and so is what the instance took, and why."""
    lab = _decided(each_database)
    decided, seen = lab.one(EXPERIMENT), lab.one(LOOK)
    assert (decided.winner, decided.decided_at, decided.looks) == ("warm", lab.now, 1)
    counts = {"plain": [20, 0], "warm": [20, 20]}
    assert (json.loads(seen.counts), seen.instance_id, seen.winner) == (counts, "i50", "warm")
    looked, assigned = lab.notes[-2:]
    assert looked[0] == "looked"
    assert looked[1] | {"chance": 0, "error": 0} == {
        "look": 1, "counts": counts, "best": "warm", "winner": "warm", "chance": 0, "error": 0,
    }  # fmt: skip
    assert looked[1]["chance"] < looked[1]["error"] == 0.0125
    assert assigned == ("assigned", {"way": "warm", "look": 1, "counts": counts})


def test_what_was_decided_never_flips(each_database: Database) -> None:
    """Whatever happens afterwards, and whoever comes; nobody is put down any more."""
    lab = _decided(each_database)
    lab.now += 100 * DAY
    lab.redeem(range(1, 21), after=-101 * DAY + DAY // 2)
    assert {lab.come(number, "plain") for number in range(60, 70)} == {"warm"}
    assert len(lab.rows(LOOK)) == 1
    assert len(lab.rows(ENTRY)) == 40


def test_who_is_in_a_variant_stays_there(each_database: Database) -> None:
    """An instance that comes to the split again; a new one of the same customer takes the best."""
    lab = _decided(each_database)
    assert lab.come(1, "plain") == "plain"
    assert lab.come(51, "plain", customer=1) == "warm"


def test_a_difference_that_chance_explains_keeps_nothing(each_database: Database) -> None:
    """The next look needs twice as many, and nobody looks before they can have come."""
    lab = Lab(each_database)
    lab.crowd(1, 20)
    lab.redeem(range(1, 7))
    lab.redeem(range(21, 31))
    lab.now += DAY
    assert lab.come(50, "plain") == "plain"
    looked = lab.one(EXPERIMENT)
    assert (looked.looks, looked.needed, looked.winner) == (1, 40, None)
    assert looked.check_at == lab.now + DAY
    lab.crowd(100, 19)
    lab.come(200, "warm")
    lab.now += DAY
    lab.come(201, "plain")
    assert [row.number for row in lab.rows(LOOK)] == [1, 2]


def test_a_look_waits_for_the_last_that_it_needs(each_database: Database) -> None:
    """Where one variant lacks a customer, the next look is no sooner than that one can be counted."""
    lab = Lab(each_database)
    lab.crowd(1, 19)
    lab.come(39, "plain")
    lab.now += DAY - 1
    lab.come(40, "warm")
    lab.now += 1
    lab.come(41, "plain")
    assert lab.rows(LOOK) == []
    assert lab.one(EXPERIMENT).check_at == T0 + 2 * DAY - 1
    lab.now += DAY - 1
    lab.come(42, "plain")
    assert [row.number for row in lab.rows(LOOK)] == [1]


def test_a_customer_is_counted_once_and_when_the_time_is_over(each_database: Database) -> None:
    """With the first instance; a success is one within its time, and counts no earlier."""
    lab = Lab(each_database)
    lab.come(1, "plain")
    lab.come(2, "plain")
    lab.come(3, "plain", customer=2)
    lab.redeem(range(1, 2))
    lab.redeem(range(2, 3), after=DAY + 1)
    lab.redeem(range(3, 4))
    lab.now += DAY - 1
    assert lab.counts() == {}
    lab.now += 1
    assert lab.counts() == {"plain": Count(2, 1)}


def test_whoever_fell_is_counted_and_has_not_succeeded(each_database: Database) -> None:
    """What a variant makes people send back is its doing, too."""
    lab = Lab(each_database)
    lab.come(1, "plain")
    lab.redeem(range(1, 2))
    lab.now += DAY
    assert lab.counts() == {"plain": Count(1, 1)}
    with each_database.begin() as connection:
        connection.execute(update(OCCASION).values(status="reversed"))
    assert lab.counts() == {"plain": Count(1, 0)}


def test_orders_count_that_are_paid_and_of_which_something_is_left(each_database: Database) -> None:
    """Those of the customer within the time, but for the one that led here."""
    lab = Lab(each_database, replace(COUPON, by="customer.ordered"))
    for number in range(1, 7):
        lab.come(number, "plain")
    lab.write(CUSTOMER, [{"id": number, "created_at": T0, "attributes": "{}"} for number in range(1, 7)])
    with each_database.begin() as connection:
        connection.execute(update(OCCASION).where(OCCASION.c.id == 2).values(order_id=12))
    lab.now += 1
    lab.order(11, 1)
    lab.order(12, 2)
    lab.order(13, 3, net=0)
    lab.order(14, 4, status="placed")
    lab.order(15, 5, occurred_at=T0 - 1)
    lab.order(16, 6, occurred_at=T0 + DAY + 1)
    lab.now += DAY
    assert lab.counts() == {"plain": Count(6, 1)}


def test_answers_and_named_events_count(each_database: Database) -> None:
    """Each of its own name."""
    lab = Lab(each_database, replace(COUPON, by="reply.answered"))
    lab.come(1, "plain")
    lab.come(2, "warm")
    asked = {
        "instance_id": "", "campaign": "test", "key": "2#1", "shape": "{}", "asked_at": T0,
        "answered_at": T0 + 1,
    }  # fmt: skip
    lab.write(QUESTION, [
        {**asked, "occasion_id": 1, "customer_id": 1, "name": "reply"},
        {**asked, "occasion_id": 2, "customer_id": 2, "name": "other"},
    ])  # fmt: skip
    happened = {
        "source": "shop", "revision": 0, "schema_version": 1, "occurred_at": T0 + 1, "received_at": T0 + 1,
        "digest": "", "payload": "{}", "history": False,
    }  # fmt: skip
    lab.write(EVENT, [
        {**happened, "external_id": "e1", "type": "review_written", "customer_id": 1},
        {**happened, "external_id": "e2", "type": "store_visited", "customer_id": 2},
    ])  # fmt: skip
    lab.now += DAY
    assert lab.counts() == {"plain": Count(1, 1), "warm": Count(1, 0)}
    lab.keep_best = replace(COUPON, by="customer.store_visited")
    assert lab.counts() == {"plain": Count(1, 0), "warm": Count(1, 1)}


def test_another_content_begins_anew_and_a_former_one_goes_on(each_database: Database) -> None:
    """A version that is published again finds its experiment where it stood."""
    lab = _decided(each_database)
    lab.keep_best = replace(COUPON, mark="m2")
    assert lab.come(60, "plain") == "plain"
    lab.keep_best = COUPON
    assert lab.come(61, "plain") == "warm"
    assert [(row.mark, row.winner) for row in lab.rows(EXPERIMENT)] == [("m1", "warm"), ("m2", None)]


def test_whom_a_refused_reward_keeps_back_has_not_come_yet(each_database: Database) -> None:
    """The instance is stuck before the split, and comes there when it goes on."""
    lab = Lab(each_database)
    assert lab.come(1, "plain", refused=True) == "plain"
    assert lab.rows(ENTRY) == []
    lab.now += DAY
    lab.come(1, "plain")
    assert lab.one(ENTRY).at == lab.now


@pytest.mark.parametrize("round_", range(3))
def test_two_at_once_find_one_winner(each_database: Database, round_: int) -> None:
    """One of them looks; nobody goes another way than that one once it stands."""
    lab = Lab(each_database)
    lab.crowd(1, 20)
    lab.redeem(range(21, 41))
    lab.now += DAY
    ready = threading.Barrier(4)

    def come(number: int) -> None:
        ready.wait()
        Lab(each_database, now=lab.now).come(number, "plain")

    threads = [threading.Thread(target=come, args=(50 + number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lab.one(EXPERIMENT).winner == "warm"
    assert len(lab.rows(LOOK)) == 1
    assert lab.come(60, "plain") == "warm"
