"""`together` in the machine: ways side by side, joined when all or the first have ended."""

from punchcard.plan.events import Command, Deadline, Delivered, EffectDone, EffectFailed
from punchcard.plan.facts import CloseIncident, Withdraw
from punchcard.plan.model import After
from tests.plan.samples import DAY, HOUR, T0, Walk, repeat, reward, send, together, wait, walk

LONG = After(9 * DAY)


def messages(begun: Walk) -> list[str]:
    """Which messages were asked for, in order."""
    return [fact.message for fact in begun.facts if hasattr(fact, "message")]


def test_all_ways_begin_at_once_in_one_commit() -> None:
    """In plan order, each with a token of its own."""
    begun = walk(together("all", one=[send("a")], other=[send("b")]), send("c"))
    assert begun.place == [("1.one.1", "performing"), ("1.other.1", "performing")]
    assert begun.state.tick == 1
    assert messages(begun) == ["a", "b"]


def test_the_last_of_all_goes_on() -> None:
    """The first that ends waits for nothing: its token ends."""
    begun = walk(together("all", one=[wait()], other=[wait(LONG)]), send("c"))
    begun.take(Deadline(at=T0 + DAY))
    assert begun.place == [("1.other.1", "waiting")]
    begun.take(Deadline(at=T0 + 9 * DAY))
    assert begun.place == [("2", "performing")]


def test_ways_that_end_at_the_same_instant_are_joined_once() -> None:
    """One deadline, one join."""
    for wait_for in ("all", "any"):
        begun = walk(together(wait_for, one=[wait()], other=[wait()]), send("c"))
        begun.take(Deadline(at=T0 + DAY))
        assert begun.place == [("2", "performing")]
        assert begun.performed == ["2#1"]


def test_the_first_of_any_ends_the_others() -> None:
    """What they had asked for and not done is withdrawn; whatever comes of it later changes nothing."""
    begun = walk(together("any", one=[wait()], other=[send("b"), send("never")]), wait(LONG))
    begun.take(Deadline(at=T0 + DAY))
    assert begun.place == [("2", "waiting")]
    assert [fact.key for fact in begun.facts if isinstance(fact, Withdraw)] == ["1.other.1#1"]
    assert "overtaken" in begun.whats
    begun.take(EffectDone(at=T0 + DAY, key="1.other.1#1", result={"status": "sent"}))
    assert begun.place == [("2", "waiting")]


def test_an_overtaken_way_closes_its_incident() -> None:
    """Nobody has to decide about it any more."""
    begun = walk(together("any", one=[wait()], other=[send("b")]), wait(LONG))
    begun.take(EffectFailed(at=T0, key="1.other.1#1", error="no server"))
    assert begun.place == [("1.one.1", "waiting"), ("1.other.1", "parked")]
    begun.take(Deadline(at=T0 + DAY))
    assert [fact.how for fact in begun.facts if isinstance(fact, CloseIncident)] == ["overtaken"]


def test_one_event_wakes_every_way_that_waits_for_it() -> None:
    """Both hear of the redemption."""
    both = together(
        "all", one=[wait(LONG, "coupon.redeemed"), send("a")], other=[wait(LONG, "coupon.redeemed")]
    )
    begun = walk(reward(), both, send("c"))
    begun.take(Delivered(at=T0 + HOUR, seq=2, name="coupon.redeemed", data={"reward": 1}))
    assert begun.place == [("2.one.2", "performing")]
    begun.take_sent()
    assert begun.place == [("3", "performing")]


def test_a_refused_reward_parks_its_own_way() -> None:
    """The other way goes on."""
    refused = {"1.one.1#1": {"refused": "budget_exhausted"}}
    begun = walk(together("all", one=[reward("gift"), send("a")], other=[send("b")]), answers=refused)
    assert begun.place == [("1.one.1", "parked"), ("1.other.1", "performing")]
    begun.take(Command(at=T0, seq=2, name="skip", actor="op", path="1.one.1"))
    assert begun.place == [("1.one.2", "performing"), ("1.other.1", "performing")]


def test_two_refused_rewards_park_two_ways() -> None:
    """Each with an incident of its own."""
    answers = {key: {"refused": "budget_exhausted"} for key in ("1.one.1#1", "1.other.1#1")}
    begun = walk(together("all", one=[reward("gift")], other=[reward("coupon")]), answers=answers)
    assert begun.place == [("1.one.1", "parked"), ("1.other.1", "parked")]


def test_rounds_of_an_overtaken_way_are_forgotten() -> None:
    """A repeat inside ends with its way."""
    rounds = repeat(3, [wait(LONG)])
    begun = walk(repeat(2, [together("any", one=[wait()], other=[rounds])]), send("c"))
    assert begun.state.rounds.keys() == {"1", "1.steps.1.other.1"}
    begun.take(Deadline(at=T0 + DAY))
    assert begun.state.rounds["1.steps.1.other.1"][0] == 1
    begun.take(Deadline(at=T0 + 2 * DAY))
    assert begun.place == [("2", "performing")]
    assert begun.state.rounds == {}
