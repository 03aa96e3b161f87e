"""Months of the calendar in stories: how far back is looked, how limits move, and moments beside others."""

from pathlib import Path

import pytest

from tests.trial.stories import played
from tests.trial.told import tell

ASKED = """\
- if: customer.spent_within("3 months") > 100
  then: [{send: hello}]
  otherwise: [{send: receipt}]
"""
LEAVES = """\
campaign: cups
currency: USD
timezone: UTC
when: {segment: {leaves: loyal}}
steps:
  - send: hello
messages:
  hello: {purpose: transactional, subject: Hello, body: Hello}
"""


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ("2026-06-29 21:59", "hello"),
        ("2026-06-29 22:00", "receipt"),
    ],
)
def test_three_months_are_those_of_the_customers_calendar(second: str, message: str) -> None:
    """They end at the same local time; in UTC, the campaign's zone, it is the 30th by then."""
    story = f"""\
- order: 100
  at: 2026-03-29 22:00
- expect: {{message: receipt}}
- order: 10
  at: {second}
- expect: {{message: {message}}}
"""
    assert played(ASKED, story, case="customer: {timezone: America/New_York}").passed


def test_whoever_is_in_a_segment_by_months_leaves_it_to_the_minute(tmp_path: Path) -> None:
    """On the same day three months after the order, at its time, in the customer's zone."""
    story = """\
    customer: {timezone: America/New_York}
    story:
      - order: 200
        at: 2026-03-05 10:30
      - expect:
          - message: hello
            at: 2026-06-05 10:30
        until: 2026-08-01
"""
    rule = 'segments: {loyal: customer.spent_within("3 months") > 100}\n'
    tell(tmp_path, LEAVES, story, programme=rule)


def test_a_limit_moves_by_months() -> None:
    """One in any two months: on the same day at the same time there is room again."""
    story = """\
- order: 20
  at: 2026-03-05 10:30
- expect: {message: hello}
- order: 20
  at: 2026-05-05 10:29
- expect: nothing
- order: 20
  at: 2026-05-05 10:30
- expect: {message: hello}
"""
    assert played("- send: hello", story, when="order\nagain: {after: 2 months}").passed


def test_a_moment_lies_months_beside_another() -> None:
    """At the same local time, however the clocks were changed meanwhile."""
    story = """\
- order: 20
  at: 2026-03-05 10:30
- expect:
    message: hello
    at: 2026-05-05 10:30
  until: 2026-06-01
"""
    steps = "- wait: {until: 2 months after order.occurred_at}\n- send: hello"
    assert played(steps, story, case="customer: {timezone: America/New_York}").passed
