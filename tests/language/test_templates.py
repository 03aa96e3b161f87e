"""Fields of messages, against what the place that sends them knows."""

import pytest

from punchcard.language import check

CAMPAIGN = """\
campaign: thanks
owner: loyalty@shop.example
currency: USD
timezone: Europe/Berlin
when:
  event: review_written
steps:
  - send: hello
messages:
  hello:
    purpose: transactional
    subject: Hello
    body: |
      BODY
"""


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("{% for colour in event.colours %}{{ colour }}{% endfor %}", []),
        ("{% for line in order.lines %}{{ line.name }}{% endfor %}", ["PC1403"]),
    ],
)
def test_what_a_loop_names_is_judged_by_its_list(body: str, codes: list[str]) -> None:
    """An undeclared list holds what it likes; one that is not there is reported once."""
    checked = check(CAMPAIGN.replace("BODY", body), name="thanks.yaml")
    assert [each.code for each in checked.diagnostics if each.severity == "error"] == codes
