"""The page on the demo says what the demo does."""

from datetime import date

from punchcard.cli.demo import SECONDS_A_DAY
from punchcard.demo.deeds import ANSWER, UNSUBSCRIBE, USE_AFTER_REMINDER, USE_AT_ONCE
from punchcard.demo.people import AGREE_TO_MARKETING, DOMAINS
from punchcard.demo.purchases import FILE, PACKAGE, find_sample, read_sample
from punchcard.demo.script import CALLS_AFTER_REFUND, REVIEWED, TWISTS
from punchcard.demo.timeline import lay_out
from tests.docs.page import DOCS

PAGE = (DOCS / "demo.md").read_text("utf-8")


def test_the_figures_of_the_data_are_right() -> None:
    """Customers, purchases, and how many of them are history and live."""
    purchases = read_sample(find_sample())
    timeline = lay_out(purchases, date(2026, 5, 4))
    customers = len({purchase.customer for purchase in purchases})
    for number in (customers, len(purchases), len(timeline.history()), len(timeline.live())):
        assert f"{number:,}" in PAGE
    for name in (FILE, PACKAGE, DOMAINS[0]):
        assert name in PAGE


def test_the_shares_are_those_that_are_played() -> None:
    """Whoever changes one finds the sentence to change with it."""
    assert SECONDS_A_DAY == 2
    assert (REVIEWED, CALLS_AFTER_REFUND) == (0.12, 0.5)
    assert (USE_AT_ONCE, USE_AFTER_REMINDER, ANSWER, UNSUBSCRIBE) == (0.40, 0.35, 0.55, 0.008)
    assert AGREE_TO_MARKETING == 0.95
    assert TWISTS == {
        "comes twice": 0.03,
        "comes late": 0.02,
        "comes too late": 0.005,
        "is paid later": 0.02,
        "is cancelled": 0.007,
        "is cancelled and comes back": 0.004,
        "is refunded": 0.025,
        "is refunded in part": 0.015,
    }
