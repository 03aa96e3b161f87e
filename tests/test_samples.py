"""Made-up values."""

from datetime import date

from punchcard.messages.money import Money
from punchcard.plan.model import Plan, Stop
from punchcard.plan.triggers import EventTrigger
from punchcard.samples import Sample, sample_values

PLAN = Plan(
    campaign="cups",
    title="Cups",
    currency="USD",
    trigger=EventTrigger(name="cart_left", money=("value",)),
    steps=(Stop(path="1"),),
)


def test_what_a_template_names_has_a_fitting_value() -> None:
    """By what the trigger declares, else by the first filter, else its own name."""
    text = (
        "{{ event.value | money }} {{ event.items | number }} {{ event.cart }} {{ event.until | date }} "
        "{{ event.colours | join }} {% for line in event.lines %}{{ line.name }}: {{ line.price | money }}{% endfor %}"
    )
    event = sample_values(Sample(PLAN, 0), (text,))["event"]
    assert isinstance(event, dict)
    assert isinstance(event["value"], Money)
    assert event["items"] == 3
    assert event["cart"] == "[event.cart]"
    assert event["colours"] == ["[event.colours]", "[event.colours]"]
    assert [line["name"] for line in event["lines"]] == ["[event.lines.name]", "[event.lines.name]"]
    assert all(isinstance(line["price"], Money) for line in event["lines"])


def test_the_customer_can_be_somebody_else() -> None:
    """What is not said stays as it is made up."""
    customer = sample_values(Sample(PLAN, 0, {"first_name": "Ben", "member_since": date(2020, 5, 4)}), ())[
        "customer"
    ]
    assert isinstance(customer, dict)
    assert customer["first_name"] == "Ben"
    assert customer["last_name"] == "Example"
