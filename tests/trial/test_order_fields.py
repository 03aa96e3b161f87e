"""What the shop says of an order, in conditions, choices, messages and hand-overs."""

from pathlib import Path

from tests.trial.told import tell, told

PROGRAMME = "order_fields: {channel: text, is_gift: flag, boxes: number, wanted_on: date}\n"
HEAD = """\
campaign: cups
currency: USD
timezone: UTC
limit: 9 per year
"""
CUPS = (
    HEAD
    + """\
when: order
steps:
  - choose: order.channel
    branches:
      web:
        - send: hello
  - if: order.is_gift and order.boxes > 1 and order.wanted_on > "2026-05-01"
    then:
      - send: gift
messages:
  hello: {purpose: transactional, subject: "Hello on {{ order.channel }}", body: "{{ order.boxes }} boxes"}
  gift:
    purpose: transactional
    subject: A gift{% if order.channel %} by {{ order.channel }}{% endif %}
    body: On {{ order.wanted_on | date }}, {{ order.boxes | number }} boxes
"""
)


def test_conditions_choices_and_messages_name_what_the_order_says(tmp_path: Path) -> None:
    """As dates, numbers, texts and yes or no; what it does not say is not met, and nothing in a text."""
    story = """\
    story:
      - order: {amount: 20, attributes: {channel: web, is_gift: yes, boxes: 2, wanted_on: 2026-12-24}}
      - expect:
          - message: {name: hello, subject: Hello on web, contains: 2 boxes}
          - message: {name: gift, subject: A gift by web, contains: "On December 24, 2026, 2 boxes"}
      - order: {amount: 20, attributes: {is_gift: yes, boxes: 3, wanted_on: 2026-12-24}}
      - expect:
          - message: {name: gift, subject: A gift, contains: "2026, 3 boxes"}
      - order: {amount: 20, attributes: {channel: web}}
      - expect:
          - message: {name: hello, contains: " boxes"}
      - order: {amount: 20, attributes: {is_gift: no, boxes: 3, wanted_on: 2026-12-24}}
      - expect: nothing
      - order: 20
      - expect: nothing
"""
    tell(tmp_path, CUPS, story, programme=PROGRAMME)


def test_an_order_that_takes_the_place_brings_its_own(tmp_path: Path) -> None:
    """The first is given back, and what the second says counts from then on."""
    campaign = (
        HEAD
        + """\
when: {order: {first: yes}}
steps:
  - wait: 5 days
  - if: order.channel == "shop"
    then: [{send: hello}]
messages:
  hello: {purpose: transactional, subject: "Hello {{ order.channel }}", body: Hello}
"""
    )
    story = """\
    story:
      - order: {amount: 20, id: o-1, attributes: {channel: web}}
      - order: {amount: 20, id: o-2, attributes: {channel: shop}}
        at: +1 day
      - refund: o-1
        at: +1 day
      - expect:
          - message: {name: hello, subject: Hello shop}
"""
    tell(tmp_path, campaign, story, programme=PROGRAMME)


def test_a_batch_names_what_each_order_says(tmp_path: Path) -> None:
    """In a loop; there is no one order then."""
    campaign = (
        HEAD
        + """\
when: order
digest: 1 day
steps:
  - send: hello
messages:
  hello:
    purpose: transactional
    subject: Hello
    body: "{% for each in batch.items %}{{ each.channel }}, {% endfor %}"
"""
    )
    story = """\
    story:
      - order: {amount: 20, attributes: {channel: web}}
      - order: {amount: 30, attributes: {channel: shop}}
      - order: 40
      - expect:
          - message: {name: hello, contains: "web, shop"}
"""
    tell(tmp_path, campaign, story, programme=PROGRAMME)


def test_whoever_stays_away_is_known_by_the_last_order(tmp_path: Path) -> None:
    """The trigger's `where`, conditions and messages name what it said."""
    campaign = (
        HEAD
        + """\
when: {inactive: {for: 30 days, where: order.channel != "tv"}}
steps:
  - send: hello
messages:
  hello: {purpose: transactional, subject: "Hello {{ order.channel }}", body: Hello}
"""
    )
    story = """\
    story:
      - order: {amount: 20, attributes: {channel: __CHANNEL__}}
      - expect:
          - message: {name: hello, subject: Hello web}
            at: +30 days
        until: +40 days
"""
    tell(tmp_path, campaign, story.replace("__CHANNEL__", "web"), programme=PROGRAMME)
    quiet = story.partition("          - message")[0].replace("__CHANNEL__", "tv")
    quiet = quiet.replace("expect:\n", "expect: nothing\n        until: +40 days\n")
    tested = told(tmp_path, campaign, quiet, programme=PROGRAMME)
    assert any("is tv" in entry.text for entry in tested.cases[0].timeline)
