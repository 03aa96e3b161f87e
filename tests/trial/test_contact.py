"""Quiet hours and caps: what a message waits for, and what is one too many."""

from pathlib import Path

from tests.trial.told import tell

CUPS = """\
campaign: cups
currency: USD
timezone: Europe/Berlin
limit: 100 per year
when: order
steps:
  - reward: {discount: 10%, expires: 30 days}
    as: coupon
  - send: hello
messages:
  hello: {purpose: marketing, subject: Hello, body: "{{ coupon.code }}"}
"""
NIGHT = "quiet_hours: 21:00..08:00\n"


def test_a_message_waits_for_the_morning(tmp_path: Path) -> None:
    """The reward is given at once, the message at the end of the quiet hours of the customer's own zone."""
    story = """\
    customer: {timezone: Asia/Tokyo}
    begins: 2026-03-02 23:30
    story:
      - order: 20
      - expect: {reward: coupon}
      - expect:
          - message: hello
            at: 2026-03-03 08:00
"""
    tell(tmp_path, CUPS, story, programme=NIGHT)


def test_by_day_it_goes_out_at_once(tmp_path: Path) -> None:
    """Quiet hours end with their last minute, and begin with their first."""
    story = """\
    begins: 2026-03-03 08:00
    story:
      - order: 20
      - expect: [{reward: coupon}, {message: hello}]
      - order: 20
        at: 2026-03-03 20:59
      - expect: [{reward: coupon}, {message: hello}]
      - order: 20
        at: 2026-03-03 21:00
      - expect: {reward: coupon}
      - expect:
          - message: hello
            at: 2026-03-04 08:00
"""
    tell(tmp_path, CUPS, story, programme=NIGHT)


def test_what_says_so_goes_out_at_night(tmp_path: Path) -> None:
    """Transactional messages disturb, and so do those that ignore quiet hours."""
    story = """\
    begins: 2026-03-02 23:30
    story:
      - order: 20
      - expect: [{reward: coupon}, {message: hello}]
"""
    tell(tmp_path, CUPS.replace("purpose: marketing", "purpose: transactional"), story, programme=NIGHT)
    ignoring = CUPS.replace("purpose: marketing", "purpose: marketing, quiet_hours: ignore")
    tell(tmp_path, ignoring, story, programme=NIGHT)


def test_a_step_says_otherwise_for_what_it_sends(tmp_path: Path) -> None:
    """Whatever the message says: one that disturbs waits this once, one that waits goes out at once."""
    at_once = """\
    begins: 2026-03-02 23:30
    story:
      - order: 20
      - expect: [{reward: coupon}, {message: hello}]
"""
    in_the_morning = """\
    begins: 2026-03-02 23:30
    story:
      - order: 20
      - expect: {reward: coupon}
      - expect:
          - message: hello
            at: 2026-03-03 08:00
"""
    ignoring = CUPS.replace("send: hello", "send: {message: hello, quiet_hours: ignore}")
    tell(tmp_path, ignoring, at_once, programme=NIGHT)
    keeping = CUPS.replace("send: hello", "send: {message: hello, quiet_hours: keep}")
    tell(tmp_path, keeping.replace("marketing", "transactional"), in_the_morning, programme=NIGHT)


def test_a_code_used_at_night_needs_no_word_in_the_morning(tmp_path: Path) -> None:
    """The message would speak of what is over."""
    story = """\
    begins: 2026-03-02 23:30
    story:
      - order: 20
      - expect: {reward: coupon}
      - redeem: coupon
        at: +1 hour
      - expect:
          - message: {name: hello, suppressed: redeemed}
            at: 2026-03-03 08:00
          - end: completed
"""
    tell(tmp_path, CUPS, story, programme=NIGHT)


def test_one_too_many_is_not_sent(tmp_path: Path) -> None:
    """The reward is given all the same; the next week has room again."""
    story = """\
    begins: 2026-03-03 10:00
    story:
      - order: 20
      - expect: [{reward: coupon}, {message: hello}]
      - order: 20
        at: 2026-03-08 10:00
      - expect: [{reward: coupon}, {message: {name: hello, suppressed: capped}}]
      - order: 20
        at: 2026-03-09 00:00
      - expect: [{reward: coupon}, {message: hello}]
"""
    tell(tmp_path, CUPS, story, programme="caps: 1 per week\n")


def test_a_deferred_one_goes_out_when_there_is_room(tmp_path: Path) -> None:
    """After the moving span, or with the next day of the calendar; whichever cap is longer, and by day."""
    deferring = CUPS.replace("purpose: marketing", "purpose: marketing, cap: defer")
    story = """\
    begins: 2026-03-03 10:00
    story:
      - order: 20
      - expect: [{reward: coupon}, {message: hello}]
      - order: 20
        at: +1 hour
      - expect: {reward: coupon}
      - expect:
          - message: hello
            at: 2026-03-05 10:00
"""
    tell(tmp_path, deferring, story, programme="caps: [1 per day, 1 in any 48 hours]\n")
    nightly = story.replace("2026-03-05 10:00", "2026-03-04 08:00")
    tell(tmp_path, deferring, nightly, programme=f"caps: 1 per day\n{NIGHT}")


def test_what_waits_too_long_is_not_sent(tmp_path: Path) -> None:
    """It is as late then as if nobody had worked."""
    deferring = CUPS.replace("purpose: marketing", "purpose: marketing, cap: defer")
    story = """\
    begins: 2026-03-03 10:00
    story:
      - order: 20
      - expect: [{reward: coupon}, {message: hello}]
      - order: 20
        at: +1 hour
      - expect: {reward: coupon}
      - expect:
          - message: {name: hello, suppressed: too_late}
            at: 2026-03-10 10:00
"""
    tell(tmp_path, deferring, story, programme="caps: 1 in any 7 days\n")
