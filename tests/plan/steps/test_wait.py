"""`wait` in the machine: for facts of this order, which count whenever they came to hold."""

from dataclasses import replace

from punchcard.plan.events import Delivered, Started
from punchcard.plan.model import After, StopWhen
from punchcard.plan.program import program
from tests.plan.samples import DAY, HOUR, T0, Walk, plan, send, stop, wait, walk

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
