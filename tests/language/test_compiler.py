"""Whole campaigns: what becomes of each key, trigger and step, and the paths by which steps are named."""

import json
from pathlib import Path

import pytest

from punchcard.language import Programme, check
from punchcard.language.files import campaigns, load
from punchcard.plan.codec import encode, plan_json, read_plan
from punchcard.plan.model import (
    After,
    AfterMonths,
    Ask,
    Beside,
    Branch,
    Budget,
    Choice,
    EndOfDayAfter,
    FreeText,
    Goal,
    If,
    Limit,
    Reward,
    Scale,
    Send,
    ShareOff,
    Stop,
    Wait,
)
from punchcard.plan.triggers import EventTrigger, Input, ManualTrigger, OrderTrigger, SpendTrigger
from punchcard.shipped import shipped
from tests.language.reading import HEAD, plan

GOLDEN = Path(__file__).parent.parent / "cases" / "spend-and-save.plan.json"
DAY = 24 * 3600 * 1000


def test_the_running_example_is_this_plan() -> None:
    """Every value of the running example, as data."""
    checked = load(shipped("definitions") / "spend-and-save.yaml").check()
    assert checked.plan is not None
    data = encode(checked.plan)
    data["messages"] = [message["name"] for message in data["messages"]]
    assert data == json.loads(GOLDEN.read_text("utf-8"))


