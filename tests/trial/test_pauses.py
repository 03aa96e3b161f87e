"""Pauses in stories: what was due meanwhile follows `on_resume`, whatever kept it."""

import pytest

from tests.trial.stories import played

REDEEMED = """\
- reward: {discount: 20%, expires: 30 days}
  as: coupon
- wait: {for: coupon.redeemed, until: coupon.expires}
  then:
    - send: receipt
"""
SENT = "- message: receipt"
LATE = "- message: {name: receipt, suppressed: too_late}"


@pytest.mark.parametrize(("policy", "found"), [("send_all", SENT), ("shift", SENT), ("skip_stale", LATE)])
def test_who_begins_in_a_pause_is_not_late_for_it(policy: str, found: str) -> None:
    """Where the campaign forgives what a pause has delayed, that holds for the first message, too."""
    story = f"""\
- pause: campaign
- order: 5
  at: +1 day
- resume: campaign
  at: +6 days
- expect:
    {found}
"""
    tested = played("- send: receipt", story, head=f"on_resume: {policy}\n")
    assert tested.passed, tested.findings


@pytest.mark.parametrize(("policy", "found"), [("send_all", SENT), ("shift", SENT), ("skip_stale", LATE)])
def test_what_follows_an_event_in_a_pause_is_not_late_for_it(policy: str, found: str) -> None:
    """The code is used on the second day of the pause."""
    story = f"""\
- order: 5
- expect:
    - reward: coupon
- pause: campaign
  at: +1 day
- redeem: coupon
  at: +1 day
- resume: campaign
  at: +8 days
- expect:
    {found}
"""
    tested = played(REDEEMED, story, head=f"on_resume: {policy}\n")
    assert tested.passed, tested.findings
