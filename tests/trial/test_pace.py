"""`pace`: instances start one after the other, and none is late for it."""

from pathlib import Path

from tests.trial.told import tell

CUPS = """\
campaign: cups
currency: USD
timezone: UTC
limit: 100 per year
starts: 2026-01-01
pace: 1 per day
max_lateness: 1 hour
when: order
steps:
  - send: hello
messages:
  hello: {purpose: marketing, subject: Hello, body: Hello}
"""


def test_each_waits_for_its_turn(tmp_path: Path) -> None:
    """Three orders in a minute are three days of messages; after a pause the next is at once."""
    story = """\
    begins: 2026-03-01 09:00
    story:
      - order: 20
      - expect: {message: hello}
      - order: 30
      - order: 40
      - expect:
          - message: hello
            at: 2026-03-02 09:00
          - message: hello
            at: 2026-03-03 09:00
      - order: 50
        at: 2026-03-20 12:00
      - expect: {message: hello}
"""
    tell(tmp_path, CUPS, story)


def test_what_was_late_before_is_late_all_the_same(tmp_path: Path) -> None:
    """The wait for a turn excuses itself and nothing else."""
    story = """\
    begins: 2026-03-01 09:00
    story:
      - order: 20
      - expect: {message: hello}
      - order: {amount: 30, occurred: 2026-03-01 01:00}
      - expect:
          - message: {name: hello, suppressed: too_late}
            at: 2026-03-02 09:00
"""
    tell(tmp_path, CUPS, story)
