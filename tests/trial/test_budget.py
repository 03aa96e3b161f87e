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


MONTHLY = """\
campaign: cups
currency: USD
timezone: America/New_York
budget: {rewards: 2 per month}
when: order
steps:
  - reward: {discount: 10%, expires: 90 days}
    as: coupon
  - send: hello
messages:
  hello: {purpose: transactional, subject: Hello, body: "{{ coupon.code }}"}
"""
GIVEN = """\
      - expect:
          - reward: coupon
          - message: hello
"""
TWO = f"""\
    begins: 2026-03-30 10:00
    customer: {{timezone: Asia/Tokyo}}
    story:
      - order: {{amount: 20, id: o-1}}
{GIVEN}
      - order: {{amount: 20, id: o-2}}
{GIVEN}
      - order: {{amount: 20, id: o-3}}
        at: +1 hour
"""


def test_whoever_waits_for_the_budget_gets_it_with_the_next_period(tmp_path: Path) -> None:
    """By itself, when April begins in the campaign's zone, which is one in the afternoon in Tokyo."""
    story = f"""\
{TWO}
      - expect:
          - incident: budget
          - reward: coupon
            at: 2026-04-01 13:00
          - message: hello
            at: 2026-04-01 13:00
        until: 2026-04-02
      - order: {{amount: 20, id: o-4}}
{GIVEN}
      - order: {{amount: 20, id: o-5}}
      - expect:
          - incident: budget
        until: +1 day
"""
    tell(tmp_path, MONTHLY, story)


def test_what_is_taken_back_makes_room_in_its_own_period_alone(tmp_path: Path) -> None:
    """In the same month a retry finds room; nobody is tried by itself for that."""
    story = f"""\
{TWO}
      - expect:
          - incident: budget
        until: +1 hour
      - refund: o-1
      - expect:
          - revoked: coupon
        until: +1 hour
      - retry: the budget has room again
      - expect:
          - reward: coupon
          - message: hello
"""
    tell(tmp_path, MONTHLY, story)


def test_with_then_stop_nobody_waits_for_the_next_period(tmp_path: Path) -> None:
    """Whoever comes in it gets theirs."""
    story = f"""\
{TWO}
      - expect:
          - end: {{outcome: stopped, reason: budget_exhausted}}
      - order: {{amount: 20, id: o-4}}
        at: 2026-04-01 13:00
{GIVEN}
"""
    tell(tmp_path, MONTHLY.replace("2 per month", "2 per month, then: stop"), story)


COUNTED = """\
campaign: cups
currency: EUR
budget: {amount: 15, then: stop}
when: order
steps:
  - reward: {discount: 10%, at_most: 10, expires: 30 days}
    as: coupon
"""


def test_what_a_code_can_take_off_is_reserved_until_it_is_known(tmp_path: Path) -> None:
    """Ten of fifteen are reserved; once the code took off three, there is room for the next."""
    story = """\
    begins: 2026-03-02 10:00
    story:
      - order: {amount: 30, id: o-1}
      - expect:
          - reward: coupon
          - end: completed
      - order: {amount: 30, id: o-2}
        at: +1 day
      - expect:
          - end: {outcome: stopped, reason: budget_exhausted}
      - redeem: {reward: coupon, amount: 30}
        at: +1 day
      - order: {amount: 30, id: o-3}
        at: +1 day
      - expect:
          - reward: coupon
          - end: completed
"""
    tell(tmp_path, COUNTED, story)


def test_a_refund_leaves_the_room_to_others(tmp_path: Path) -> None:
    """What is revoked reserves nothing."""
    story = """\
    begins: 2026-03-02 10:00
    story:
      - order: {amount: 30, id: o-1}
      - expect:
          - reward: coupon
          - end: completed
      - refund: o-1
        at: +1 day
      - expect:
          - revoked: coupon
      - order: {amount: 30, id: o-2}
        at: +1 day
      - expect:
          - reward: coupon
          - end: completed
"""
    tell(tmp_path, COUNTED, story)
