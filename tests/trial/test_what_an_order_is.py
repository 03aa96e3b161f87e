"""What counts as an order is the same everywhere: one that was paid, and of which something is left."""

import pytest

from tests.trial.stories import played

SEND = "- send: hello"
NOTHING = "{amount: 40, id: o-1, status: placed}"
CANCELLED = "{amount: 40, id: o-1, status: cancelled}"
IN_EUROS = "{amount: 40 EUR, id: o-1}"
PAID = "{amount: 40, id: o-1}"


def happens(when: str, order: str, *, steps: str = SEND, head: str = "", until: str = "+40 days") -> bool:
    """Whether the campaign sends something after this one order, if time passes."""
    story = f"- order: {order}\n- expect:\n    - message: hello\n  until: {until}"
    tested = played(steps, story, when=when, head=head)
    (case,) = tested.cases
    return any("`hello` went out" in entry.text for entry in case.timeline)


@pytest.mark.parametrize(
    "when", ["order", "{order: {first: yes}}", "{spend: {every: 40}}", "{spend: {reaches: 40}}"]
)
@pytest.mark.parametrize(
    ("order", "counts"), [(PAID, True), (NOTHING, False), (CANCELLED, False), (IN_EUROS, False)]
)
def test_triggers_on_orders(when: str, order: str, counts: bool) -> None:
    """In the campaign's currency."""
    assert happens(when, order) is counts


@pytest.mark.parametrize(
    ("order", "counts"), [(PAID, True), (NOTHING, False), (CANCELLED, False), (IN_EUROS, True)]
)
def test_the_last_order_of_inactive(order: str, counts: bool) -> None:
    """In any currency: who has bought in euros has bought."""
    assert happens("{inactive: 30 days}", order) is counts


@pytest.mark.parametrize(
    ("order", "ends"), [(PAID, True), (NOTHING, False), (CANCELLED, False), (IN_EUROS, True)]
)
def test_that_a_customer_has_ordered(order: str, ends: bool) -> None:
    """Nothing is sent once they have; a wait hears the same as `stop_when`."""
    manual = "manual"
    waits = "- wait: {for: customer.ordered, up_to: 9 days}\n  otherwise:\n    - send: hello"
    for steps, head in ((waits, ""), (f"- wait: 9 days\n{SEND}", "stop_when: customer.ordered\n")):
        story = f"- start: {{}}\n- order: {order}\n- expect: [message: hello]\n  until: +10 days"
        (case,) = played(steps, story, when=manual, head=head).cases
        assert any("went out" in entry.text for entry in case.timeline) is not ends


@pytest.mark.parametrize(
    ("order", "counts"), [(PAID, True), (NOTHING, False), (CANCELLED, False), (IN_EUROS, False)]
)
@pytest.mark.parametrize(
    "asked", ["customer.orders == 1", 'customer.orders_within("2 days") == 1', "customer.spent > 0"]
)
def test_what_conditions_count(order: str, counts: bool, asked: str) -> None:
    """In the campaign's currency."""
    steps = f"- if: {asked}\n  then:\n    - send: hello"
    story = f"- order: {order}\n- start: {{}}\n- expect: [message: hello]"
    (case,) = played(steps, story, when="manual").cases
    assert any("went out" in entry.text for entry in case.timeline) is counts


@pytest.mark.parametrize(("order", "met"), [(PAID, True), (IN_EUROS, False)])
def test_the_amount_of_an_order_in_another_currency_is_absent(order: str, met: bool) -> None:
    """40 EUR are no more than 20 USD, nor less."""
    steps = "- if: order.amount > 20\n  then:\n    - send: hello"
    assert happens("{inactive: 30 days}", order, steps=steps) is met
