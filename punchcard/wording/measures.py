"""What a goal measures, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech

MEASURES: Mapping[str, Callable[[Speech], str]] = MappingProxyType(
    {
        "repeat_purchase_rate": lambda speech: speech.gettext("the share of customers who buy again"),
        "orders_per_customer": lambda speech: speech.gettext("the number of orders per customer"),
        "spend_per_customer": lambda speech: speech.gettext("the spend per customer"),
        "redemption_rate": lambda speech: speech.gettext("the share of rewards that are redeemed"),
        "retention_rate": lambda speech: speech.gettext("the share of customers who stay"),
        "churn_rate": lambda speech: speech.gettext("the share of customers who leave"),
    }
)


def measure_words(speech: Speech, name: str) -> str:
    """Return a measure as the subject of a sentence; one without words by its name."""
    words = MEASURES.get(name)
    return words(speech) if words else speech.quote(title_of(name))
