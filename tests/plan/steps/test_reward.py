"""`reward` in the machine: what an instance knows of the uses of a code for several orders."""

from dataclasses import replace
from typing import Any

from punchcard.plan.events import Committed, Delivered, Started
from punchcard.plan.program import program
from tests.plan.samples import DAY, T0, Walk, plan, reward, wait, walk

FOR_THREE = replace(reward(), orders=3)
GIVEN = {"reward": 1, "value": 2000, "expires": T0 + 30 * DAY, "uses_left": 3}


def used(day: int, left: int, order: str = "o1") -> Delivered:
    """Return what an instance is told of a use."""
    name = "coupon.redeemed" if left else "coupon.used_up"
    return Delivered(
        at=T0 + day * DAY, seq=1 + day, name=name, data={"reward": 1, "order": order, "uses_left": left}
    )


def known(of: Walk) -> dict[str, Any]:
    """Return what the instance knows of the coupon's uses."""
    return {name: of.state.names["coupon"].get(name) for name in ("redeemed", "used_up", "uses_left")}


def test_each_use_leaves_one_less() -> None:
    """It is redeemed from the first on, and used up with the last."""
    begun = walk(FOR_THREE, wait(), answers={"1#1": GIVEN})
    assert known(begun) == {"redeemed": False, "used_up": False, "uses_left": 3}
    begun.take(used(1, 2))
    assert known(begun) == {"redeemed": True, "used_up": False, "uses_left": 2}
    begun.take(used(2, 1))
    begun.take(used(3, 0))
    assert known(begun) == {"redeemed": True, "used_up": True, "uses_left": 0}


def test_a_use_that_is_heard_of_before_the_reward_counts() -> None:
    """The answer of a commit may come after what happened to what it gave."""
    early = Walk(program(plan(FOR_THREE, wait())), answers={"1#1": GIVEN}, patient=True)
    early.take(Started(at=T0, names={"order": {"amount": 600_00}}))
    early.take(used(1, 2))
    early.settle()
    assert known(early) == {"redeemed": True, "used_up": False, "uses_left": 2}


def test_what_is_recalled_never_gives_uses_back() -> None:
    """Whoever heard of the last use hears nothing new; whoever missed a use in between does."""
    begun = walk(FOR_THREE, wait(), answers={"1#1": GIVEN})
    begun.take(used(1, 2))
    recalled = {"coupon.redeemed": {"at": T0 + DAY, "data": {"reward": 1, "uses_left": 1}}}
    begun.take(Committed(at=T0 + 2 * DAY, tick=begun.state.tick, results={"recall": recalled}))
    assert known(begun)["uses_left"] == 1
    older = {"coupon.redeemed": {"at": T0 + DAY, "data": {"reward": 1, "uses_left": 2}}}
    begun.take(Committed(at=T0 + 3 * DAY, tick=begun.state.tick, results={"recall": older}))
    assert known(begun)["uses_left"] == 1


def test_a_code_for_one_order_knows_no_count() -> None:
    """Its instances hold what they always held."""
    assert known(walk(reward(), wait())) == {"redeemed": False, "used_up": None, "uses_left": None}