def test_every_key_has_its_place_in_the_plan() -> None:
    """What is written at the top of a campaign is in its plan."""
    head = (
        "campaign: cups\ntitle: Ten cups\nowner: a@shop.example\ncurrency: EUR\ntimezone: Europe/Berlin\nlanguage: de\n"
        "starts: 2026-05-01\nends: 2026-12-31\nholdout: 7.5%\nlimit: 3 in any 90 days\n"
        "budget: {rewards: 100, amount: 99.50}\ncount_history: yes\non_resume: shift\nmax_lateness: 12 hours\n"
        "goal: {measure: repeat_purchase_rate, raise_by: 15%, within: 6 months}\n"
    )
    found = plan("- stop: x", head=head)
    assert (found.title, found.owner, found.currency, found.timezone) == (
        "Ten cups",
        "a@shop.example",
        "EUR",
        "Europe/Berlin",
    )
    assert (found.language, found.starts, found.ends, found.holdout) == (
        "de",
        "2026-05-01",
        "2026-12-31",
        750,
    )
    assert found.limit == Limit(3, rolling=90 * DAY)
    assert found.budget == Budget(100, 9950)
    assert found.count_history
    assert (found.on_resume, found.on_refund, found.max_lateness) == ("shift", "forgive", DAY // 2)
    assert found.goal == Goal("repeat_purchase_rate", 1500, AfterMonths(6), "holdout")


def test_a_goal_can_be_to_lower_something() -> None:
    """Who wants less churn says so."""
    goal = "goal: {measure: churn_rate, lower_by: 10%, within: 6 months}\n"
    found = check(f"campaign: cups\n{goal}when: order\nsteps:\n  - stop: enough\n", name="cups.yaml").plan
    assert found is not None
    assert found.goal == Goal("churn_rate", -1000, AfterMonths(6), "holdout")


def test_what_is_left_out_comes_from_the_programme() -> None:
    """Currency, zone, language and owner have the programme's values, the rest the language's own."""
    found = plan("- stop: x", programme=Programme("CHF", "Europe/Zurich", "de", "b@shop.example"))
    assert (found.currency, found.timezone, found.language) == ("CHF", "Europe/Zurich", "de")
    assert (found.owner, found.title, found.holdout) == ("b@shop.example", "cups", 0)
    assert (found.count_history, found.on_resume, found.max_lateness) == (False, "skip_stale", 3 * DAY)


@pytest.mark.parametrize(
    ("when", "trigger"),
    [
        ("{spend: {every: 500}}", SpendTrigger(every=50_000)),
        ("{spend: 500}", SpendTrigger(every=50_000)),
        ("{spend: {reaches: 500}}", SpendTrigger(reaches=50_000)),
        ("order", OrderTrigger()),
        ("{order: placed}", OrderTrigger(status="placed")),
        ("{order: {first: yes}}", OrderTrigger(first=True)),
        ("{order: {every: 10, over: 5}}", OrderTrigger(every=10, over=500)),
        ("{event: review_written}", EventTrigger(name="review_written")),
        (
            "{event: {name: review_written, once_per: product}}",
            EventTrigger(name="review_written", once_per="product"),
        ),
        ("manual", ManualTrigger()),
        (
            "{manual: {inputs: {reason: text, value: amount}}}",
            ManualTrigger(inputs=(Input("reason", "text"), Input("value", "amount"))),
        ),
    ],
)
def test_each_trigger_is_read(when: str, trigger: object) -> None:
    """Triggers with their arguments, or by their main one alone."""
    assert plan("- stop: x", when=when).trigger == trigger


def test_steps_are_named_by_their_path() -> None:
    """A path is the step's number, then the block's name and the number in it."""
    steps = plan(
        """\
- reward: {discount: 20%, expires: 30 days}
  as: coupon
- wait: {for: [coupon.redeemed, customer.ordered], up_to: 7 days}
  branches:
    coupon.redeemed:
      - wait: 3 days
      - send: hello
  then: {send: hello}
  otherwise:
    - if: coupon.redeemed
      then:
        - stop: x
      otherwise:
        - wait: {until: coupon.expires}
          id: last_chance
          note: for the lazy
"""
    ).steps
    assert steps[0] == Reward(path="1", name="coupon", offer=ShareOff(2000), expires=EndOfDayAfter(days=30))
    wait = steps[1]
    assert isinstance(wait, Wait)
    assert wait.until == After(7 * DAY)
    assert wait.events == ("coupon.redeemed", "customer.ordered")
    inner = (
        Wait(path="2.coupon.redeemed.1", until=After(3 * DAY)),
        Send(path="2.coupon.redeemed.2", message="hello"),
    )
    assert wait.branches == (Branch("coupon.redeemed", inner),)
    assert wait.then == (Send(path="2.then.1", message="hello"),)
    choice = wait.otherwise[0]
    assert isinstance(choice, If)
    assert choice.then == (Stop(path="2.otherwise.1.then.1", reason="x"),)
    assert choice.otherwise == (
        Wait(
            path="2.otherwise.1.otherwise.1",
            until=Beside("coupon", "expires"),
            id="last_chance",
            note="for the lazy",
        ),
    )


@pytest.mark.parametrize(
    ("answer", "shape"),
    [
        ("1..5", Scale(1, 5)),
        ("0..10", Scale(0, 10)),
        ("text", FreeText()),
        ("[yes, no]", Choice(("yes", "no"))),
    ],
)
def test_questions_take_answers_of_a_shape(answer: str, shape: object) -> None:
    """A range, free text, or choices; the answer is called reply unless it has a name."""
    step = plan(f"- ask: {{message: hello, answer: {answer}, up_to: 14 days}}").steps[0]
    assert isinstance(step, Ask)
    assert (step.name, step.message, step.answer, step.up_to) == ("reply", "hello", shape, After(14 * DAY))


def test_a_plan_survives_encoding() -> None:
    """Canonical JSON leads back to the same plan, for every definition."""
    for path in campaigns(shipped("definitions")):
        found = load(path).check().plan
        assert found is not None
        assert read_plan(plan_json(found)) == found


def test_a_campaign_needs_no_name_of_a_file() -> None:
    """Text that comes without a file is held to no name."""
    text = HEAD + "when: order\nsteps:\n  - stop: x\n"
    assert check(text, name="").plan is not None


def test_diagnostics_are_data() -> None:
    """For JSON, a diagnostic is all its fields and the address of its page."""
    found = check("campaign: cups\n", name="cups.yaml").diagnostics[0].as_data()
    assert found["code"] == "PC1102"
    assert found["address"] == "docs/reference/diagnostics.md#pc1102"
    assert set(found) == {
        "code", "severity", "file", "line", "column", "length", "message", "expected", "suggestion", "address",
    }  # fmt: skip
