"""A message that offers a code: not for one that is used, however the instance came to it."""

from pathlib import Path

import pytest

from tests.trial.told import tell

CUPS = """\
campaign: cups
currency: USD
limit: 100 per year
when:
  order: {every: 2}
steps:
  - reward: {discount: 10%, expires: 60 days}
    as: coupon
  - wait: 10 days
  - send: reminder
  - if: coupon.redeemed
    then:
      - send: thanks
messages:
  reminder: {purpose: PURPOSE, subject: Unused, body: "{{ coupon.code }}"}
  thanks: {purpose: marketing, subject: Used, body: "You have used {{ coupon.code }}."}
"""


@pytest.mark.parametrize("purpose", ["marketing", "transactional"])
def test_a_used_code_is_not_offered(tmp_path: Path, purpose: str) -> None:
    """No step asks for the redemption; where one has, a message may name the code."""
    story = """\
    story:
      - order: {amount: 20, times: 2}
      - expect: {reward: coupon}
        until: +1 hour
      - redeem: coupon
        at: +1 day
      - expect:
          - message: {name: reminder, suppressed: redeemed}
          - message: thanks
"""
    tell(tmp_path, CUPS.replace("PURPOSE", purpose), story)


def test_an_unused_code_is(tmp_path: Path) -> None:
    """Also that of a second occasion, whatever became of the first one's."""
    story = """\
    story:
      - order: {amount: 20, times: 2}
      - expect: {reward: coupon}
        until: +1 hour
      - redeem: coupon
      - order: {amount: 20, times: 2}
        at: +1 day
      - expect:
          - reward: coupon
          - message: {name: reminder, suppressed: redeemed}
          - message: thanks
          - message: reminder
"""
    tell(tmp_path, CUPS.replace("PURPOSE", "marketing"), story)
