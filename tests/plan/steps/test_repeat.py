"""`repeat` in the machine: rounds, the time between them, and what ends them."""

from punchcard.plan.conditions import Apply, Const, Field
from punchcard.plan.events import Deadline, Delivered, Restored
from punchcard.plan.facts import Decide, GiveReward, RequestMessage, Resolve
from punchcard.plan.model import After, AfterMonths
from tests.plan.samples import DAY, HOUR, T0, Walk, ask, choose, repeat, reward, send, wait, walk

WEEK = After(7 * DAY)


def keys(begun: Walk) -> list[str]:
    """The keys of all messages that were asked for."""
    return [fact.key for fact in begun.facts if isinstance(fact, RequestMessage)]


def test_each_round_is_a_visit_of_its_own() -> None:
    """Nothing lies between rounds unless `every` says so."""
    begun = walk(repeat(3, [send()]), send("after"))
    for _ in range(3):
        begun.take_sent()
    assert keys(begun) == ["1.steps.1#1", "1.steps.1#2", "1.steps.1#3", "2#1"]
    assert [fact.round for fact in begun.facts if isinstance(fact, RequestMessage)] == [1, 2, 3, None]
    assert begun.state.rounds == {}


def test_rounds_begin_every_week_however_long_they_take() -> None:
    """A round of two days leaves five to wait; the last one is followed at once."""
    begun = walk(repeat(2, [wait(After(2 * DAY))], every=WEEK), send())
    begun.take(Deadline(at=T0 + 2 * DAY))
    assert begun.place == [("1", "waiting")]
    assert begun.state.next_deadline == T0 + 7 * DAY
    begun.take(Deadline(at=T0 + 7 * DAY))
    begun.take(Deadline(at=T0 + 9 * DAY))
    assert begun.place == [("2", "performing")]


def test_a_round_that_takes_too_long_is_followed_at_once() -> None:
    """The next is due already."""
    begun = walk(repeat(2, [wait(After(9 * DAY))], every=WEEK), send())
    begun.take(Deadline(at=T0 + 9 * DAY))
    assert begun.place == [("1.steps.1", "waiting")]


def test_months_are_counted_from_the_beginning_of_the_round() -> None:
    """The database resolves them, since it knows the zone."""
    begun = walk(repeat(2, [wait(After(2 * DAY))], every=AfterMonths(1)))
    begun.take(Deadline(at=T0 + 2 * DAY))
    asked = [fact for fact in begun.facts if isinstance(fact, Resolve)]
    assert [(fact.since, fact.key) for fact in asked] == [(T0, "1#2:due")]
    assert begun.place == [("1", "waiting")]


def test_what_holds_before_the_first_round_makes_none() -> None:
    """So no reminder goes out for a coupon that is used."""
    begun = walk(reward(), wait(), repeat(3, [send()], until="coupon.redeemed"), send("after"))
    begun.take(Delivered(at=T0 + HOUR, seq=2, name="coupon.redeemed", data={"reward": 1}))
    begun.take(Deadline(at=T0 + DAY))
    assert begun.place == [("4", "performing")]


def test_what_happens_between_two_rounds_ends_them_at_once() -> None:
    """Nobody waits a week to hear that it is over."""
    begun = walk(reward(), repeat(3, [send()], every=WEEK, until="coupon.redeemed"), send("after"))
    begun.take_sent()
    assert begun.place == [("2", "waiting")]
    begun.take(Delivered(at=T0 + HOUR, seq=2, name="coupon.redeemed", data={"reward": 1}))
    assert begun.place == [("3", "performing")]


def test_what_is_asked_of_the_customer_is_looked_at_before_each_round() -> None:
    """Under a key of its own each time."""
    more = Apply(">", (Field(("customer", "orders")), Const(3)))
    begun = walk(repeat(3, [send()], every=WEEK, until=more), answers={"1#1": {"met": False}})
    begun.take_sent()
    begun.take(Deadline(at=T0 + 7 * DAY))
    assert [fact.key for fact in begun.facts if isinstance(fact, Decide)] == ["1#1", "1#2"]
    assert begun.state.outcome == "completed"


def test_a_choice_by_the_number_of_the_round() -> None:
    """Inside, the nearest repeat counts."""
    inner = repeat(2, [choose("round.number", {"1": [send("first")], "2": [send("second")]})])
    begun = walk(repeat(2, [inner]))
    for _ in range(4):
        begun.take_sent()
    sent = [fact.message for fact in begun.facts if isinstance(fact, RequestMessage)]
    assert sent == ["first", "second", "first", "second"]
    assert begun.state.outcome == "completed"


def test_a_name_stands_for_the_latest_reward() -> None:
    """A redemption of an earlier round's is noted and ends no wait for the latest."""
    begun = walk(repeat(2, [reward(), wait(WEEK, "coupon.redeemed")]))
    begun.take(Deadline(at=T0 + 7 * DAY))
    begun.answers["1.steps.1#2"] = {"reward": 2, "expires": None}
    assert [fact.key for fact in begun.facts if isinstance(fact, GiveReward)] == [
        "1.steps.1#1",
        "1.steps.1#2",
    ]
    begun.state.names["coupon"]["reward"] = 2
    begun.take(Delivered(at=T0 + 8 * DAY, seq=2, name="coupon.redeemed", data={"reward": 1}))
    assert begun.place == [("1.steps.2", "waiting")]
    assert not begun.state.names["coupon"]["redeemed"]
    assert begun.whats[-1] == "happened"
    begun.take(Delivered(at=T0 + 8 * DAY, seq=3, name="coupon.redeemed", data={"reward": 2}))
    assert begun.state.outcome == "completed"


def test_a_question_is_put_anew_in_each_round() -> None:
    """The first answer does not answer the second question."""
    begun = walk(repeat(2, [ask(up_to=WEEK)]))
    begun.take_sent()
    begun.take(Delivered(at=T0, seq=2, name="reply.answered", data={"answer": 3, "key": "1.steps.1#1"}))
    begun.take_sent()
    assert begun.place == [("1.steps.1", "waiting")]
    assert begun.state.names["reply"] == {"answered": False, "key": "1.steps.1#2"}


def test_a_restored_instance_goes_on_in_its_round() -> None:
    """The rounds that it has gone through are not begun again."""
    begun = walk(repeat(3, [send()], every=AfterMonths(1)))
    begun.patient = True
    begun.take_sent()
    assert begun.place == [("1", "asked")]
    begun.patient = False
    begun.unanswered = {}
    begun.take(Restored(at=T0 + HOUR))
    assert begun.place == [("1", "waiting")]
    assert begun.state.rounds["1"][0] == 1


def test_what_happens_before_the_next_round_is_known_ends_the_rounds() -> None:
    """The database has yet to say when that is, as while a pause holds its answer back."""
    begun = walk(reward(), repeat(3, [send()], every=AfterMonths(1), until="coupon.redeemed"), send("after"))
    begun.patient = True
    begun.take_sent()
    assert begun.place == [("2", "asked")]
    begun.take(Delivered(at=T0 + HOUR, seq=2, name="coupon.redeemed", data={"reward": 1}))
    assert begun.place == [("3", "asked")]
