"""Spans that look back or move: days, and months of the calendar."""

import pytest

from punchcard.language import check
from punchcard.plan.conditions import names
from punchcard.plan.model import After, AfterMonths, Again, Digest, If, Limit, Plan

CUPS = """\
campaign: cups
{key}
currency: USD
when: order
steps:
  - if: {question}
    then:
      - send: hello
messages:
  hello: {{purpose: marketing, subject: Hi, body: Hello}}
"""
DAY = 24 * 3600 * 1000


def plan(question: str = "customer.orders > 1", key: str = "limit: 1 per year") -> Plan:
    """The plan of a campaign that checks."""
    checked = check(CUPS.format(question=question, key=key), name="cups.yaml")
    assert checked.plan, checked.diagnostics
    return checked.plan


@pytest.mark.parametrize(
    ("span", "back"),
    [
        ("90 days", 90 * DAY),
        ("36 hours", 36 * 3600 * 1000),
        ("1 month", "1 months"),
        ("3 months", "3 months"),
        ("2 quarters", "6 months"),
        ("1 year", "12 months"),
    ],
)
def test_a_question_looks_back_days_or_months(span: str, back: object) -> None:
    """What is written in either way is kept so; a year is twelve months."""
    step = plan(f'customer.spent_within("{span}") > 3').steps[0]
    assert isinstance(step, If)
    assert [field.arguments for field in names(step.condition)] == [(back,)]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("3 in any 90 days", Limit(3, rolling=90 * DAY)),
        ("3 in any 2 months", Limit(3, months=2)),
        ("1 in any 1 year", Limit(1, months=12)),
    ],
)
def test_a_limit_moves_by_days_or_months(text: str, limit: Limit) -> None:
    """Whichever is written."""
    assert plan(key=f"limit: {text}").limit == limit


def test_again_and_digest_take_months() -> None:
    """As every span that is counted for one customer."""
    assert plan(key="limit: 1 per year\nagain: {after: 1 quarter}").again == Again("after", months=3)
    assert plan(key="limit: 1 per year\ndigest: {for: 1 month, at: 09:00}").digest == Digest(
        AfterMonths(1), 9 * 60
    )
    assert plan(key="limit: 1 per year\ndigest: 7 days").digest == Digest(After(7 * DAY))


@pytest.mark.parametrize(
    ("span", "meant"), [("12 months", "365 days"), ("1 year", "365 days"), ("14 months", "425 days")]
)
def test_months_are_answered_with_days(span: str, meant: str) -> None:
    """Where something must be as long for everybody: as many as are meant by and large."""
    text = CUPS.format(question="customer.orders > 1", key=f"limit: 1 per year\nmax_lateness: {span}")
    (found,) = check(text, name="cups.yaml").diagnostics
    assert (found.code, found.suggestion) == ("PC1203", meant)
