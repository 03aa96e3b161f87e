"""Refunded and earned again: the time in which an occasion did not stand is time that does not count."""

from pathlib import Path

import pytest

from tests.trial.told import tell

CARD = """\
campaign: cups
currency: USD
timezone: America/New_York
limit: 6 per year
when: {order: {every: 8}}
steps:
  - reward: {discount: 100%, expires: 60 days}
    as: coffee
  - wait: {for: coffee.redeemed, until: 2 weeks before coffee.expires}
    otherwise:
      - send: reminder
messages:
  reminder: {purpose: transactional, subject: A coffee, body: "{{ coffee.code }}, {{ coffee.expires | date }}"}
"""
FIRST = """\
campaign: cups
currency: USD
timezone: UTC
when: {order: {first: yes}}
steps:
  - wait: __LIMIT__
  - ask: {message: how-was-it, answer: 1..5, up_to: 14 days}
    as: rating
    otherwise: [{send: bye}]
messages:
  how-was-it: {purpose: transactional, subject: How was it?, body: Well?}
  bye: {purpose: transactional, subject: Bye, body: Bye}
"""
AGAIN = """\
    story:
      - order: {amount: 30, id: first}
        at: 2026-03-02 10:00
      - refund: first
        at: 2026-03-03 10:00
      - expect: [end: reversed]
      - order: 40
        at: 2026-04-02 10:00
      - expect:
          - question: rating
            at: __AT__
"""
EIGHT = """\
    story:
      - order: {amount: 4.50, times: 7}
        at: 2026-03-02 10:00
      - order: {amount: 4.50, id: last}
      - expect:
          - reward: {name: coffee, expires: __END__}
"""
EARNED = EIGHT.replace("__END__", "2026-05-01")
PAUSED = """\
    story:
      - order: {amount: 30, id: first}
        at: 2026-03-02 10:00
      - pause: __WHAT__
        at: 2026-03-04 10:00
      - refund: first
        at: 2026-03-06 10:00
      - expect: [end: reversed]
"""
RESUMED = """\
      - resume: __WHAT__
        at: 2026-03-12 10:00
      - expect:
          - question: rating
            at: 2026-03-20 10:00
          - message: bye
            at: +14 days
"""


def tell_of_a_pause(folder: Path, meanwhile: str) -> None:
    """Tell of an occasion that falls while its instance is paused, and while the whole campaign is."""
    for what in ("instance", "campaign"):
        story = (PAUSED + meanwhile + RESUMED).replace("__WHAT__", what)
        tell(folder, "on_resume: shift\n" + FIRST.replace("__LIMIT__", "10 days"), story)


def test_a_code_that_is_earned_again_is_good_for_as_long_as_it_was(tmp_path: Path) -> None:
    """59 days are left when it is revoked, and 59 when it is given back; the reminder comes two weeks before."""
    story = """\
      - refund: last
        at: +1 day
      - expect: [revoked: coffee, end: reversed]
      - order: 4.50
        at: 2026-06-20 10:00
      - expect:
          - given_back: {name: coffee, expires: 2026-08-18}
          - message: {name: reminder, contains: "August 18, 2026"}
            at: 2026-08-04 23:59
        until: 2026-08-18 12:00
      - redeem: coffee
"""
    tell(tmp_path, CARD, EARNED + story)


def test_a_code_with_a_date_keeps_it(tmp_path: Path) -> None:
    """The reminder, which came due meanwhile, goes out at once. What had ended before is not good again."""
    story = """\
      - refund: last
        at: +1 day
      - expect: [revoked: coffee, end: reversed]
      - order: 4.50
        at: 2026-03-25 10:00
      - expect:
          - given_back: {name: coffee, expires: 2026-03-31}
          - message: reminder
"""
    tell(tmp_path, CARD.replace("60 days", "2026-03-31"), EIGHT.replace("__END__", "2026-03-31") + story)
    ended = """\
          - message: reminder
        until: 2026-05-02
      - refund: last
      - expect: [revoked: coffee]
      - order: 4.50
        at: 2026-06-20 10:00
      - expect: [given_back: {name: coffee, expires: 2026-05-01}]
"""
    tell(tmp_path, CARD, EARNED + ended)


