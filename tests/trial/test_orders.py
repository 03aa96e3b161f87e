"""Codes for several orders: what the instance hears of each use, and what is said of those that are left."""

from pathlib import Path

from tests.trial.told import tell

CUPS = """\
campaign: cups
currency: USD
limit: 100 per year
on_refund: debt
when: order
steps:
  - reward: {discount: 20%, orders: 3, expires: 60 days}
    as: coupon
  - send: hello
  - wait: {for: coupon.redeemed, up_to: 7 days}
    otherwise:
      - send: reminder
  - wait: {for: coupon.used_up, until: 7 days before coupon.expires at 10:00}
    then:
      - stop: all used
    otherwise:
      - if: coupon.uses_left < 3
        then:
          - send: some-left
        otherwise:
          - send: reminder
messages:
  hello: {purpose: transactional, subject: "{{ coupon.uses_left }} times 20%", body: "{{ coupon.code }}"}
  reminder: {purpose: transactional, subject: Reminder, body: "{{ coupon.code }}"}
  some-left: {purpose: transactional, subject: "{{ coupon.uses_left }} left", body: "{{ coupon.code }}"}
"""


def test_each_use_is_for_another_order_and_the_last_one_ends_it(tmp_path: Path) -> None:
    """For the same order, or once more, the till refuses it."""
    story = """\
    begins: 2026-03-02 10:00
    story:
      - order: 20
      - expect: [{reward: {name: coupon, orders: 3}}, {message: {name: hello, subject: 3 times 20%}}]
      - redeem: {reward: coupon, amount: 40, order: o-1}
        at: +1 day
      - redeem: {reward: coupon, amount: 40, order: o-1, refused: yes}
      - redeem: {reward: coupon, amount: 40, order: o-2}
        at: +8 days
      - redeem: {reward: coupon, amount: 40, order: o-3}
        at: +8 days
      - expect: {end: stopped}
      - redeem: {reward: coupon, amount: 40, order: o-4, refused: yes}
"""
    tell(tmp_path, CUPS, story)


def test_whoever_has_uses_left_is_reminded_of_them(tmp_path: Path) -> None:
    """The condition and the message know how many."""
    story = """\
    begins: 2026-03-02 10:00
    story:
      - order: 20
      - expect: [{reward: coupon}, {message: hello}]
      - redeem: coupon
        at: +1 day
      - redeem: coupon
        at: +2 days
      - expect:
          - message: {name: some-left, subject: 1 left}
            at: 2026-04-24 10:00
          - end: completed
"""
    tell(tmp_path, CUPS, story)


def test_whoever_has_used_none_is_reminded_twice(tmp_path: Path) -> None:
    """As with a code for one order."""
    story = """\
    begins: 2026-03-02 10:00
    story:
      - order: 20
      - expect: [{reward: coupon}, {message: hello}]
      - expect:
          - message: reminder
            at: 2026-03-09 10:00
          - message: reminder
            at: 2026-04-24 10:00
          - end: completed
"""
    tell(tmp_path, CUPS, story)


def test_a_code_that_is_used_up_is_not_offered_any_more(tmp_path: Path) -> None:
    """While the message waited for the morning, the last use was made; one with a use left is still good to know."""
    campaign = """\
campaign: cups
currency: USD
limit: 100 per year
when: order
steps:
  - reward: {discount: 20%, orders: 2, expires: 60 days}
    as: coupon
  - send: hello
messages:
  hello: {purpose: marketing, subject: Hello, body: "{{ coupon.code }}"}
"""
    story = """\
    begins: 2026-03-02 23:00
    story:
      - order: 20
      - expect: {reward: coupon}
      - redeem: coupon
        at: +1 hour
      - expect:
          - message: hello
            at: 2026-03-03 08:00
"""
    night = "quiet_hours: 21:00..08:00\n"
    tell(tmp_path, campaign, story, programme=night)
    twice = story.replace("        at: +1 hour\n", "        at: +1 hour\n      - redeem: coupon\n")
    tell(
        tmp_path,
        campaign,
        twice.replace("message: hello", "message: {name: hello, suppressed: redeemed}"),
        programme=night,
    )


def test_a_cancellation_takes_the_uses_that_are_left(tmp_path: Path) -> None:
    """What the others took off is owed; earned again, those that were left are good again."""
    story = """\
    begins: 2026-03-02 10:00
    story:
      - order: {amount: 20, id: o-1}
      - expect: [{reward: coupon}, {message: hello}]
      - redeem: {reward: coupon, amount: 40}
        at: +1 day
      - redeem: {reward: coupon, amount: 60}
        at: +1 day
      - order: {amount: 20, id: o-1, status: cancelled, revision: 1}
        at: +1 day
      - expect: [{revoked: coupon}, {owed: {name: coupon, amount: 20}}, {end: reversed}]
      - redeem: {reward: coupon, refused: yes}
      - order: {amount: 20, id: o-1, revision: 2}
        at: +1 day
      - expect: [{given_back: coupon}]
      - redeem: coupon
        at: +1 day
      - expect: {end: stopped}
"""
    tell(tmp_path, CUPS, story)
