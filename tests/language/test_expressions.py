"""Conditions: typed trees that agree with CEL, and mistakes at their place."""

from typing import Any

import pytest
from cel_expr_python import cel
from hypothesis import given
from hypothesis import strategies as st

from punchcard.language import Programme
from punchcard.plan.conditions import Apply, Const, Expression, Field, Value, evaluate
from punchcard.plan.model import If
from tests.language.reading import HEAD, checked, codes, plan

REWARD = "- reward: {discount: 10%, expires: 30 days}\n  as: coupon\n"
DAY = 24 * 3600 * 1000


def compiled(
    text: str, *, when: str = "order", head: str = HEAD, programme: Programme | None = None
) -> Expression:
    """Return the tree of a condition behind a reward called coupon."""
    quoted = "'" + text.replace("'", "''") + "'"
    step = plan(
        f"{REWARD}- if: {quoted}\n  then:\n    - stop: x\n", when=when, head=head, programme=programme
    ).steps[1]
    assert isinstance(step, If)
    assert step.source == text
    return step.condition


def field(name: str, *arguments: int) -> Field:
    """Return a named field."""
    return Field(tuple(name.split(".")), arguments)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("coupon.redeemed", field("coupon.redeemed")),
        ("not coupon.redeemed", Apply("not", (field("coupon.redeemed"),))),
        ("order.amount > 20", Apply(">", (field("order.amount"), Const(2000)))),
        ("order.amount > 12.50", Apply(">", (field("order.amount"), Const(1250)))),
        ("20 < order.amount", Apply("<", (Const(2000), field("order.amount")))),
        ("order.amount > \"20 USD\"", Apply(">", (field("order.amount"), Const(2000)))),
        ("order.amount * 2 > 20", Apply(">", (Apply("*", (field("order.amount"), Const(2))), Const(2000)))),
        (
            "order.amount > customer.orders",
            Apply(">", (field("order.amount"), Apply("*", (field("customer.orders"), Const(100))))),
        ),
        ("coupon.value == \"10%\"", Apply("==", (field("coupon.value"), Const(1000)))),
        ("coupon.expires > \"1970-01-02\"", Apply(">", (field("coupon.expires"), Const(DAY)))),
        (
            'customer.spent_within("90 days") > 200',
            Apply(">", (field("customer.spent_within", 90 * DAY), Const(20_000))),
        ),
        ("customer.orders_within(\"1 week\") >= 2", Apply(">=", (field("customer.orders_within", 7 * DAY), Const(2)))),
        ("customer.language in [\"de\", \"en\"]", Apply("in", (field("customer.language"), Const(("de", "en"))))),
        ("customer.email.ends_with(\".de\")", Apply("ends_with", (field("customer.email"), Const(".de")))),
        ("customer.orders - -1 > 3", Apply(">", (Apply("-", (field("customer.orders"), Const(-1))), Const(3)))),
        ("coupon.redeemed and customer.orders > 1 and order.amount > 1",
         Apply("and", (field("coupon.redeemed"), Apply(">", (field("customer.orders"), Const(1))),
                       Apply(">", (field("order.amount"), Const(100)))))),
    ],
)  # fmt: skip
def test_a_condition_becomes_a_typed_tree(text: str, tree: Expression) -> None:
    """Literals take the type of what stands beside them."""
    assert compiled(text) == tree


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ('not "regular" in customer.tags', 'not ("regular" in customer.tags)'),
        (
            "not customer.orders > 3 and customer.orders < 9",
            "not (customer.orders > 3) and customer.orders < 9",
        ),
        ("(coupon.redeemed or not customer.orders > 3)", "(coupon.redeemed or not (customer.orders > 3))"),
        ("not not customer.orders in [1, 2]", "not (not (customer.orders in [1, 2]))"),
        ("not coupon.redeemed or customer.orders > 3", "(not coupon.redeemed) or customer.orders > 3"),
    ],
)
def test_not_is_about_all_up_to_the_next_and_or_or(text: str, same: str) -> None:
    """As it reads aloud."""
    assert compiled(text) == compiled(same)


def test_a_mistake_behind_a_not_stands_where_it_was_written() -> None:
    """Brackets that nobody has written move nothing."""
    condition = "not customer.orders > 3 and not customer.spent > 5 and cupon.redeemed"
    steps = f"{REWARD}- if: {condition}\n  then:\n    - stop: x\n"
    found = [(each.code, each.column) for each in checked(steps).diagnostics if each.code != "PC1502"]
    assert found == [("PC1401", 64)]


def test_dates_are_those_of_the_campaigns_zone() -> None:
    """Midnight is midnight where the campaign is."""
    tree = compiled('coupon.expires > "2026-01-01"', head=HEAD + "timezone: America/New_York\n")
    assert isinstance(tree, Apply)
    assert tree.operands[1] == Const(1_767_243_600_000)


def test_yen_have_no_cents() -> None:
    """A bare number is an amount of the campaign's currency, whatever its decimals are."""
    tree = compiled("order.amount > 1000", head=HEAD + "currency: JPY\n")
    assert isinstance(tree, Apply)
    assert tree.operands[1] == Const(1000)


