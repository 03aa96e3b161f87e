"""Scheduled triggers in stories: who is due is found at the very minute, and as often as time passes."""

from tests.trial.stories import codes, played

HELLO = "- send: hello"


def test_a_rhythm_is_kept() -> None:
    """At nine in the customer's zone, as many times as the story lasts."""
    story = """\
- expect:
    - message: hello
      at: 2026-03-09 09:00
    - message: hello
      at: +7 days
  until: 2026-03-22
"""
    assert played(HELLO, story, when="{schedule: {every: monday}}").passed
    assert played(
        HELLO, story, when="{schedule: {every: monday}}", case="customer: {timezone: Asia/Tokyo}"
    ).passed


def test_what_is_due_and_what_is_waited_for_come_in_the_order_of_time() -> None:
    """A sweep between two deadlines of an instance."""
    steps = "- wait: 5 days\n- send: hello\n- wait: 5 days\n- send: receipt"
    story = """\
- expect:
    - message: hello
      at: 2026-03-14 09:00
    - message: receipt
      at: 2026-03-19 09:00
    - message: hello
      at: 2026-03-21 09:00
  until: 2026-03-22
"""
    assert played(steps, story, when="{schedule: {every: monday}}").passed


def test_a_story_of_such_a_campaign_says_until_when() -> None:
    """Or it would never end."""
    assert codes(played(HELLO, "- expect: nothing", when="{schedule: {every: monday}}")) == ["PC2010"]
