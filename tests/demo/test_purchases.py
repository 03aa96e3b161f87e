"""The purchase history is the published one."""

from datetime import date
from decimal import Decimal
from importlib import metadata

import pytest

from punchcard.demo.purchases import Purchase, find_sample
from punchcard.errors import ConfigurationError


def test_it_is_the_sample_as_published(purchases: tuple[Purchase, ...]) -> None:
    """2,357 customers and 6,919 purchases from January 1997 to June 1998 (Fader and Hardie)."""
    assert len(purchases) == 6919
    assert len({purchase.customer for purchase in purchases}) == 2357
    assert (purchases[0].day, purchases[-1].day) == (date(1997, 1, 1), date(1998, 6, 30))
    assert sum(Decimal(purchase.dollars) for purchase in purchases) == Decimal("244091.94")


def test_booking_are_numbered_for_each_customer(purchases: tuple[Purchase, ...]) -> None:
    """So that each has an id, though the data set gives none."""
    first = [purchase for purchase in purchases if purchase.customer == "0001"]
    assert [purchase.number for purchase in first] == [1, 2, 3, 4]
    assert first[0] == Purchase("0001", 1, date(1997, 1, 1), 2, "29.33")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it."""

    def missing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.files", missing)
    with pytest.raises(ConfigurationError, match=r"package lifetimes.* -r requirements/demo.txt"):
        find_sample()
