"""What comes late: a birthday that is entered after its time, and an event posted after what ends its campaign."""

from pathlib import Path

import pytest

from tests.trial.told import tell

HEAD = """\
campaign: cups
currency: USD
timezone: America/New_York
"""
BIRTHDAY = (
    HEAD
    + """\
when: {birthday: {days_before: 7}}
steps:
  - reward: {discount: 10%, expires: 7 days after occasion.birthday}
    as: coupon
  - send: hello
messages:
  hello: {purpose: transactional, subject: Hello, body: "{{ coupon.code }}"}
"""
)
CART = (
    HEAD
    + """\
limit: 1 in any 7 days
when: {event: cart_left}
stop_when: customer.ordered
steps:
  - send: seen
  - wait: {until: 4 hours after occasion.occurred_at}
  - send: hello
messages:
  seen: {purpose: transactional, subject: Seen, body: Seen}
  hello: {purpose: transactional, subject: Hello, body: Come back}
"""
)
ORDERED = """\
    story:
      - order: 20
        at: 2026-03-03 __AT__
      - event: {name: cart_left, occurred: 2026-03-03 10:00}
        at: 2026-03-03 11:30
      - expect:
"""


@pytest.mark.parametrize("born", ["null", "1990-08-20"])
@pytest.mark.parametrize(
    ("entered", "served"),
    [("2026-05-13 09:01", "2026-05-13 09:01"), ("2026-05-15 10:00", "2026-05-15 10:00")],
)
def test_a_birthday_that_is_entered_late_is_caught_up(
    tmp_path: Path, entered: str, served: str, born: str
) -> None:
    """Due on 13 May at nine; entered or corrected a minute or two days later. The gift ends when it would have."""
    known = "" if born == "null" else f"    customer: {{birthday: {born}}}\n"
    story = f"""\
{known}    begins: 2026-05-01 12:00
    story:
      - profile: {{birthday: 1990-05-20}}
        at: {entered}
      - expect:
          - reward: {{name: coupon, expires: 2026-05-27}}
            at: {served}
          - message: hello
        until: +10 days
"""
    tell(tmp_path, BIRTHDAY, story)


def test_a_birthday_that_is_entered_too_late_is_left_out(tmp_path: Path) -> None:
    """It is overdue by more than `max_lateness`."""
    story = """\
    begins: 2026-05-01 12:00
    story:
      - profile: {birthday: 1990-05-20}
        at: 2026-05-16 09:01
      - expect: nothing
        until: +10 days
"""
    tell(tmp_path, BIRTHDAY, story)


def tell_of_a_cart(folder: Path, ordered: str, expected: str, campaign: str = CART) -> None:
    """Tell of an order, and of a cart that was left at ten and is posted at half past eleven."""
    (folder / "events").mkdir()
    (folder / "events" / "cart_left.json").write_text('{"type": "object", "properties": {}}')
    tell(folder, campaign, ORDERED.replace("__AT__", ordered) + expected)


def test_an_order_between_what_happened_and_its_posting_ends_it(tmp_path: Path) -> None:
    """Nothing is sent: the customer has ordered since."""
    tell_of_a_cart(tmp_path, "10:30", "          - end: stopped\n")


def test_what_is_given_at_once_is_given_all_the_same(tmp_path: Path) -> None:
    """It would have been given before the order; nothing follows it."""
    campaign = CART.replace("  - send: seen", "  - reward: {discount: 5%, expires: 9 days}\n    as: coupon")
    campaign = campaign.replace("  seen: {purpose: transactional, subject: Seen, body: Seen}\n", "")
    tell_of_a_cart(tmp_path, "10:30", "          - reward: coupon\n          - end: stopped\n", campaign)


def test_an_order_before_what_happened_ends_nothing(tmp_path: Path) -> None:
    """Posted late as well; the wait counts from when the cart was left."""
    expected = """\
          - message: seen
          - message: hello
            at: 2026-03-03 14:00
"""
    tell_of_a_cart(tmp_path, "09:30", expected)
