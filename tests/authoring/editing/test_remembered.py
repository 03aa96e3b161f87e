"""While a line is half written, a real client still sees what is wrong in the others."""

import pytest

from tests.support.author import Author

BEFORE = """\
campaign: mine
limit: 1 per year
when:
  order: {every: 20}
steps:
  - reward: {discount: 10%, expires: 5 days}
    as: coupon
"""
AFTER = """\
  - send: helo
  - if: customer.ordrs > 3
    then: {send: hello}
messages:
  hello:
    purpose: marketing
    subject: Hello
    body: |
      Hi
"""


@pytest.mark.parametrize(
    "line",
    [
        "  - wait: {",
        "  - wait: {for",
        "  - wait: {for: [",
        "  - wait: {for: coupon.redeemed, ",
        "  - wait: {for: coupon.redeemed, up_to: 2 days}\n    the",
        '  - if: "',
        "  - use:\n    wi",
        "- send",
        "    x",
    ],
)
def test_mistakes_elsewhere_stay(author: Author, line: str) -> None:
    """At their lines, which have moved; with one mistake for the half line, and no others."""
    whole = {(each["code"], each["range"]["start"]["line"]) for each in author.type(BEFORE + AFTER)}
    assert {code for code, _ in whole} == {"PC1501", "PC1401"}
    found = [
        (each["code"], each["range"]["start"]["line"]) for each in author.type(f"{BEFORE}{line}\n{AFTER}")
    ]
    more = line.count("\n") + 1
    assert {(code, at + more) for code, at in whole} <= set(found)
    assert len(found) == len(whole) + 1


def test_what_was_mended_is_not_remembered(author: Author) -> None:
    """A line that is another one has to be judged anew, once everything can be read."""
    author.type(BEFORE + AFTER)
    found = author.type(f"{BEFORE}  - wait: {{\n{AFTER.replace('helo', 'hello')}")
    assert [each["code"] for each in found] == ["PC1002", "PC1401"]
    assert [each["code"] for each in author.type(BEFORE + AFTER.replace("helo", "hello"))] == ["PC1401"]
