"""The end of a pause in the machine: what `shift` moves, and by how much; what `send_all` lets come at once."""

from __future__ import annotations

import pytest

from punchcard.plan.events import Command, Delivered, Restored, Started
from punchcard.plan.facts import Resolve
from punchcard.plan.model import After, AfterMonths, Beside, DayBeside, Moment, NextTime, OnDate
from punchcard.plan.program import program
from tests.plan.samples import DAY, HOUR, T0, Walk, ask, plan, repeat, reward, send, wait, walk

WEEK = After(7 * DAY)


def resume(begun: Walk, at: int, paused: int, seq: int = 9) -> None:
    """Let a pause end that took so long."""
    begun.take(Command(at=at, seq=seq, name="resume", actor="op", paused=paused))


def ends(begun: Walk) -> int:
    """Return by how much the end of the only wait lies behind the beginning."""
    deadline = begun.state.next_deadline
    assert deadline is not None
    return deadline - T0


@pytest.mark.parametrize("step", [wait(WEEK), ask(up_to=WEEK)])
def test_a_span_lasts_as_much_longer(step: object) -> None:
    """So five days of pause are five days more."""
    begun = walk(step, send("after"), on_resume="shift")  # type: ignore[arg-type]
    if begun.performed:
        begun.take_sent()
    resume(begun, T0 + 6 * DAY, 5 * DAY)
    assert ends(begun) == 12 * DAY


def test_what_began_in_the_pause_was_kept_for_less() -> None:
    """The code is used on the second of the five days; three are left of them."""
    begun = walk(reward(), wait(WEEK, "coupon.redeemed"), wait(WEEK), on_resume="shift")
    begun.take(Delivered(at=T0 + 2 * DAY, seq=2, name="coupon.redeemed", data={"reward": 1}))
    resume(begun, T0 + 5 * DAY, 5 * DAY)
    assert ends(begun) == (2 + 7 + 3) * DAY


def test_no_reminder_moves_past_the_end_of_its_reward() -> None:
    """Which ends after 30 days; before that it may move as far as it does."""
    for paused, found in ((20, 27), (25, 30)):
        begun = walk(reward(), wait(WEEK), send(), on_resume="shift")
        resume(begun, T0 + paused * DAY, paused * DAY)
        assert ends(begun) == found * DAY


def test_a_reward_that_is_used_or_over_holds_nothing_back() -> None:
    """What follows a redemption is no reminder, and a wait that ends after a code does moves as others do."""
    begun = walk(reward(), wait(WEEK, "coupon.redeemed"), wait(After(3 * DAY)), send(), on_resume="shift")
    begun.take(Delivered(at=T0 + DAY, seq=2, name="coupon.redeemed", data={"reward": 1}))
    resume(begun, T0 + 40 * DAY, 39 * DAY)
    assert ends(begun) == 43 * DAY
    begun = walk(reward(), wait(After(40 * DAY)), send(), on_resume="shift")
    resume(begun, T0 + 5 * DAY, 5 * DAY)
    assert ends(begun) == 45 * DAY


@pytest.mark.parametrize(
    ("until", "found"),
    [
        (OnDate("2026-06-01"), None),
        (Beside("coupon", "expires", -2 * DAY), 28 * DAY),
        (DayBeside("coupon", "expires", days=-2, minute=600), None),
        (NextTime(540, weekday=0), None),
        (Beside("occasion", "occurred_at", 4 * HOUR), 4 * HOUR + 5 * DAY),
    ],
)
def test_what_is_named_by_a_day_stays_while_it_lies_ahead(until: Moment, found: int | None) -> None:
    """A date, days beside the end of a reward, a time of day; a span beside the occasion is a span."""
    due = {"2#1:due": {"due": T0 + 8 * DAY}}
    begun = walk(reward(), wait(until), send(), on_resume="shift", answers=due)
    resume(begun, T0 + 5 * DAY, 5 * DAY)
    assert ends(begun) == (found or 8 * DAY)


def test_what_is_named_by_a_day_that_is_over_comes_at_once() -> None:
    """But a time of day is found anew: the next one."""
    for until, found in ((OnDate("2026-06-01"), 9 * DAY), (NextTime(540, weekday=0), 15 * DAY)):
        answers = {"1#1:due": {"due": T0 + 8 * DAY}}
        begun = walk(wait(until), send(), on_resume="shift", answers=answers)
        answers["1#1:due"] = {"due": T0 + 15 * DAY}
        resume(begun, T0 + 9 * DAY, 9 * DAY)
        assert ends(begun) == found


def test_an_end_that_is_yet_unknown_is_asked_for_anew() -> None:
    """The pause came between the question and its answer."""
    begun = Walk(program(plan(wait(AfterMonths(2)), on_resume="shift")), patient=True)
    begun.take(Started(at=T0))
    resume(begun, T0 + 5 * DAY, 5 * DAY)
    assert [fact.key for fact in begun.facts if isinstance(fact, Resolve)] == ["1#1:due", "1#1:due"]


def test_rounds_come_as_much_later() -> None:
    """One that has begun, and the one after it."""
    begun = walk(repeat(2, [wait(After(2 * DAY))], every=WEEK), send(), on_resume="shift")
    resume(begun, T0 + 6 * DAY, 5 * DAY)
    assert ends(begun) == 7 * DAY
    assert begun.state.rounds["1"] == [1, T0 + 5 * DAY]


def test_send_all_lets_what_is_over_come_at_once() -> None:
    """And what is not stays."""
    for days, found in ((9, 9), (5, 7)):
        begun = walk(wait(WEEK), send(), on_resume="send_all")
        resume(begun, T0 + days * DAY, days * DAY)
        assert ends(begun) == found * DAY


def test_an_instance_that_is_lost_keeps_what_a_pause_moved() -> None:
    """Its state says it."""
    begun = walk(wait(WEEK), send(), on_resume="shift")
    resume(begun, T0 + 6 * DAY, 5 * DAY)
    begun.take(Restored(at=T0 + 7 * DAY))
    assert ends(begun) == 12 * DAY
