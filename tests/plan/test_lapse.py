"""A lapse in the machine: what waits, what is due and when rewards end moves on; an instance that was lost does not."""

from punchcard.plan.events import Restored, Reversed, Started
from punchcard.plan.model import After, AfterMonths, Beside, NextTime, OnDate
from punchcard.plan.state import from_data, to_data
from tests.plan.samples import DAY, HOUR, T0, Walk, ask, repeat, reward, send, task, wait, walk

LAPSE = 20 * DAY
END = 999 * DAY + T0


def come_back(found: Walk, *, lapse: int = LAPSE) -> Walk:
    """Let the occasion fall an hour later, and stand again after the lapse."""
    found.take(Reversed(at=T0 + HOUR, seq=2))
    found.take(Restored(at=T0 + HOUR + lapse, lapse=lapse, ends={"1": END} if lapse else {}))
    return found


def deadline(found: Walk) -> int | None:
    """Return when the one token's wait ends."""
    (token,) = found.state.tokens
    return token.deadline


def test_spans_are_as_long_again() -> None:
    """In elapsed time, in months, from the occasion on, and for an answer."""
    assert deadline(come_back(walk(wait(After(3 * DAY))))) == T0 + 3 * DAY + LAPSE
    assert deadline(come_back(walk(wait(AfterMonths(1))))) == T0 + DAY + LAPSE  # as the samples resolve it
    assert deadline(come_back(walk(wait(Beside("occasion", "occurred_at", 3 * DAY))))) == T0 + 3 * DAY + LAPSE
    asked = walk(ask())
    asked.take_sent()
    assert deadline(come_back(asked)) == T0 + DAY + LAPSE


def test_a_wait_that_begins_later_counts_without_the_lapse_too() -> None:
    """It is named beside the occasion, which has not moved."""
    found = come_back(walk(wait(After(DAY)), wait(Beside("occasion", "occurred_at", 3 * DAY))))
    assert found.state.lapse == LAPSE
    assert from_data(to_data(found.state)) == found.state


def test_what_waits_beside_the_end_of_a_reward_follows_it() -> None:
    """The reward has a new end, of which the database tells."""
    found = come_back(walk(reward(), wait(Beside("coupon", "expires", -DAY))))
    assert (deadline(found), found.state.names["coupon"]["expires"]) == (END - DAY, END)


def test_an_answer_that_had_not_been_taken_in_has_the_new_end() -> None:
    """The reward was given, and the occasion fell before the instance heard of it."""
    found = walk(reward(), wait(Beside("coupon", "expires")))
    fresh = Walk(found.program)
    fresh.patient = True
    fresh.take(Started(at=T0))
    fresh.take(Reversed(at=T0, seq=2))
    results = {"1#1": {"reward": 1, "value": 2000, "expires": T0 + DAY}}
    fresh.patient = False
    fresh.take(Restored(at=T0 + LAPSE, results=results, lapse=LAPSE, ends={"1": END}))
    assert fresh.state.names["coupon"]["expires"] == END
    assert deadline(fresh) == END


def test_dates_stay_and_times_of_day_are_found_anew() -> None:
    """The sample database resolves both to a day from then on."""
    assert deadline(come_back(walk(wait(OnDate("2027-01-01"))))) == T0 + DAY
    assert deadline(come_back(walk(wait(NextTime(540))))) == T0 + HOUR + LAPSE + DAY


def test_rounds_come_as_much_later() -> None:
    """Between two rounds, and where the time between them is counted from the one that is under way."""
    assert deadline(come_back(walk(repeat(3, [reward()], every=After(2 * DAY))))) == T0 + 2 * DAY + LAPSE
    inside = come_back(walk(repeat(3, [wait(After(DAY))], every=After(2 * DAY))))
    assert inside.state.rounds == {"1": [1, T0 + LAPSE]}


def test_nothing_is_late_for_the_lapse() -> None:
    """A message that was under way is due as much later."""
    found = come_back(walk(wait(After(2 * HOUR)), send()))
    assert found.state.tokens[0].due == T0 + LAPSE


def test_a_task_is_opened_again() -> None:
    """The database says how long it may take."""
    found = come_back(walk(task()))
    assert deadline(found) == T0 + HOUR + LAPSE + DAY


def test_an_instance_that_was_lost_moves_nothing() -> None:
    """It goes on without a lapse."""
    found = come_back(walk(reward(), wait(Beside("coupon", "expires", -DAY))), lapse=0)
    assert deadline(found) == T0 + 29 * DAY
    assert found.state.lapse == 0
