"""`start` in the machine: what it waits for, and what it knows of the end."""

import pytest

from punchcard.plan.events import Command, Deadline, Delivered, EffectDone, EffectFailed, Restored
from punchcard.plan.facts import Resolve
from punchcard.plan.model import After, AfterMonths
from tests.plan.samples import DAY, HOUR, T0, Walk, send, start, walk

KEY = "1#1"
WAITS = start("other", After(9 * DAY), then=[send("thanks")], otherwise=[send("sorry")])


def performed(begun: Walk, status: str = "started") -> Walk:
    """Let the other campaign have been started, or not."""
    begun.take(EffectDone(at=T0, key=KEY, result={"status": status, "campaign": "other", "instance": "i"}))
    return begun


def ended(outcome: str, key: str = KEY, seq: int = 2) -> Delivered:
    """Return the news of its end."""
    return Delivered(at=T0 + HOUR, seq=seq, name="started.ended", data={"key": key, "outcome": outcome})


def test_without_a_limit_it_goes_on_at_once() -> None:
    """Nothing is known of what it started."""
    begun = performed(walk(start(), send()))
    assert begun.place == [("2", "performing")]
    assert "started" not in begun.state.names


def test_it_waits_for_the_end_and_knows_how_it_came() -> None:
    """`then` follows, whatever the outcome is."""
    begun = performed(walk(WAITS))
    assert (begun.place, begun.state.next_deadline) == ([("1", "waiting")], T0 + 9 * DAY)
    begun.take(ended("stopped"))
    assert begun.place == [("1.then.1", "performing")]
    assert begun.state.names["started"]["outcome"] == "stopped"


def test_the_limit_leads_to_otherwise() -> None:
    """It has no outcome; one that comes later changes nothing but what is known."""
    begun = performed(walk(WAITS))
    begun.take(Deadline(at=T0 + 9 * DAY))
    assert begun.place == [("1.otherwise.1", "performing")]
    assert begun.state.names["started"] == {"ended": False, "key": KEY}


@pytest.mark.parametrize("status", ["over_limit", "held_out", "already_running", "joined"])
def test_what_did_not_start_is_not_waited_for(status: str) -> None:
    """The other campaign did not take the customer in."""
    begun = performed(walk(WAITS), status)
    assert begun.place == [("1.otherwise.1", "performing")]
    assert begun.state.names["started"]["outcome"] == "not_started"


def test_what_is_not_to_be_started_is_not_waited_for() -> None:
    """The occasion fell, or the chain is too long."""
    begun = walk(WAITS, answers={KEY: {"verdict": "superseded", "reason": "chain_too_long"}})
    assert begun.place == [("1.otherwise.1", "performing")]
    assert begun.state.names["started"]["outcome"] == "not_started"


def test_an_end_that_comes_before_the_start_is_known_is_kept() -> None:
    """The other campaign was done in no time."""
    begun = walk(WAITS)
    begun.take(ended("completed"))
    assert begun.place == [("1", "performing")]
    assert performed(begun).place == [("1.then.1", "performing")]


def test_the_end_of_an_earlier_visit_is_not_this_one() -> None:
    """It is about another key."""
    begun = performed(walk(WAITS))
    begun.take(ended("completed", key="1#0"))
    assert begun.place == [("1", "waiting")]
    assert not begun.state.names["started"]["ended"]


def test_a_limit_by_the_calendar_is_found_in_the_commit() -> None:
    """A month depends on the zone."""
    begun = walk(start("other", AfterMonths(1)))
    assert [fact.key for fact in begun.facts if isinstance(fact, Resolve)] == ["1#1:due"]
    assert performed(begun).state.next_deadline == T0 + DAY


def test_whoever_goes_on_after_an_end_asks_under_the_same_key() -> None:
    """The campaign is started once; its end that came meanwhile is recalled."""
    begun = walk(WAITS)
    begun.take(ended("completed"))
    begun.take(Restored(at=T0 + DAY))
    assert begun.performed == [KEY, KEY]
    assert performed(begun).place == [("1.then.1", "performing")]


def test_what_cannot_be_started_is_for_an_operator() -> None:
    """Who skips it goes on without it."""
    begun = walk(WAITS)
    begun.take(EffectFailed(at=T0, key=KEY, error="there is no campaign other"))
    assert begun.place == [("1", "parked")]
    begun.take(Command(at=T0 + HOUR, seq=2, name="skip", actor="user:ann"))
    assert begun.place == [("1.otherwise.1", "performing")]
