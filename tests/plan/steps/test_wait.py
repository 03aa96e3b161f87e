"""`wait` in the machine: for facts of this order, which count whenever they came to hold."""

from dataclasses import replace

import pytest

from punchcard.plan.events import Delivered, Restored, Started
from punchcard.plan.model import After, AfterMonths, StopWhen
from punchcard.plan.program import program
from tests.plan.samples import DAY, HOUR, T0, Walk, plan, reward, send, stop, wait, walk

FOR_DELIVERY = replace(wait(After(9 * DAY)), events=("order.delivered",))


def begun(*steps: object, delivered: bool, **terms: object) -> Walk:
    """Return an instance that has begun with an order which is delivered, or not."""
    found = Walk(program(plan(*steps, **terms)))  # type: ignore[arg-type]
    found.take(Started(at=T0, names={"order": {"id": "o1", "delivered": delivered}}))
    return found


def test_what_has_happened_to_the_order_already_is_not_waited_for() -> None:
    """It was delivered before the instance began."""
    assert begun(FOR_DELIVERY, send(), delivered=True).place == [("2", "performing")]
    assert begun(FOR_DELIVERY, send(), delivered=False).place == [("1", "waiting")]


def test_what_happens_to_the_order_before_the_wait_is_kept() -> None:
    """It comes during the first wait, and the second one goes on at once."""
    early = begun(wait(After(DAY)), FOR_DELIVERY, send(), delivered=False)
    early.take(Delivered(at=T0 + HOUR, seq=2, name="order.delivered"))
    assert early.place == [("1", "waiting")]
    assert early.state.names["order"] == {"id": "o1", "delivered": True, "delivered_at": T0 + HOUR}


def test_the_wait_is_over_when_it_happens() -> None:
    """And whatever follows is due then."""
    waiting = begun(FOR_DELIVERY, send(), delivered=False)
    waiting.take(Delivered(at=T0 + HOUR, seq=2, name="order.delivered"))
    assert waiting.place == [("2", "performing")]
    assert waiting.state.tokens[0].due == T0 + HOUR


def test_what_ends_the_instance_ends_it_before_it_begins() -> None:
    """`stop_when` names something that has happened already: nothing is done."""
    ends = StopWhen("order.delivered", ("order.delivered",))
    over = begun(send(), delivered=True, stop_when=ends)
    assert (over.state.outcome, over.notes[-1]) == ("stopped", ("finished", None))
    assert begun(send(), delivered=False, stop_when=ends).state.outcome is None


def test_a_customers_event_counts_from_the_wait_on() -> None:
    """What the customer did before is no news."""
    shop = replace(wait(After(9 * DAY)), events=("customer.ordered",))
    waiting = walk(wait(After(DAY)), shop, stop("done"))
    waiting.take(Delivered(at=T0 + HOUR, seq=2, name="customer.ordered"))
    assert waiting.place == [("1", "waiting")]


@pytest.mark.parametrize("event", ["customer.ordered", "coupon.redeemed", "order.delivered"])
@pytest.mark.parametrize("is_restored", [False, True])
def test_what_happens_before_the_limit_is_known_ends_the_wait(event: str, *, is_restored: bool) -> None:
    """The database has yet to say until when it waits, as while a pause holds its answer back."""
    asking = walk(reward(), wait(AfterMonths(2), event, then=[send()], otherwise=[stop("late")]))
    begun = Walk(asking.program, patient=True)
    begun.take(Started(at=T0, names={"order": {"id": "o1", "delivered": False}}))
    begun.settle()
    assert begun.place == [("2", "asked")]
    begun.take(Delivered(at=T0 + HOUR, seq=2, name=event, data={"reward": 1} if "coupon" in event else {}))
    begun.patient = False
    begun.take(Restored(at=T0 + 2 * HOUR, results=begun.unanswered)) if is_restored else begun.settle()
    assert begun.place == [("2.then.1", "performing")]


def test_a_customers_event_counts_from_the_step_on_however_late_its_limit_is_known() -> None:
    """What happened before the step is no news, and what happened after it is, whenever it is heard."""
    for at, place in ((T0 - HOUR, ("1", "waiting")), (T0 + HOUR, ("2", "performing"))):
        begun = Walk(program(plan(wait(AfterMonths(2), "customer.ordered"), send())), patient=True)
        begun.take(Started(at=T0))
        begun.now = T0 + 2 * HOUR
        begun.settle()
        begun.patient = False
        begun.take(Delivered(at=at, seq=2, name="customer.ordered"))
        assert begun.place == [place]
