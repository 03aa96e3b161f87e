"""Campaigns that a redemption starts, in stories."""

from pathlib import Path

import pytest

from punchcard.cli.testing import surroundings
from punchcard.trial import files
from tests.support.tables import trial_memory

GIVE = """\
campaign: give
currency: USD
limit: 5 per year
when: order
steps:
  - reward: {discount: 10%, expires: 30 days}
    as: coupon
"""
CUPS = """\
campaign: cups
currency: USD
when:
  reward: {of: give, redeemed: yes}
steps:
  - send: hello
  - ask: {message: how-was-it, answer: 0..10, up_to: 5 days}
    as: grade
    then:
      - send: hello
messages:
  hello: {purpose: transactional, subject: Hello, body: You have used your code.}
  how-was-it: {purpose: transactional, subject: And?, body: How was it?}
"""
STORY = """\
tests: cups
with: give
cases:
  - case: Used
    story:
      - order: 100
      - redeem: coupon
        campaign: give
        at: +1 day
      - expect:
          - message: hello
          - question: grade
        until: UNTIL
      - answer: 9
        at: +1 hour
      - order: 100
      - redeem: coupon
        campaign: give
      - expect:
          - message: hello
          - message: hello
          - question: grade
        until: +1 minute
"""


@pytest.mark.parametrize("until", ["+1 minute", "+1 hour", "+3 days"])
def test_a_redemption_starts_it_once_however_soon_one_looks(tmp_path: Path, until: str) -> None:
    """What was found once is not found for ever, and a second redemption is."""
    (tmp_path / "give.yaml").write_text(GIVE)
    (tmp_path / "cups.yaml").write_text(CUPS)
    tests = tmp_path / "cups.test.yaml"
    tests.write_text(STORY.replace("UNTIL", until))
    memory = trial_memory()
    tested = files.run(tests, surroundings([tests]), memory)
    assert tested.passed, [each.message for each in tested.findings]
