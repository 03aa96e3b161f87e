"""Events of the shop's own: what their money is worth in conditions and messages, and what a test may say of them."""

from pathlib import Path

import pytest

from tests.trial.told import tell

SCHEMA = """\
{
  "type": "object",
  "properties": {"items": {"type": "integer"}, "value": {"$ref": "urn:punchcard:money"}},
  "required": ["items"]
}
"""
CUPS = """\
campaign: cups
currency: USD
timezone: UTC
limit: 100 per year
when:
  event: cart_left
steps:
  - if: event.value > 80
    then:
      - reward: {discount: 5%, expires: 30 days}
        as: coupon
  - send: hello
messages:
  hello:
    purpose: transactional
    subject: Your cart
    body: |
      Worth {{ event.value | money }}.
"""
REWARDED = """\
    story:
      - event: {{name: cart_left, data: {{items: 2, value: {value}}}}}
      - expect:
          - reward: coupon
          - message: {{name: hello, contains: "Worth $90.00."}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose events have money."""
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "cart_left.json").write_text(SCHEMA)
    return tmp_path


@pytest.mark.parametrize("value", ["90", "90 USD", "90.00"])
def test_money_is_compared_and_shown(folder: Path, value: str) -> None:
    """A test writes amounts as campaigns do; without a currency they are in the campaign's."""
    tell(folder, CUPS, REWARDED.format(value=value))
    tell(folder, CUPS.replace("> 80", '> "80 USD"'), REWARDED.format(value=value))


@pytest.mark.parametrize("data", ["{items: 2, value: 90 EUR}", "{items: 2}", "{items: 2, value: 80}"])
def test_another_currency_is_absent(folder: Path, data: str) -> None:
    """As what is not there at all: the condition is not met."""
    story = f"""\
    story:
      - event: {{name: cart_left, data: {data}}}
      - expect:
          - message: hello
"""
    tell(folder, CUPS, story)


def test_a_filter_reads_money(folder: Path) -> None:
    """What is not above it starts nothing."""
    text = CUPS.replace("event: cart_left", "event: {name: cart_left, where: event.value > 85}")
    tell(folder, text, REWARDED.format(value="90"))
    story = """\
    story:
      - event: {name: cart_left, data: {items: 2, value: 85}}
      - expect: nothing
"""
    tell(folder, text, story)


def test_a_batch_lists_money(folder: Path) -> None:
    """Each of the gathered events shows its own."""
    text = CUPS.replace("limit:", "digest: 1 day\nlimit:").replace("event.value > 80", "batch.count > 1")
    loop = "{% for cart in batch.items %}{{ cart.value | money }} {% endfor %}"
    story = """\
    story:
      - event: {name: cart_left, data: {items: 2, value: 90}}
      - event: {name: cart_left, data: {items: 1, value: 20}}
      - expect:
          - reward: coupon
          - message: {name: hello, contains: "$90.00 $20.00"}
"""
    tell(folder, text.replace("Worth {{ event.value | money }}.", loop), story)


def test_what_the_schema_lists_is_all_that_a_test_may_say(folder: Path) -> None:
    """Another value is a mistake at its place, with the nearest one that there is."""
    schema = SCHEMA.replace('"items": {"type"', '"kind": {"enum": ["gift", "loan"]}, "items": {"type"')
    (folder / "events" / "cart_left.json").write_text(schema)
    story = """\
    story:
      - event: {{name: cart_left, data: {{items: 2, kind: {}}}}}
      - expect:
          - message: hello
"""
    tell(folder, CUPS, story.format("loan"))
    with pytest.raises(AssertionError, match="write: loan"):
        tell(folder, CUPS, story.format("Loan"))
