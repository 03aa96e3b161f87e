"""What a trigger or a digest would let a campaign name is taken as known where it cannot be read."""

import pytest

from punchcard.language import check, check_programme

REST = """\
campaign: cups
limit: 1 per year
currency: USD
{head}
steps:
  - if: {condition}
    then:
      - send: hello
messages:
  hello: {{purpose: marketing, subject: Hi, body: "{{{{ {named} }}}}"}}
"""


@pytest.mark.parametrize(
    ("head", "condition", "named", "code"),
    [
        ("digest: {for: week}\nwhen: order", "batch.count > 1 and batch.amount > 5", "batch.count", "PC1203"),
        (
            "digest: {for: 7 days, at: saturday at 10:00}\nwhen: order",
            "batch.count > 1",
            "batch.count",
            "PC1230",
        ),
        ("digest: 7 days\nwhen: {spent: {every: 5}}", "batch.amount > 1", "batch.amount | money", "PC1105"),
        ("when: {order: {first: perhaps}}", "occasion.ordinal == 1", "order.id", "PC1211"),
        ("when: {order: {every: twice}}", "occasion.ordinal == 1", "order.id", "PC1212"),
        (
            "when: {reward: {of: mugs, redeemed: perhaps}}",
            "given.redeemed_at > occasion.occurred_at",
            "given.redeemed_at | date",
            "PC1211",
        ),
        ("when: {spent: {every: 5}}", "occasion.ordinal == 1", "order.id", "PC1105"),
        (
            "when: {manual: {inputs: {why: text, many: thing}}}",
            'inputs.why == "x" and inputs.many > 3',
            "inputs.many",
            "PC1208",
        ),
    ],
)
def test_one_mistake_is_one_error(head: str, condition: str, named: str, code: str) -> None:
    """Whatever else the campaign names is judged once that is mended."""
    text = REST.format(head=head, condition=condition, named=named)
    assert [each.code for each in check(text, name="cups.yaml").diagnostics] == [code]


def test_a_digest_does_not_close_on_a_day_of_the_week() -> None:
    """What to write instead is said."""
    head = "digest: {for: 7 days, at: saturday at 10:00}\nwhen: order"
    (found,) = check(
        REST.format(head=head, condition="batch.count > 1", named="batch.count"), name="cups.yaml"
    ).diagnostics
    assert "- wait: {until: saturday at 10:00}" in str(found.expected)


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        (
            """\
  - call: {url: "https://stock.example/", returns: {left: thing}}
    as: stock
  - if: stock.left > 3
    then:
      - send: hello
""",
            "PC1208",
        ),
        (
            """\
  - repeat: {times: often, every: 7 days}
    steps:
      - if: round.number == 2
        then:
          - send: hello
""",
            "PC1212",
        ),
    ],
)
def test_what_a_step_makes_known_is_known_though_it_cannot_be_read(steps: str, code: str) -> None:
    """The type of a field in a reply, the number of rounds."""
    head, _, rest = REST.format(head="when: order", condition="order.amount > 3", named="order.id").partition(
        "  - if"
    )
    text = head + steps + rest[rest.index("messages:") :]
    programme = check_programme("hosts: stock.example\n", name="programme.yaml").programme
    assert [each.code for each in check(text, name="cups.yaml", programme=programme).diagnostics] == [code]
