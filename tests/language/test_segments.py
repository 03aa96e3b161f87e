"""Segments of the programme: read once, and frozen into each campaign that names them."""

from dataclasses import replace

import pytest

from punchcard.language import Programme, check_programme
from punchcard.plan.codec import plan_json, read_plan
from punchcard.plan.conditions import Apply, Const, Expression, Field, Segment, evaluate
from punchcard.plan.model import Audience, Choose, If
from punchcard.plan.picking import pick
from punchcard.plan.program import segments_of
from punchcard.wording.sections.audience import lines
from punchcard.wording.steps import STEPS as WORDS
from tests.language.reading import HEAD, checked, codes, plan
from tests.wording.speech import ENGLISH

TEXT = """\
currency: USD
customer_fields: {store: text}
segments:
  loyal:
    title: Loyal ones
    where: customer.orders >= 5 and customer.spent > 1000
    note: five is enough
  at_risk: customer.in_segment("loyal") and customer.orders_within("90 days") == 0
  local: customer.store == "Bern"
"""
SEND = "- send: hello"
ORDERS = Field(("customer", "orders"))


def programme(text: str = TEXT) -> Programme:
    """Return the programme of a text that must be fine."""
    found = check_programme(text)
    assert found.programme is not None, found.diagnostics
    return found.programme


def audience(written: str) -> Expression:
    """Return the condition of an audience."""
    found = plan(SEND, head=f"{HEAD}audience: {written}\n", programme=programme()).audience
    assert found is not None
    return found.where


LOYAL = programme().segments["loyal"]
AT_RISK = programme().segments["at_risk"]
LOCAL = programme().segments["local"]


def test_a_segment_has_a_rule_of_typed_values() -> None:
    """Amounts are in the programme's currency, its own fields have their types."""
    meant = Segment(
        "loyal",
        Apply(
            "and",
            (
                Apply(">=", (ORDERS, Const(5))),
                Apply(">", (Field(("customer", "spent")), Const(1000_00))),
            ),
        ),
        "customer.orders >= 5 and customer.spent > 1000",
        "Loyal ones",
    )
    assert meant == LOYAL
    assert LOCAL.rule == Apply("==", (Field(("customer", "store"), type="text"), Const("Bern")))


def test_a_rule_may_name_a_segment_above_it() -> None:
    """Its rule stands within, as it is."""
    assert isinstance(AT_RISK.rule, Apply)
    assert AT_RISK.rule.operands[0] == LOYAL


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("loyal", LOYAL),
        ("[loyal]", LOYAL),
        ("[loyal, local]", Apply("or", (LOYAL, LOCAL))),
        ("{any_of: [loyal, local]}", Apply("or", (LOYAL, LOCAL))),
        ("{all_of: [loyal, local]}", Apply("and", (LOYAL, LOCAL))),
        ("{none_of: local}", Apply("not", (LOCAL,))),
        (
            "{none_of: [at_risk, local], where: customer.orders > 2}",
            Apply(
                "and",
                (Apply("not", (AT_RISK,)), Apply("not", (LOCAL,)), Apply(">", (ORDERS, Const(2)))),
            ),
        ),
        (
            "{any_of: [loyal, local], all_of: at_risk}",
            Apply("and", (Apply("or", (LOYAL, LOCAL)), AT_RISK)),
        ),
    ],
)
def test_an_audience_names_segments(written: str, meant: Expression) -> None:
    """By one name, several of which one is enough, or what must hold of all together."""
    assert audience(written) == meant


def test_everyone_is_no_segment() -> None:
    """It needs no condition at all."""
    assert plan(SEND, head=f"{HEAD}audience: everyone\n", programme=programme()).audience is None


def test_a_condition_asks_for_a_segment() -> None:
    """The plan holds the rule; a later programme changes nothing of it."""
    found = plan('- if: not customer.in_segment("loyal")\n  then:\n    - stop: x', programme=programme())
    (step,) = found.steps
    assert isinstance(step, If)
    assert step.condition == Apply("not", (LOYAL,))
    assert read_plan(plan_json(found)) == found


