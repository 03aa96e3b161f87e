"""Questions that look back over a time: in units that have a fixed length."""

import pytest

from punchcard.language import check

CUPS = """\
campaign: cups
limit: 1 per year
currency: USD
when: order
steps:
  - if: {question}
    then:
      - send: hello
messages:
  hello: {{purpose: marketing, subject: Hi, body: Hello}}
"""


@pytest.mark.parametrize(
    ("span", "meant"),
    [
        ("12 months", '"365 days"'),
        ("1 year", '"365 days"'),
        ("3 months", '"90 days"'),
        ("14 months", '"425 days"'),
    ],
)
def test_months_are_answered_with_days(span: str, meant: str) -> None:
    """As many as are meant by and large."""
    text = CUPS.format(question=f'customer.spent_within("{span}") > 3')
    (found,) = check(text, name="cups.yaml").diagnostics
    assert (found.code, found.suggestion) == ("PC1203", meant)
    mended = CUPS.format(question=f"customer.spent_within({meant}) > 3")
    assert check(mended, name="cups.yaml").diagnostics == ()
