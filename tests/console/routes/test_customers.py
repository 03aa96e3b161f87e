"""Customers."""

from __future__ import annotations

import pytest

from punchcard.domain.erasing import erase_customer
from punchcard.domain.programmes import publish_programme
from tests.console.browser_user import Person
from tests.support.world import World


@pytest.mark.parametrize("text", ["C-102", "berta", "BERTA@demo", "Berta Demo"])
def test_a_customer_is_found_by_what_is_at_hand(analyst: Person, text: str) -> None:
    """By id, by address, by name."""
    page = analyst.open(f"/customers?text={text}").text
    assert page.count('class="cover" href="/console/customers/') == 1
    assert "/console/customers/C-102" in page


def test_signs_that_mean_something_to_a_search_mean_nothing_here(analyst: Person) -> None:
    """A percent sign is a percent sign."""
    assert "Nobody is found by this." in analyst.text("/customers?text=%25")
    assert "Nobody is found by this." in analyst.text("/customers?text=_")


def test_it_says_how_far_they_are_and_what_they_got(world: World, analyst: Person) -> None:
    """Progress to the next reward, rewards with their use, orders, consents."""
    page = analyst.text("/customers/C-102")
    assert "$35.50 of $500; $464.50 more for the next reward · earned 1 time" in page
    assert "2 of 10 orders; 8 more for the next reward" in page
    assert f"{world.code('C-102')}" in page
    assert "redeemed o-203, $25.10" in page
    assert "E-mail, marketing agreed" in page


def test_it_says_why_nothing_was_given(analyst: Person) -> None:
    """Holdout and reversal are sentences."""
    assert "the customer is in the campaign's holdout" in analyst.text("/customers/C-108")
    assert "What earned it was refunded or changed" in analyst.text("/customers/C-104")


def test_an_erased_customer_has_no_name(world: World, analyst: Person) -> None:
    """What was earned stays, without the person."""
    with world.database.begin() as connection:
        erase_customer(connection, "C-102", "user:admin", world.now)
    page = analyst.text("/customers/C-102")
    assert "Berta" not in page
    assert "data were erased" in page


def test_it_says_which_segments_they_are_in_and_why(world: World, analyst: Person) -> None:
    """With the values by which that was decided, by the programme that was published last."""
    assert "Loyal and of high value not in it" in analyst.text("/customers/C-102")
    text = (
        "segments:\n  rich: {title: Rich, where: customer.spent > 100}\n"
        "  away: customer.orders_within('36 hours') == 0 and customer.orders_within('90 days') == 0\n"
    )
    with world.database.begin() as connection:
        publish_programme(connection, text, "user:admin", world.now)
    page = analyst.text("/customers/C-102")
    assert "Segments, by what is known now" in page
    assert "Rich in it customer.spent = $535.50" in page
    assert 'customer.orders_within("36 hours") =' in page
    assert 'customer.orders_within("90 days") =' in page
