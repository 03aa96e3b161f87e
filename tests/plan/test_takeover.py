"""Another order makes the occasion stand: what comes after concerns that one, and what was done stays done."""

from typing import Any

from punchcard.plan.events import Committed, Restored, Reversed, Started, TakenOver
from punchcard.plan.facts import Resolve
from punchcard.plan.model import After, Beside, DayBeside, Step, StopWhen
from punchcard.plan.program import program
from punchcard.plan.state import from_data, to_data
from tests.plan.samples import DAY, HOUR, T0, Walk, plan, repeat, reward, send, wait, when

LAPSE = 20 * DAY


def order(id: str, at: int = T0, amount: int = 40_00, **facts: bool) -> dict[str, Any]:
    """Return an order as an occasion names it; nothing has happened to it but what `facts` say."""
    happened = dict.fromkeys(("placed", "paid", "delivered", "refunded"), False) | facts
    return {"id": id, "amount": amount, "currency": "USD", "occurred_at": at, **happened}


def begun(*steps: Step, delivered: bool = False, patient: bool = False, **terms: Any) -> Walk:
    """Return an instance of the order o1 that has been started."""
    found = Walk(program(plan(*steps, **terms)), patient=patient)
    found.take(Started(at=T0, names={"order": order("o1", delivered=delivered)}))
    return found


def taken_over(found: Walk, at: int = T0 + HOUR, **facts: bool) -> Walk:
    """Let the occasion stand by the order o2 from now on, without interruption."""
    found.take(TakenOver(at=at, seq=found.state.seen + 1, order=order("o2", at, 70_00, **facts)))
    return found


def restored(found: Walk, **facts: bool) -> Walk:
    """Let the occasion fall an hour later, and stand again by the order o2."""
    found.take(Reversed(at=T0 + HOUR, seq=found.state.seen + 1))
    back = T0 + HOUR + LAPSE
    found.take(Restored(at=back, lapse=LAPSE, order=order("o2", back, 70_00, **facts)))
    return found


def test_what_comes_after_sees_the_order_that_stands() -> None:
    """Its number and amount; facts that nothing asks for are left out."""
    for found in (taken_over(begun(wait(After(DAY)))), restored(begun(wait(After(DAY))))):
        seen = found.state.names["order"]
        assert (seen["id"], seen["amount"], "delivered" in seen) == ("o2", 70_00, False)
        assert "taken_over" in found.whats
        assert from_data(to_data(found.state)) == found.state


def test_what_was_done_is_not_done_again() -> None:
    """A reward stays what it is, a wait for an event goes on to the same end."""
    found = taken_over(begun(reward(), wait(After(DAY), "coupon.redeemed")))
    assert found.whats.count("rewarded") == 1
    (token,) = found.state.tokens
    assert (token.key, token.deadline) == ("2#1", T0 + DAY)


def test_a_wait_is_for_what_happens_to_the_order_that_stands() -> None:
    """What has happened to it already counts at once, and what had happened to the other one no more."""
    waits = (wait(After(DAY), "order.delivered", then=[send("delivered")], otherwise=[send("late")]),)
    assert taken_over(begun(*waits)).place == [("1", "waiting")]
    assert taken_over(begun(*waits), delivered=True).place == [("1.then.1", "performing")]
    assert restored(begun(*waits), delivered=True).place == [("1.then.1", "performing")]
    found = begun(wait(After(DAY)), when("order.delivered"), delivered=True)
    assert found.state.names["order"]["delivered"]
    assert not taken_over(found).state.names["order"]["delivered"]


def test_what_ends_an_instance_may_have_happened_to_the_order() -> None:
    """As if it had begun with it."""
    stop = StopWhen("order.delivered", events=("order.delivered",))
    for come in (taken_over, restored):
        found = come(begun(wait(After(DAY)), stop_when=stop), delivered=True)
        assert found.state.outcome == "stopped"
        assert come(begun(wait(After(DAY)), stop_when=stop)).state.outcome is None


def test_rounds_that_go_on_for_it_end() -> None:
    """At once, although the next one is not due."""
    found = begun(repeat(3, [reward()], every=After(5 * DAY), until="order.delivered"), send())
    assert found.place == [("1", "waiting")]
    assert taken_over(found, delivered=True).place == [("2", "performing")]


def test_what_is_waited_for_beside_the_order_is_found_anew() -> None:
    """From the order that stands, whether the occasion fell meanwhile or not; the lapse before it has no part in it."""
    beside = wait(Beside("order", "occurred_at", 3 * DAY))
    (token,) = taken_over(begun(beside)).state.tokens
    assert (token.key, token.deadline) == ("1#2", T0 + HOUR + 3 * DAY)
    (token,) = restored(begun(beside)).state.tokens
    assert token.deadline == T0 + HOUR + LAPSE + 3 * DAY
    later = restored(begun(wait(After(DAY)), beside))
    assert later.state.lapse_before_order == later.state.lapse == LAPSE


def test_an_answer_about_the_order_before_is_not_taken() -> None:
    """It was under way as the other order took its place."""
    found = taken_over(begun(wait(DayBeside("order", "occurred_at", 3)), patient=True))
    asked = [(fact.key, fact.since) for fact in found.facts if isinstance(fact, Resolve)]
    assert asked == [("1#1:due", T0), ("1#2:due", T0 + HOUR)]
    found.take(Committed(at=found.now, tick=1, results={"1#1:due": {"due": T0 + 3 * DAY}}))
    assert found.place == [("1", "asked")]


def test_the_same_order_keeps_what_has_happened_to_it() -> None:
    """A revision that says less takes nothing back; its amount is what it is now."""
    found = begun(wait(After(DAY)), when("order.delivered"), delivered=True)
    found.take(Reversed(at=T0 + HOUR, seq=2))
    found.take(Restored(at=T0 + 2 * HOUR, lapse=HOUR, order=order("o1", amount=55_00)))
    seen = found.state.names["order"]
    assert (seen["amount"], seen["delivered"]) == (55_00, True)
    assert "taken_over" not in found.whats
    assert found.state.lapse_before_order == 0
