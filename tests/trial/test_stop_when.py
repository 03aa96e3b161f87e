"""`stop_when`: an instance ends wherever it stands, and what it gave stays given."""

from pathlib import Path

import pytest

from tests.trial.told import tell

CUPS = """\
campaign: cups
currency: USD
timezone: UTC
limit: 100 per year
stop_when: {stop_when}
when: order
if_running: ignore
steps:
  - reward: {{discount: 10%, expires: 30 days}}
    as: coupon
  - wait: 7 days
  - send: hello
messages:
  hello: {{purpose: marketing, subject: Hello, body: "{{{{ coupon.code }}}}"}}
"""


def test_an_event_ends_it_when_it_happens(tmp_path: Path) -> None:
    """The next order, but not the one that started it; the code stays good."""
    story = """\
    story:
      - order: 20
      - expect: {reward: coupon}
      - order: 30
        at: +2 days
      - expect: {end: stopped}
      - redeem: coupon
"""
    tell(tmp_path, CUPS.format(stop_when="customer.ordered"), story)


def test_what_a_step_made_can_end_it(tmp_path: Path) -> None:
    """A reward is named although it does not exist yet."""
    story = """\
    story:
      - order: 20
      - expect: {reward: coupon}
      - redeem: coupon
        at: +2 days
      - expect: {end: stopped}
"""
    tell(tmp_path, CUPS.format(stop_when="[coupon.redeemed, customer.ordered]"), story)


@pytest.mark.parametrize(("orders", "end"), [(30, "stopped"), (20, "completed")])
def test_a_condition_is_looked_at_before_each_effect(tmp_path: Path, orders: int, end: str) -> None:
    """Not when it comes true, but when something is to go out."""
    message = "" if end == "stopped" else "          - message: hello\n            at: 2026-03-08 09:00\n"
    at = "\n            at: 2026-03-08 09:00"
    story = f"""\
    begins: 2026-03-01 09:00
    story:
      - order: 20
      - expect: {{reward: coupon}}
      - order: {orders}
        at: +2 days
      - expect:
{message}          - end: {end}{at}
"""
    tell(tmp_path, CUPS.format(stop_when="customer.spent > 45"), story)


@pytest.mark.parametrize(("amount", "tags", "end"), [(50, "[]", "stopped"), (40, "vip", "completed")])
def test_a_change_of_the_customer_is_an_effect_too(tmp_path: Path, amount: int, tags: str, end: str) -> None:
    """Where the condition holds, the customer is not changed, and the end says so although it is the last step."""
    campaign = CUPS.format(stop_when="customer.spent > 45").partition("steps:")[0]
    story = f"""\
    story:
      - order: {amount}
      - expect:
          - end: {end}
          - customer: {{tags: {tags}}}
"""
    tell(tmp_path, campaign + "steps:\n  - update: {add_tags: vip}\n", story)