def test_undeclared_fields_of_an_event_are_compared_as_they_come() -> None:
    """Where nothing is declared, nothing is coerced and nothing is misspelt."""
    tree = compiled("event.rating <= 2", when="{event: review_written}")
    assert tree == Apply("<=", (field("event.rating"), Const(2)))


@pytest.mark.parametrize("rating", ["good", None, True, [1]])
def test_what_cannot_be_compared_is_absent(rating: Any) -> None:
    """An undeclared field may be of any type; a condition on it is then not met, and nothing fails."""
    tree = compiled("event.rating > 2 or event.rating.starts_with('x')", when="{event: review_written}")
    assert not evaluate(tree, {"event.rating": rating}).met


def test_declared_fields_of_an_event_are_checked() -> None:
    """A declared event has the fields that it has."""
    programme = Programme(events={"review_written": {"rating": "whole"}})
    step = "- if: event.{}\n  then:\n    - stop: x\n"
    assert codes(step.format("rating > 2"), when="{event: review_written}", programme=programme) == []
    assert codes(step.format("ratign > 2"), when="{event: review_written}", programme=programme) == ["PC1401"]
    assert codes(step.format("rating == 'x'"), when="{event: review_written}", programme=programme) == [
        "PC1411"
    ]


def test_all_mistakes_of_a_condition_show_at_once() -> None:
    """Signs, names and types are reported together, each at its own column."""
    steps = (
        f"{REWARD}- if: coupon.redeemd && customer.orders > 'x' or cupon.redeemed\n  then:\n    - stop: x\n"
    )
    found = [(each.code, each.column) for each in checked(steps).diagnostics if each.code != "PC1502"]
    assert found == [("PC1404", 9), ("PC1412", 24), ("PC1411", 43), ("PC1401", 52)]


def conditions() -> st.SearchStrategy[str]:
    """Conditions over numbers, texts and flags, in our way of writing."""
    whole = st.recursive(
        st.one_of(st.integers(-9, 9).map(str), st.just("customer.orders")),
        lambda inner: st.builds(lambda a, o, b: f"({a} {o} {b})", inner, st.sampled_from("+-*"), inner),
        max_leaves=4,
    )
    text = st.one_of(st.sampled_from(['"de"', '"en"', '""']), st.just("customer.first_name"))
    flag = st.one_of(
        st.builds(
            lambda a, o, b: f"{a} {o} {b}", whole, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), whole
        ),
        st.builds(lambda a, o, b: f"{a} {o} {b}", text, st.sampled_from(["==", "!="]), text),
        st.builds(lambda a: f'{a} in ["de", "fr"]', text),
        st.just("coupon.redeemed"),
    )
    return st.recursive(
        flag,
        lambda inner: st.one_of(
            st.builds(lambda a, o, b: f"({a} {o} {b})", inner, st.sampled_from(["and", "or"]), inner),
            inner.map(lambda a: f"not ({a})"),
        ),
        max_leaves=5,
    ).filter(lambda text: any(name in text for name in ("customer.", "coupon.")))


@given(conditions(), st.integers(-5, 5), st.sampled_from(["de", "en", ""]), st.booleans())
def test_our_evaluator_agrees_with_cel(text: str, orders: int, name: str, redeemed: bool) -> None:
    """Where every value is present, the plan's tree decides as CEL itself does."""
    values: dict[str, Value] = {
        "customer.orders": orders,
        "customer.first_name": name,
        "coupon.redeemed": redeemed,
    }
    environment = cel.NewEnv(
        variables={
            "customer.orders": cel.Type.INT, "customer.first_name": cel.Type.STRING, "coupon.redeemed": cel.Type.BOOL,
        }
    )  # fmt: skip
    theirs = text.replace(" and ", " && ").replace(" or ", " || ").replace("not (", "!(")
    assert evaluate(compiled(text), values).met is environment.compile(theirs).eval(data=values).value()


def test_what_an_event_lists_is_all_that_its_field_can_hold() -> None:
    """In `where` and in steps; a field without a list takes any text."""
    programme = Programme(
        events={"cup_sold": {"kind": "text", "note": "text"}},
        choices={"cup_sold": {"kind": ("gift", "loan")}},
    )
    lent = "{name: cup_sold, where: event.kind == %s}"
    for text, found in (('"loan"', []), ('"lend"', ["PC1416"])):
        steps = f"- if: event.kind == {text} or event.note == {text}\n  then:\n    - stop: x\n"
        assert codes(steps, when=f"{{event: {lent % text}}}", programme=programme) == found * 2


def test_questions_of_one_name_in_several_branches_take_what_any_of_them_takes() -> None:
    """What meets behind them can be any of it."""
    ask = "- ask: {message: hello, answer: %s, up_to: 7 days}"
    steps = f"""- if: order.amount > 5
  then:
    {ask % "[red, blue]"}
  otherwise:
    {ask % "[green, blue]"}
- if: reply.answer == "%s"
  then:
    - stop: x
"""
    assert codes(steps % "green") == []
    assert codes(steps % "grey") == ["PC1416"]
