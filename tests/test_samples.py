"""Made-up values."""

from datetime import date
from decimal import Decimal

import pytest

from punchcard.language import check
from punchcard.messages.money import Money
from punchcard.plan.calendar import instant
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
OFFERS = """\
campaign: cups
limit: 1 per year
currency: EUR
timezone: Europe/Berlin
when: order
steps:
  - reward: {shipping: free, orders: 3}
    as: gift
  - if: customer.orders > 3
    then:
      - reward: {discount: 20%, expires: 2 days}
        as: coupon
      - send: for-old
    otherwise:
      - reward: {discount: 10%, expires: 45 days}
        as: coupon
      - send: for-new
  - send: for-all
messages:
  for-old: {purpose: marketing, subject: Hi, body: "{{ coupon.code }}"}
  for-new: {purpose: marketing, subject: Hi, body: "{{ coupon.code }}"}
  for-all: {purpose: marketing, subject: Hi, body: "{{ coupon.code }}"}
"""


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


def test_a_reward_ends_as_the_plan_says() -> None:
    """Given now, in the campaign's zone; of several of one name, it is the one on the way to the message."""
    checked = check(OFFERS, name="cups.yaml")
    assert checked.plan is not None, checked.diagnostics
    now = instant(date(2026, 3, 2), 10 * 60, "Europe/Berlin")
    ends = {}
    for message in ("for-old", "for-new", "for-all"):
        values = sample_values(Sample(checked.plan, now), (), message)
        coupon, gift = values["coupon"], values.get("gift")
        assert isinstance(coupon, dict)
        ends[message] = (f"{coupon['expires']:%Y-%m-%d %H:%M}", coupon["value"])
        assert isinstance(gift, dict)
        assert gift["uses_left"] == 3
        assert "expires" not in gift
    assert ends["for-old"] == ("2026-03-04 22:59", Decimal("0.2"))
    assert ends["for-new"] == ("2026-04-16 21:59", Decimal("0.1"))


BIRTHDAYS = """\
campaign: cups
timezone: Europe/Berlin
limit: 1 per year
budget: {rewards: 100}
when:
  %s: {days_before: 3, at: 09:00}
steps:
  - reward: {discount: 25%%, expires: 4 days after occasion.%s}
    as: present
  - send: hello
messages:
  hello: {purpose: marketing, subject: Hello, body: "{{ present.code }}"}
"""


@pytest.mark.parametrize(
    ("trigger", "customer", "celebrated", "ends", "years"),
    [
        ("birthday", {}, "2026-03-05", "2026-03-09", 1),
        ("birthday", {"birthday": date(1990, 12, 1)}, "2026-12-01", "2026-12-05", 36),
        ("birthday", {"birthday": date(1990, 3, 4)}, "2027-03-04", "2027-03-08", 37),
        ("birthday", {"birthday": date(2000, 2, 29)}, "2027-02-28", "2027-03-04", 27),
        ("birthday", {"birthday": date(2030, 1, 1)}, "2031-01-01", "2031-01-05", 1),
        ("anniversary", {}, "2026-03-05", "2026-03-09", 1),
        ("anniversary", {"joining": date(2020, 3, 5)}, "2026-03-05", "2026-03-09", 6),
    ],
)
def test_a_celebration_is_on_its_day(
    trigger: str, customer: dict[str, object], celebrated: str, ends: str, years: int
) -> None:
    """So many days ahead it begins now, or ahead of the next one of a customer whose date is known."""
    checked = check(BIRTHDAYS % (trigger, trigger), name="cups.yaml")
    assert checked.plan is not None, checked.diagnostics
    now = instant(date(2026, 3, 2), 10 * 60, "Europe/Berlin")
    values = sample_values(Sample(checked.plan, now, customer), ())
    occasion, present, made_up = values["occasion"], values["present"], values["customer"]
    assert isinstance(occasion, dict)
    assert isinstance(present, dict)
    assert isinstance(made_up, dict)
    assert f"{occasion[trigger]:%Y-%m-%d}" == celebrated
    assert f"{present['expires']:%Y-%m-%d}" == ends
    assert occasion["years"] == years
    if not customer:
        assert f"{made_up['birthday']:%m-%d}" == celebrated[5:]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_digest_has_gathered_as_many_as_one_likes(count: int) -> None:
    """For the singular, the plural, and the way that many take."""
    batch = sample_values(
        Sample(PLAN, 0, count=count),
        ("{{ batch.count }}{% for item in batch.items %}{{ item.product }}{% endfor %}",),
    )["batch"]
    assert isinstance(batch, dict)
    assert (batch["count"], len(batch["items"])) == (count, count)
