"""Budgets in the machine: what becomes of a token whose reward was refused, by what the campaign says."""

from typing import Literal

from punchcard.plan.events import Command, Deadline, Restored
from punchcard.plan.model import Budget
from tests.plan.samples import T0, Walk, reward, send, together, walk

REFUSED = {"refused": "budget_exhausted"}
AFTER = {"refused": "an earlier reward was refused"}


def begun(then: Literal["incident", "stop"]) -> Walk:
    """Return an instance whose first reward has no room in the budget."""
    return walk(
        reward(),
        reward("second"),
        send(),
        answers={"1#1": REFUSED, "2#1": AFTER},
        budget=Budget(1, then=then),
    )


def test_an_incident_waits_at_the_reward() -> None:
    """The token has gone ahead to the message, and comes back."""
    parked = begun("incident")
    assert parked.place == [("1", "parked")]
    assert parked.state.outcome is None


def test_a_quiet_end_says_why_and_where() -> None:
    """There is no incident."""
    ended = begun("stop")
    assert ended.state.outcome == "stopped"
    assert [(what, path) for what, path in ended.notes if what in ("refused", "finished", "incident")] == [
        ("refused", "1"),
        ("finished", None),
    ]


def test_ways_beside_it_end_too() -> None:
    """Whichever of them asked."""
    both = together("all", one=(reward(),), other=(send(),))
    ended = walk(both, answers={"1.one.1#1": REFUSED}, budget=Budget(1, then="stop"))
    assert ended.state.outcome == "stopped"
    assert ended.performed == []


def test_what_stands_again_asks_for_the_reward_again() -> None:
    """Under the same key, and before what follows it."""
    ended = begun("stop")
    ended.answers = {}
    ended.take(Restored(at=T0, seq=0))
    assert ended.state.outcome is None
    assert ended.place == [("3", "performing")]


def test_what_was_refused_for_another_reason_is_an_incident() -> None:
    """Only an exhausted budget is expected."""
    other = walk(reward(), send(), answers={"1#1": {"refused": "reversed"}}, budget=Budget(1, then="stop"))
    assert other.place == [("1", "parked")]


def test_the_next_period_tries_it_again_by_itself() -> None:
    """When its time has come the incident closes, and the reward is asked for under a key of its own."""
    parked = walk(reward(), send(), answers={"1#1": REFUSED | {"until": T0 + 1000}}, budget=Budget(1))
    assert parked.state.next_deadline == T0 + 1000
    parked.answers = {}
    parked.take(Deadline(at=T0 + 999))
    assert parked.place == [("1", "parked")]
    parked.take(Deadline(at=T0 + 1000))
    assert parked.place == [("2", "performing")]
    assert parked.state.next_deadline is None
    assert "next_period" in [what for what, _ in parked.notes]


def test_a_person_may_decide_before() -> None:
    """Then nothing is tried again later."""
    for name in ("retry", "skip"):
        parked = walk(reward(), send(), answers={"1#1": REFUSED | {"until": T0 + 1000}}, budget=Budget(1))
        parked.answers = {}
        parked.take(Command(at=T0, seq=2, name=name, actor="op"))
        assert parked.place == [("2", "performing")]
        assert parked.state.next_deadline is None
