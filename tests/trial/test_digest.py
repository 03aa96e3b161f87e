"""`digest`: what a customer earns within some time is one batch, with one instance."""

from pathlib import Path

from tests.trial.told import tell, told

CUPS = """\
campaign: cups
currency: USD
timezone: Europe/Berlin
limit: 100 per year
digest: {for: 2 days, at: 17:00}
when: order
steps:
  - send: summary
  - if: batch.amount >= 50
    then:
      - reward: {discount: 10%, expires: 30 days}
        as: coupon
messages:
  summary:
    purpose: marketing
    subject: You ordered {{ batch.count }} times
    body: |
      {% for item in batch.items %}{{ item.amount | money }} {% endfor %}make {{ batch.amount | money }}.
"""


def test_what_comes_meanwhile_is_one(tmp_path: Path) -> None:
    """The batch closes at the time of day, in the customer's zone; what comes later opens the next."""
    story = """\
    begins: 2026-03-02 09:00
    story:
      - order: 20
      - order: 30
        at: 2026-03-04 16:59
      - expect:
          - message: {name: summary, subject: You ordered 2 times, contains: "$20.00 $30.00 make $50.00"}
            at: 2026-03-04 17:00
          - reward: coupon
            at: 2026-03-04 17:00
          - end: completed
      - order: 40
        at: 2026-03-04 17:01
      - expect:
          - message: {name: summary, subject: You ordered 1 times}
            at: 2026-03-07 17:00
          - end: completed
"""
    tell(tmp_path, CUPS, story)


def test_what_is_refunded_before_is_not_in_it(tmp_path: Path) -> None:
    """And a batch that has lost everything sends nothing."""
    story = """\
    begins: 2026-03-02 09:00
    story:
      - order: {amount: 20, id: first}
      - order: {amount: 30, id: second}
      - refund: first
        at: +1 hour
      - expect:
          - message: {name: summary, subject: You ordered 1 times}
            at: 2026-03-04 17:00
          - end: completed
"""
    tell(tmp_path, CUPS, story)


def test_a_refund_after_takes_back_what_the_whole_batch_has_lost(tmp_path: Path) -> None:
    """The reward stands as long as one of them does."""
    story = """\
    begins: 2026-03-02 09:00
    story:
      - order: {amount: 20, id: first}
      - order: {amount: 30, id: second}
      - expect:
          - message: summary
            at: 2026-03-04 17:00
          - reward: coupon
            at: 2026-03-04 17:00
          - end: completed
      - refund: first
        at: 2026-03-05 10:00
      - expect: nothing
      - refund: second
        at: +1 hour
      - expect: {revoked: coupon}
      - order: {amount: 30, id: second, revision: 1}
        at: +1 hour
      - expect: nothing
"""
    tell(tmp_path, CUPS, story)


def test_without_a_time_it_closes_when_the_span_is_over(tmp_path: Path) -> None:
    """Counted from its first occasion."""
    story = """\
    begins: 2026-03-02 09:00
    story:
      - order: 20
      - order: 20
        at: +1 day
      - expect:
          - message: {name: summary, subject: You ordered 2 times}
            at: 2026-03-04 09:00
          - end: completed
"""
    tell(tmp_path, CUPS.replace("{for: 2 days, at: 17:00}", "2 days"), story)


def test_the_timeline_says_when_the_digest_starts(tmp_path: Path) -> None:
    """What is gathered starts nothing at once, and something later."""
    story = """\
    begins: 2026-03-02 09:00
    story:
      - order: 20
      - expect:
          - message: summary
"""
    (case,) = told(tmp_path, CUPS, story).cases
    said = [entry.text for entry in case.timeline]
    assert "it is gathered for the digest, which starts on 2026-03-04 17:00" in said
