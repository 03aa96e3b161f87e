"""Customers whose data are erased, as stories tell it."""

from pathlib import Path

from tests.trial.told import tell

CAMPAIGN = """\
campaign: cups
currency: USD
limit: 6 per year
when: order
steps:
  - reward: {discount: 10%, expires: 60 days}
    as: coupon
  - wait: 7 days
  - send: hello
messages:
  hello: {purpose: transactional, subject: Hello, body: "{{ coupon.code }}"}
"""


def test_whose_data_are_erased_hears_nothing_more(tmp_path: Path) -> None:
    """The reward stays; its message is held back."""
    story = """\
    story:
      - order: 30
      - expect:
          - reward: coupon
      - erase: customer
        at: +1 day
      - expect:
          - message: {name: hello, suppressed: erased}
"""
    tell(tmp_path, CAMPAIGN, story)
