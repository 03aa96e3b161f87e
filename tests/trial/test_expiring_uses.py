"""The trigger `reward` about a code for several orders: as long as a use is left, its end is worth a word."""

from pathlib import Path

from punchcard.cli.testing import surroundings
from punchcard.language.render import render
from punchcard.trial import files
from tests.support.tables import trial_memory

CUPS = """\
campaign: cups
currency: USD
timezone: UTC
limit: 5 per year
when: order
steps:
  - reward: {discount: 20%, orders: 2, expires: 30 days}
    as: coupon
  - wait: {for: coupon.used_up, until: coupon.expires}
"""
SOON = """\
campaign: soon
currency: USD
timezone: UTC
when:
  reward: {of: cups, expires_in: 10 days, at: 10:00}
steps:
  - send: soon-over
  - wait: 5 days
  - send: very-soon-over
messages:
  soon-over: {purpose: transactional, subject: Soon, body: "{{ given.code }}"}
  very-soon-over: {purpose: transactional, subject: Very soon, body: "{{ given.code }}"}
"""
USED = """\
campaign: used
currency: USD
timezone: UTC
when:
  reward: {of: cups, redeemed: yes}
steps:
  - send: thanks
messages:
  thanks: {purpose: transactional, subject: Thanks, body: Thanks}
"""


def tell(folder: Path, story: str) -> None:
    """Play a story of cups with both others beside them."""
    for name, text in (("cups", CUPS), ("soon", SOON), ("used", USED)):
        (folder / f"{name}.yaml").write_text(text)
    tests = folder / "cups.test.yaml"
    tests.write_text(f"tests: cups\nwith: [soon, used]\ncases:\n  - case: One\n{story}")
    memory = trial_memory()
    tested = files.run(tests, surroundings([tests]), memory)
    assert tested.passed, render(tested.findings, {tests.as_posix(): tests.read_text()})


def test_one_use_left_is_reminded_of_and_the_first_one_thanked_for(tmp_path: Path) -> None:
    """Until the last use, which ends the reminders; it is thanked for once."""
    story = """\
    begins: 2026-03-02 12:00
    story:
      - order: 20
      - expect: {reward: coupon}
        until: +1 hour
      - redeem: {reward: coupon, order: o-1}
        at: 2026-03-04 12:00
      - expect:
          - message: thanks
            campaign: used
          - end: completed
            campaign: used
        until: +1 hour
      - expect:
          - message: soon-over
            campaign: soon
            at: 2026-03-22 10:00
        until: 2026-03-23 00:00
      - redeem: {reward: coupon, order: o-2}
        at: 2026-03-24 12:00
      - expect:
          - end: completed
          - end: cancelled
            campaign: soon
        until: 2026-04-10 00:00
"""
    tell(tmp_path, story)


def test_who_has_used_it_up_is_not_reminded(tmp_path: Path) -> None:
    """There is nothing left to expire."""
    story = """\
    begins: 2026-03-02 12:00
    story:
      - order: 20
      - expect: {reward: coupon}
        until: +1 hour
      - redeem: {reward: coupon, order: o-1}
        at: 2026-03-04 12:00
      - expect:
          - message: thanks
            campaign: used
          - end: completed
            campaign: used
        until: +1 hour
      - redeem: {reward: coupon, order: o-2}
        at: 2026-03-05 12:00
      - expect: {end: completed}
        until: 2026-04-10 00:00
"""
    tell(tmp_path, story)
