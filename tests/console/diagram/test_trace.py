"""The way that an instance took, told by its state and its journal."""

from __future__ import annotations

from api.console.diagram.trace import Line, trace, was_reached, was_taken
from punchcard.picture.graph import graph
from punchcard.plan.model import Plan
from punchcard.plan.state import State, Token
from tests.picture.plans import EVERY_BRANCH, RUNNING_EXAMPLE
from tests.plan.samples import call, plan, send, wait


def _taken(plan: Plan, state: State, *journal: Line) -> set[tuple[str, str]]:
    way = trace(plan, state, journal)
    return {(link.source, link.target) for link in graph(plan).links if was_taken(link, way)}


def test_an_instance_that_has_not_begun_has_no_way() -> None:
    """Nothing is highlighted before the first tick."""
    assert _taken(RUNNING_EXAMPLE, State()) == set()


def test_a_limit_leads_below() -> None:
    """Once the time is up, the way goes on from the boundary timer."""
    state = State(
        tokens=[Token("3.otherwise.2", 1, 0, "waiting")],
        visits=dict.fromkeys(("1", "2", "3", "3.otherwise.1", "3.otherwise.2"), 1),
    )
    taken = _taken(RUNNING_EXAMPLE, state, Line("waiting", "3"), Line("elapsed", "3"))
    assert ("3", "3.otherwise.1") in taken
    assert ("3", "4") not in taken
    assert ("3.otherwise.2", "4") not in taken


def test_a_redemption_goes_straight_on_to_the_end() -> None:
    """An event in time, a condition that holds and an answer lead through the upper lane to the end."""
    state = State(outcome="completed", visits=dict.fromkeys(("1", "2", "3", "4", "4.then.1", "4.then.2"), 1))
    journal = [
        Line("happened", None, {"event": "coupon.redeemed"}),
        Line("decided", "4", {"met": True}),
        Line("elapsed", "4.then.1"),
        Line("message", "4.then.2", {"status": "sent"}),
        Line("happened", None, {"event": "reply.answered"}),
    ]
    taken = _taken(RUNNING_EXAMPLE, state, *journal)
    assert {("3", "4"), ("4", "4.then.1"), ("4.then.2", "end")} <= taken
    links = [
        link for link in graph(RUNNING_EXAMPLE).links if (link.source, link.target) == ("4.then.2", "end")
    ]
    way = trace(RUNNING_EXAMPLE, state, journal)
    assert [was_taken(link, way) for link in links] == [link.exit == "then" for link in links]


def test_the_event_that_came_first_opens_its_own_branch() -> None:
    """Of an event-based gateway only the way of the event that happened was taken."""
    state = State(outcome="stopped", visits={"1": 1, "1.coupon.redeemed.1": 1})
    way = trace(EVERY_BRANCH, state, [Line("happened", None, {"event": "coupon.redeemed"})])
    assert way.exits["1"] == "coupon.redeemed"
    assert was_reached("1:coupon.redeemed", way)
    assert not was_reached("1:customer.ordered", way)
    assert not was_reached("end", way)


def test_a_question_that_was_not_sent_goes_the_way_of_no_answer() -> None:
    """A suppressed question leads to `otherwise`."""
    state = State(tokens=[Token("2.otherwise.1", 1, 0, "asked")], visits={"1": 1, "2": 1, "2.otherwise.1": 1})
    way = trace(
        EVERY_BRANCH, state, [Line("elapsed", "1"), Line("suppressed", "2", {"reason": "no_consent"})]
    )
    assert way.exits == {"1": "otherwise", "2": "otherwise"}


def test_what_was_run_ahead_of_a_refused_reward_is_not_on_the_way() -> None:
    """A token parked at its reward had moved on to the message before the refusal came."""
    state = State(tokens=[Token("1", 1, 0, "parked")], visits={"1": 1, "2": 1})
    way = trace(RUNNING_EXAMPLE, state, [Line("incident", "1", {"error": "budget_exhausted"})])
    assert not was_reached("2", way)
    assert way.standing == {"1": "parked"}


def test_an_instance_that_ended_with_the_budget_was_no_further() -> None:
    """As where it is parked there."""
    state = State(outcome="stopped", tokens=[Token("1", 1, 0, "asked")], visits={"1": 1, "2": 1})
    way = trace(RUNNING_EXAMPLE, state, [Line("refused", "1", {"reason": "budget_exhausted"})])
    assert not was_reached("2", way)
    assert not was_reached("end", way)


def test_an_error_leads_below() -> None:
    """Where a call came to nothing, the way goes on from the boundary event; else straight on."""
    drawn = plan(call("packing", [wait()]), send())
    state = State(outcome="completed", visits={"1": 1, "2": 1})
    assert ("1", "2") in _taken(drawn, state, Line("called", "1", {"status": 200}))
    state = State(outcome="completed", visits={"1": 1, "1.on_error.1": 1, "2": 1})
    taken = _taken(drawn, state, Line("given_up", "1", {"error": "no answer"}))
    assert ("1", "1.on_error.1") in taken
    assert ("1", "2") not in taken
