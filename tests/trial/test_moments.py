"""Moments of the instance's own: a local time of day beside another moment, and the day that is celebrated."""

from pathlib import Path

import pytest

from tests.trial.told import tell

HEAD = """\
campaign: cups
currency: USD
timezone: America/New_York
limit: 6 per year
"""
LETTERS = """\
messages:
  hello: {purpose: transactional, subject: Hello, body: "{{ coupon.code }} until {{ coupon.expires | date }}"}
  hooray: {purpose: transactional, subject: Hooray, body: "It is {{ occasion.__DAY__ | date }}"}
"""
BIRTHDAY = (
    HEAD
    + """\
when: {birthday: {days_before: 7}}
steps:
  - reward: {discount: 10%, expires: 7 days after occasion.birthday}
    as: coupon
  - send: hello
  - wait: {for: coupon.redeemed, until: occasion.birthday}
    otherwise: [{send: hooray}]
"""
    + LETTERS.replace("__DAY__", "birthday")
)


def test_a_wait_ends_at_an_hour_of_the_day_that_is_named(tmp_path: Path) -> None:
    """Two weeks before the code's end, at ten, on either side of a change of clocks."""
    campaign = (
        HEAD
        + """\
when: order
steps:
  - reward: {discount: 10%, expires: 60 days}
    as: coupon
  - wait: {for: coupon.redeemed, until: __UNTIL__}
    otherwise: [{send: hello}]
"""
        + LETTERS.replace("__DAY__", "occurred_at")
    )
    story = """\
    begins: 2026-02-01 15:00
    story:
      - order: 20
      - expect:
          - reward: {name: coupon, expires: 2026-04-02}
          - message: hello
            at: __AT__
"""
    for until, at in (
        ("2 weeks before coupon.expires at 10:00", "2026-03-19 10:00"),
        ("1 month before coupon.expires at 09:00", "2026-03-02 09:00"),
        ("coupon.expires at 08:30", "2026-04-02 08:30"),
        ("4 hours after occasion.occurred_at", "2026-02-01 19:00"),
        ("2 days after order.occurred_at at 09:00", "2026-02-03 09:00"),
    ):
        tell(tmp_path, campaign.replace("__UNTIL__", until), story.replace("__AT__", at))


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_a_campaign_can_name_the_birthday_that_is_celebrated(tmp_path: Path, zone: str) -> None:
    """Seven days ahead; the second letter on the day, at nine although clocks go forward; good for a week more."""
    story = f"""\
    customer: {{birthday: 1990-03-10, timezone: {zone}}}
    begins: 2026-03-01 12:00
    story:
      - expect:
          - reward: {{name: coupon, expires: 2026-03-17}}
            at: 2026-03-03 09:00
          - message: {{name: hello, contains: "March 17, 2026"}}
          - message: {{name: hooray, contains: "March 10, 2026"}}
            at: 2026-03-10 09:00
        until: +30 days
"""
    tell(tmp_path, BIRTHDAY, story)


def test_who_was_born_on_a_leap_day_is_told_of_the_28th(tmp_path: Path) -> None:
    """The day on which it is kept this year."""
    story = """\
    customer: {birthday: 2000-02-29}
    begins: 2026-02-20 12:00
    story:
      - expect:
          - reward: {name: coupon, expires: 2026-03-07}
          - message: hello
          - message: {name: hooray, contains: "February 28, 2026"}
            at: 2026-02-28 09:00
        until: +30 days
"""
    tell(tmp_path, BIRTHDAY, story)


def test_an_anniversary_has_its_day_too(tmp_path: Path) -> None:
    """In conditions and in messages."""
    campaign = (
        HEAD
        + """\
when: {anniversary: {of: first_order, days_before: 3, at: 10:00}}
count_history: yes
steps:
  - wait: {until: occasion.anniversary}
  - reward: {discount: 10%, expires: 2 days after occasion.anniversary at 18:00}
    as: coupon
  - send: hooray
  - if: occasion.anniversary < coupon.expires
    then: [{send: hello}]
"""
        + LETTERS.replace("__DAY__", "anniversary")
    )
    story = """\
    begins: 2026-02-20 12:00
    earlier: [{order: 5, at: 2023-03-10}]
    story:
      - expect:
          - reward: {name: coupon, expires: 2026-03-12 18:00}
            at: 2026-03-10 10:00
          - message: {name: hooray, contains: "March 10, 2026"}
          - message: hello
        until: +30 days
"""
    tell(tmp_path, campaign, story)


def test_a_reward_can_end_beside_another(tmp_path: Path) -> None:
    """The second one is given once it is known when the first one ends."""
    campaign = (
        HEAD
        + """\
when: order
steps:
  - reward: {discount: 10%, expires: 30 days}
    as: coupon
  - reward: {discount: 20%, expires: 36 hours after coupon.expires}
    as: second
"""
        + LETTERS.replace("__DAY__", "occurred_at")
    )
    story = """\
    begins: 2026-02-01 15:00
    story:
      - order: 20
      - expect:
          - reward: {name: coupon, expires: 2026-03-03}
          - reward: {name: second, expires: 2026-03-05 11:59}
"""
    tell(tmp_path, campaign, story)


SPANS = (
    HEAD
    + """\
when: order
steps:
  - wait: 4 hours
  - reward: {discount: 10%, expires: 60 days}
    as: coupon
  - wait: 1 day
  - send: hello
"""
    + LETTERS.replace("__DAY__", "occurred_at")
)


def test_within_one_expectation_all_spans_count_from_the_same_time(tmp_path: Path) -> None:
    """From the lines above it, also `until`; what stands behind counts from its end; a date takes the time's place."""
    story = """\
    story:
      - order: 20
      - expect:
          - {reward: coupon, at: +4 hours}
          - {message: hello, at: +28 hours}
        until: +3 days
      - order: {amount: 20, id: second}
        at: +1 day
      - expect:
          - {reward: coupon, at: 2026-03-06 14:00}
          - {message: hello, at: +1 day}
"""
    tell(tmp_path, SPANS, story)


def test_a_case_can_take_away_what_the_file_says_of_all(tmp_path: Path) -> None:
    """Of the profile, the consents and the attributes."""
    story = """\
    customer: {without: email}
    story:
      - order: 20
      - expect:
          - {reward: coupon, at: +4 hours}
          - message: {name: hello, suppressed: no_address}
            at: +28 hours
"""
    tell(tmp_path, SPANS, story)
