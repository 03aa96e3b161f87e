"""A story whose first order is refunded: the next one takes its place, in words, waits and conditions."""

from pathlib import Path

from tests.trial.told import tell

FIRST = """\
campaign: cups
currency: USD
timezone: UTC
when: {order: {first: yes}}
steps:
  - reward: {discount: 10%, expires: 60 days}
    as: coupon
  - wait: {for: order.delivered, up_to: 30 days}
  - wait: 3 days
  - if: order.amount > 50
    then:
      - ask: {message: how-was-it, answer: 1..5, up_to: 14 days}
        as: rating
messages:
  how-was-it:
    purpose: transactional
    subject: How was {{ order.id }}?
    body: "{{ order.amount | money }}?"
"""
ASKED = """\
          - question: {name: rating, contains: "$70.00?"}
            at: __AT__
"""


def test_the_question_is_about_the_order_that_stands(tmp_path: Path) -> None:
    """The first one is given back while the second is there already: nothing falls, and nothing is given again."""
    story = """\
    story:
      - order: {amount: 40, id: o-1}
        at: 2026-03-02 10:00
      - expect: [reward: coupon]
      - order: {amount: 70, id: o-2}
        at: 2026-03-04 10:00
      - refund: o-1
        at: 2026-03-05 10:00
      - order: {amount: 40, id: o-1, revision: 1, status: delivered}
        at: 2026-03-06 10:00
      - order: {amount: 70, id: o-2, revision: 1, status: delivered}
        at: 2026-03-08 10:00
      - expect:
"""
    tell(tmp_path, FIRST, story + ASKED.replace("__AT__", "2026-03-11 10:00"))


def test_an_occasion_that_stands_again_waits_for_the_new_order(tmp_path: Path) -> None:
    """The same reward is given back, and the delivery is that of the second order."""
    story = """\
    story:
      - order: {amount: 40, id: o-1}
        at: 2026-03-02 10:00
      - expect: [reward: coupon]
      - refund: o-1
        at: 2026-03-03 10:00
      - expect: [revoked: coupon, end: reversed]
      - order: {amount: 70, id: o-2}
        at: 2026-03-10 10:00
      - expect: [given_back: coupon]
      - order: {amount: 70, id: o-2, revision: 1, status: delivered}
        at: 2026-03-12 10:00
      - expect:
"""
    tell(tmp_path, FIRST, story + ASKED.replace("__AT__", "2026-03-15 10:00"))


def test_a_delivery_that_has_happened_counts_at_once(tmp_path: Path) -> None:
    """The second order had been delivered before the first one was given back."""
    story = """\
    story:
      - order: {amount: 40, id: o-1}
        at: 2026-03-02 10:00
      - expect: [reward: coupon]
      - order: {amount: 70, id: o-2, status: delivered}
        at: 2026-03-04 10:00
      - refund: o-1
        at: 2026-03-05 10:00
      - expect:
"""
    tell(tmp_path, FIRST, story + ASKED.replace("__AT__", "2026-03-08 10:00"))


def test_what_has_been_asked_is_not_asked_again(tmp_path: Path) -> None:
    """The answer to the question about the first order still counts."""
    story = """\
    story:
      - order: {amount: 60, id: o-1, status: delivered}
        at: 2026-03-02 10:00
      - expect:
          - reward: coupon
          - question: {name: rating, contains: "$60.00?"}
        until: 2026-03-06
      - order: {amount: 70, id: o-2}
        at: 2026-03-07 10:00
      - refund: o-1
      - answer: 4
        at: +1 day
      - expect: nothing
"""
    tell(tmp_path, FIRST, story)


CALLED = """\
campaign: cups
currency: USD
timezone: UTC
when: {spend: {every: 100}}
steps:
  - wait: {until: 5 days after order.occurred_at}
  - task: {do: "Call about {{ order.id }}", by: service, up_to: 9 days}
"""


def test_people_are_asked_about_the_order_that_crosses(tmp_path: Path) -> None:
    """An early refund moves the crossing to the third order, and the time that is counted from it."""
    story = """\
    story:
      - order: {amount: 60, id: o-1}
        at: 2026-03-02 10:00
      - order: {amount: 60, id: o-2}
        at: 2026-03-03 10:00
      - order: {amount: 60, id: o-3}
        at: 2026-03-06 10:00
      - refund: o-1
        at: 2026-03-07 10:00
      - expect:
          - task: {name: task, contains: Call about o-3}
            at: 2026-03-11 10:00
        until: 2026-03-12
"""
    tell(tmp_path, CALLED, story, programme="roles: {service: ann}\n")


def test_a_late_order_that_came_before_moves_the_crossing(tmp_path: Path) -> None:
    """What is counted from the order begins earlier; what is due by then comes at once."""
    story = """\
    story:
      - order: {amount: 60, id: o-1}
        at: 2026-03-02 10:00
      - order: {amount: 60, id: o-3}
        at: 2026-03-08 10:00
      - order: {amount: 60, id: o-2, occurred: 2026-03-03 10:00}
        at: 2026-03-09 10:00
      - expect:
          - task: {name: task, contains: Call about o-2}
            at: 2026-03-09 10:00
        until: 2026-03-10
"""
    tell(tmp_path, CALLED, story, programme="roles: {service: ann}\n")