def test_a_question_comes_as_long_after_as_it_would_have(tmp_path: Path) -> None:
    """Nine of the ten days were left; a span from the occasion on is as long again, too."""
    for limit in ("10 days", "{until: 10 days after occasion.occurred_at}"):
        story = AGAIN.replace("__AT__", "2026-04-11 10:00") + (
            "          - message: bye\n            at: 2026-04-25 10:00\n"
        )
        tell(tmp_path, FIRST.replace("__LIMIT__", limit), story)


def test_a_date_that_is_waited_for_stays(tmp_path: Path) -> None:
    """It is no later than it was."""
    ahead = AGAIN.replace("__AT__", "2026-04-05 00:00") + "          - message: bye\n"
    tell(tmp_path, FIRST.replace("__LIMIT__", "{until: 2026-04-05}"), ahead)


def test_a_time_of_day_is_found_anew(tmp_path: Path) -> None:
    """The next Monday at nine, not so many days after the last one."""
    story = AGAIN.replace("__AT__", "2026-04-06 09:00") + "          - message: bye\n"
    tell(tmp_path, FIRST.replace("__LIMIT__", "{until: monday at 09:00}"), story)


def test_a_refund_that_comes_late_closes_the_code_when_it_comes(tmp_path: Path) -> None:
    """It was good until then; what counts is for how long it really could not be used."""
    story = """\
      - refund: {order: last, occurred: 2026-03-03 10:00}
        at: 2026-03-20 10:00
      - expect: [revoked: coffee, end: reversed]
      - order: 4.50
        at: 2026-03-30 10:00
      - expect:
          - given_back: {name: coffee, expires: 2026-05-11}
          - message: reminder
            at: 2026-04-27 23:59
"""
    tell(tmp_path, CARD, EARNED + story)


def test_a_refund_that_comes_behind_the_next_order_takes_nothing(tmp_path: Path) -> None:
    """Eight orders stand all the time, so nothing is revoked, and nothing moves."""
    story = """\
      - order: 4.50
        at: 2026-03-04 10:00
      - refund: {order: last, occurred: 2026-03-03 10:00}
        at: 2026-03-05 10:00
      - expect:
          - message: reminder
            at: 2026-04-17 23:59
"""
    tell(tmp_path, CARD, EARNED + story)


def test_a_pause_in_which_it_falls_and_stands_again_counts_as_a_whole(tmp_path: Path) -> None:
    """Two of ten days are used; four days of pause and three of lapse do not count, and it stays paused till then."""
    meanwhile = """\
      - order: 40
        at: 2026-03-09 10:00
"""
    tell_of_a_pause(tmp_path, meanwhile)


def test_it_may_fall_twice_in_one_pause(tmp_path: Path) -> None:
    """The generation between never began: what it would have begun with is handed on."""
    meanwhile = """\
      - order: {amount: 40, id: second}
        at: 2026-03-07 10:00
      - refund: second
        at: 2026-03-08 10:00
      - expect: [end: reversed]
      - order: 50
        at: 2026-03-10 10:00
"""
    tell_of_a_pause(tmp_path, meanwhile)


@pytest.mark.parametrize("rule", ["if_running: ignore", "if_running: restart", "again: after_exit"])
def test_who_stands_again_goes_on_beside_whoever_runs_by_then(tmp_path: Path, rule: str) -> None:
    """What these rules decide, they decide when an occasion arises."""
    campaign = f"{rule}\n" + FIRST.replace("order: {first: yes}", "order: {over: 1}").replace(
        "__LIMIT__", "10 days"
    )
    story = """\
    story:
      - order: {amount: 30, id: first}
        at: 2026-03-02 10:00
      - refund: {order: first, amount: 30}
        at: 2026-03-03 10:00
      - expect: [end: reversed]
      - order: 40
        at: 2026-03-04 10:00
      - order: {amount: 50, id: first, revision: 1}
        at: 2026-03-05 10:00
      - expect:
          - question: rating
            at: 2026-03-14 10:00
          - question: rating
            at: 2026-03-14 10:00
        until: 2026-03-15 10:00
"""
    tell(tmp_path, campaign, story)
