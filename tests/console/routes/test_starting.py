"""Starting a campaign by hand."""

from __future__ import annotations

from tests.console.browser_user import Person
from tests.support.world import World

START = "/campaigns/goodwill/start"
INPUTS = {"input-order_number": "o-301", "input-damage": "12.50", "input-by_phone": "yes"}


def test_the_form_asks_for_the_campaigns_inputs(analyst: Person) -> None:
    """One field for each, of its type."""
    page = analyst.open(START).text
    assert 'name="input-order_number"' in page
    assert 'type="checkbox" name="input-by_phone"' in page
    assert "(USD)" in page


def test_it_leads_to_the_instance(world: World, analyst: Person) -> None:
    """What was started is shown."""
    page = analyst.send(START, customer="C-103", key="k-1", **INPUTS)
    assert page.url.path.startswith("/console/instances/goodwill.e1.c")
    assert "The campaign was started." in page.text


def test_sending_the_form_twice_starts_once(analyst: Person) -> None:
    """The form carries a key."""
    pages = [analyst.send(START, customer="C-103", key="k-1", **INPUTS) for _ in range(2)]
    assert pages[0].url.path == pages[1].url.path


def test_mistakes_stand_at_their_fields(analyst: Person) -> None:
    """What was written stays written."""
    page = analyst.send(START, customer="", **{**INPUTS, "input-damage": "a lot"})
    assert page.status_code == 422
    assert "Say for whom" in page.text
    assert 'value="a lot"' in page.text
    page = analyst.send(START, customer="C-103", key="k-2", **{**INPUTS, "input-damage": "a lot"})
    assert page.status_code == 422
    assert 'id="input-damage-problem"' in page.text
    assert (
        "No customer is known by this id." in analyst.send(START, customer="nobody", key="k-3", **INPUTS).text
    )


def test_whoever_is_over_the_limit_gets_nothing_and_it_is_said(analyst: Person) -> None:
    """The customer's page says why."""
    for number in range(2):
        analyst.send(START, customer="C-103", key=f"k-{number}", **INPUTS)
    page = analyst.send(START, customer="C-103", key="k-9", **INPUTS)
    assert page.url.path == "/console/customers/C-103"
    assert "limit for one customer was reached" in page.text


def test_other_campaigns_are_not_started_by_hand(analyst: Person) -> None:
    """The page says so, and has no form."""
    page = analyst.open("/campaigns/welcome/start").text
    assert "started by what customers do, not by hand" in page
    assert 'name="customer"' not in page
