"""Budgets as they are written: for all the time, or for each period of the calendar."""

import pytest

from punchcard.language import check
from punchcard.plan.model import Budget

CUPS = """\
campaign: cups
currency: USD
budget: {budget}
when: order
steps:
  - reward: {{discount: 5%, expires: 30 days}}
"""


@pytest.mark.parametrize(
    ("written", "budget"),
    [
        ("{rewards: 100}", Budget(100)),
        ("{rewards: 100 per month}", Budget(100, rewards_per="month")),
        ("{amount: 50.25 per quarter}", Budget(None, 50_25, amount_per="quarter")),
        ("{amount: 5000 USD per year, then: stop}", Budget(None, 5000_00, "stop", amount_per="year")),
        ("{rewards: 9 per day, amount: 5000}", Budget(9, 5000_00, rewards_per="day")),
    ],
)
def test_each_bound_has_its_own_period_or_none(written: str, budget: Budget) -> None:
    """In the order in which they are written or not."""
    checked = check(CUPS.format(budget=written), name="cups.yaml")
    assert checked.plan is not None, checked.diagnostics
    assert checked.plan.budget == budget


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("100 a month", "100 per month"),
        ("100/week", "100 per week"),
        ("100 every quarter", "100 per quarter"),
        ("100 per monht", "100 per month"),
        ("1'000 per year", "1000 per year"),
    ],
)
def test_what_was_probably_meant_is_said(written: str, meant: str) -> None:
    """Whatever stands for `per`, and a count that is written otherwise."""
    (found,) = check(CUPS.format(budget=f'{{rewards: "{written}"}}'), name="cups.yaml").diagnostics
    assert found.suggestion == meant
