"""Boundary cases: derived for every kind of trigger, they hold for every campaign, and notice what does not."""

from pathlib import Path
from typing import get_args

import pytest

from punchcard.cli.testing import surroundings
from punchcard.language import check
from punchcard.language.files import campaigns
from punchcard.plan.triggers import RewardTrigger, SegmentTrigger, SpendTrigger, Trigger
from punchcard.router import earning, match, standing
from punchcard.router.counting import Counting
from punchcard.shipped import shipped
from punchcard.trial.boundaries import BOUNDARIES
from punchcard.trial.boundaries.holding import hold
from punchcard.trial.files import bounds
from punchcard.trial.memory import Memory
from punchcard.trial.stage import Production
from tests.support.tables import trial_memory

HERE = Path(__file__).parent
CUPS = """\
campaign: cups
currency: USD
limit: 2 per year
holdout: 10%
when: {when}
steps:
  - reward: {{discount: 10%, expires: 30 days}}
    as: coupon
  - wait: {{for: coupon.redeemed, up_to: 7 days}}
"""
TRIGGERS = (
    "{spend: {every: 50}}",
    "{spend: {reaches: 50}}",
    "order",
    "{order: {first: yes}}",
    "{order: {every: 3, over: 5, is: delivered}}",
    "{spend: {every: 50, carry: drop}}",
    "{spend: {reaches: 50, within: 30 days}}",
    "{visits: {consecutive: 3, per: month}}",
    "{birthday: {days_before: 3}}",
    "{anniversary: {of: joining}}",
    "{anniversary: {of: first_order, days_before: 2}}",
    "{inactive: {for: 2 months}}",
    "{inactive: {for: 90 days, at: 10:00}}",
    "{schedule: {every: monday, zone: customer}}",
    "{schedule: {date: 2026-11-01, at: 01:30}}",
)


@pytest.fixture
def memory() -> Memory:
    """A database in memory."""
    return trial_memory()


def held(when: str, memory: Memory) -> dict[str, tuple[str, ...]]:
    """Return what is broken of each boundary case of a small campaign."""
    checked = check(CUPS.format(when=when), name="cups.yaml")
    assert checked.plan is not None, checked.diagnostics
    production = Production((checked.plan,), {}, surroundings([HERE]).performers)
    return {each.boundary.name: each.broken for each in hold(checked.plan, production, memory)}


def test_every_kind_of_trigger_has_its_boundaries() -> None:
    """No kind is missed."""
    assert set(BOUNDARIES) == set(get_args(Trigger))


@pytest.mark.parametrize("path", tuple(campaigns(shipped("definitions"))), ids=lambda path: path.stem)
def test_the_boundaries_of_the_shipped_campaigns_hold(path: Path, memory: Memory) -> None:
    """Each of them has some, unless another campaign starts it, or the rule of a segment."""
    bounded = bounds(path, surroundings([path]), memory)
    assert {each.boundary.name: each.broken for each in bounded.cases if each.broken} == {}
    assert bounded.plan is not None
    assert bounded.cases or isinstance(bounded.plan.trigger, RewardTrigger | SegmentTrigger)


@pytest.mark.parametrize("when", TRIGGERS)
def test_the_boundaries_of_small_campaigns_hold(when: str, memory: Memory) -> None:
    """With a limit and a holdout, at every kind of threshold."""
    found = held(when, memory)
    assert {name: broken for name, broken in found.items() if broken} == {}
    assert found


def test_a_threshold_that_is_off_by_a_cent_is_noticed(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the cases at and above it."""
    real = match.standing

    def wrong(counting: Counting, measure: int, earlier: int) -> int:
        assert isinstance(counting.plan.trigger, SpendTrigger)
        return real(counting, measure - 1, earlier)

    monkeypatch.setattr(earning, "standing", wrong)
    broken = {name for name, said in held("{spend: {every: 50}}", memory).items() if said}
    assert {"at the threshold", "at the threshold in two orders", "the same order twice"} <= broken
    assert not {"a cent below the threshold", "a cent above the threshold"} & broken


def test_a_reward_that_outlives_its_occasion_is_noticed(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In every case in which an order is taken back."""
    monkeypatch.setattr(standing, "revoke_rewards", lambda *arguments: None)
    broken = held("{spend: {every: 50}}", memory)
    assert any("can be redeemed" in said for said in broken["an order refunded"])
