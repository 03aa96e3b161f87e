"""Budgets that are used up: an incident for whoever comes then, or the quiet end of their instance."""

from pathlib import Path

from tests.trial.told import tell

CUPS = """\
campaign: cups
currency: USD
budget: {rewards: 1, then: stop}
when: order
steps:
  - send: thanks
  - wait: 1 hour
  - reward: {discount: 10%, expires: 30 days}
    as: coupon
  - send: hello
  - wait: {for: coupon.redeemed, until: coupon.expires}
messages:
  thanks: {purpose: transactional, subject: Thanks, body: Thanks}
  hello: {purpose: transactional, subject: Hello, body: "{{ coupon.code }}"}
"""
FIRST = """\
    begins: 2026-03-02 10:00
    story:
      - order: {amount: 20, id: o-1}
      - expect:
          - message: thanks
          - reward: coupon
          - message: hello
"""


def test_whoever_comes_too_late_gets_nothing_and_nobody_is_alarmed(tmp_path: Path) -> None:
    """What came before has come; the reason stands with the end."""
    story = f"""\
{FIRST}
      - order: {{amount: 20, id: o-2}}
        at: +1 day
      - expect:
          - message: thanks
          - end: {{outcome: stopped, reason: budget_exhausted}}
"""
    tell(tmp_path, CUPS, story)


def test_unless_it_is_said_otherwise_somebody_decides(tmp_path: Path) -> None:
    """An incident, which is the default and may be said."""
    story = f"""\
{FIRST}
      - order: {{amount: 20, id: o-2}}
        at: +1 day
      - expect:
          - message: thanks
          - incident: budget
"""
    tell(tmp_path, CUPS.replace(", then: stop", ""), story)
    tell(tmp_path, CUPS.replace("then: stop", "then: incident"), story)


def test_of_two_rewards_the_one_that_was_given_stays(tmp_path: Path) -> None:
    """The instance ends before the second, with all its ways."""
    campaign = CUPS.replace(
        "  - reward: {discount: 10%, expires: 30 days}\n    as: coupon\n",
        """\
  - reward: {discount: 10%, expires: 30 days}
    as: coupon
  - reward: {shipping: free, expires: 30 days}
    as: parcel
""",
    )
    story = """\
    begins: 2026-03-02 10:00
    story:
      - order: {amount: 20, id: o-1}
      - expect:
          - message: thanks
          - reward: coupon
          - end: {outcome: stopped, reason: budget_exhausted}
      - redeem: coupon
        at: +1 day
"""
    tell(tmp_path, campaign, story)