def test_a_plan_with_every_kind_of_segment_survives_encoding() -> None:
    """Own fields with their types, other currencies, segments within segments."""
    for currency in ("USD", "EUR"):
        head = f"{HEAD}currency: {currency}\naudience: [loyal, at_risk, local]\n"
        found = plan(SEND, head=head, programme=programme())
        assert read_plan(plan_json(found)) == found


@pytest.mark.parametrize("place", ['stop_when: customer.in_segment("loyal")', "audience: loyal"])
def test_a_plan_knows_its_segments(place: str) -> None:
    """Wherever they are named."""
    assert segments_of(plan(SEND, head=f"{HEAD}{place}\n", programme=programme())) == (LOYAL,)


def test_membership_is_always_known() -> None:
    """A rule that cannot be decided is not met, and so its opposite is; what was seen is told."""
    verdict = evaluate(Apply("not", (LOCAL,)), {})
    assert verdict.met
    assert verdict.operands == {'customer.in_segment("local")': False, "customer.store": None}


def test_a_campaign_in_another_currency_counts_what_the_segment_does() -> None:
    """Orders and amounts of a segment are those in the programme's currency."""
    head = f"{HEAD}currency: EUR\naudience: at_risk\n"
    found = plan(SEND, head=head, programme=programme())
    assert found.audience is not None
    loyal, at_risk = segments_of(found)
    assert loyal.currency == at_risk.currency == "USD"
    assert loyal.rule == Apply(
        "and",
        (
            Apply(">=", (replace(ORDERS, currency="USD"), Const(5))),
            Apply(">", (Field(("customer", "spent"), currency="USD"), Const(1000_00))),
        ),
    )
    told = " ".join(str(line.text) for line in lines(ENGLISH, found))
    assert "$1,000" in told


def test_what_a_segment_is_called_and_means_is_told() -> None:
    """So that a reader needs not open the programme."""
    found = plan(SEND, head=f"{HEAD}audience: loyal\n", programme=programme())
    told = [line.text for line in lines(ENGLISH, found)]
    assert "the customer is in the segment “Loyal ones”" in told[0]
    assert "A customer is in the segment “Loyal ones” if" in told[-1]


def test_a_filter_of_orders_knows_no_segments() -> None:
    """What an order counts for follows from the orders alone."""
    when = '{order: {where: customer.in_segment("loyal")}}'
    assert codes(SEND, when=when, programme=programme()) == ["PC1403"]


def test_an_audience_of_nothing_is_said() -> None:
    """Neither an empty list nor an empty mapping means everyone."""
    for written in ("", "[]", "{}", "{all_of: []}"):
        found = codes(SEND, head=f"{HEAD}audience: {written}\n", programme=programme())
        assert found == ["PC1202"], written


def test_the_audience_of_a_plan_is_told_apart() -> None:
    """Two audiences are the same if their rules are."""
    assert Audience(LOYAL) != Audience(replace(LOYAL, rule=LOCAL.rule))


BY_SEGMENT = "- choose: customer.segments\n  branches:\n    at_risk: [send: hello]\n    loyal: [send: other]"


def test_a_choice_goes_by_the_first_segment_of_its_branches() -> None:
    """In their order, since a customer may be in several; in none of them is `otherwise`."""
    (step,) = plan(BY_SEGMENT, programme=programme()).steps
    assert isinstance(step, Choose)
    assert step.value == Apply("first", (AT_RISK, LOYAL))
    good = {"customer.orders": 6, "customer.spent": 2000_00}
    away = {**good, f"customer.orders_within({90 * 24 * 3600 * 1000})": 0}
    ways = [pick(step.value, step.branches, known).way for known in (away, good, {"customer.orders": 1})]
    assert ways == ["at_risk", "loyal", None]
    seen = pick(step.value, step.branches, {"customer.orders": 1}).operands
    assert seen['customer.in_segment("loyal")'] is False
    words = WORDS[Choose]
    assert (
        words.way(ENGLISH, plan(BY_SEGMENT, programme=programme()), step, "loyal") == "If it is “Loyal ones”"
    )


def test_a_branch_that_is_no_segment_is_said() -> None:
    """The nearest one is named."""
    found = checked(BY_SEGMENT.replace("at_risk", "at_rsik"), programme=programme()).diagnostics
    assert [(each.code, each.suggestion) for each in found] == [("PC1820", "at_risk")]
