"""What can be named where: rewards and answers along every path."""

import pytest

from tests.language.reading import checked, codes

REWARD = "- reward: {discount: 10%, expires: 10 days}\n  as: coupon\n"
USE = "- if: coupon.redeemed\n  then:\n    - stop: x\n"


def inside(block: str, depth: int = 4) -> str:
    """Indent a block of steps."""
    return "".join(f"{' ' * depth}{line}\n" for line in block.strip("\n").split("\n"))


def test_what_both_ways_make_is_known_after_them() -> None:
    """The same name in branches that exclude each other is one name behind them."""
    steps = f"- if: customer.orders > 3\n  then:\n{inside(REWARD)}  otherwise:\n{inside(REWARD)}"
    assert codes(steps + USE) == []


def test_what_one_way_makes_is_not_known_after_it() -> None:
    """A reward of one branch may not exist behind it."""
    assert codes(f"- if: customer.orders > 3\n  then:\n{inside(REWARD)}{USE}") == ["PC1402"]


def test_a_way_that_ends_does_not_matter_behind_it() -> None:
    """Where the other branch stops, whoever arrives has the reward."""
    steps = f"- if: customer.orders > 3\n  then:\n{inside(REWARD)}  otherwise:\n    - stop: few orders\n{USE}"
    assert codes(steps) == []


def test_a_name_is_free_again_only_in_another_branch() -> None:
    """On one path a name stands for one thing."""
    steps = f"- if: customer.orders > 3\n  then:\n{inside(REWARD)}{REWARD}"
    assert codes(steps) == ["PC1407"]


def test_a_reward_is_called_reward_unless_it_has_a_name() -> None:
    """The name is needed for a second one only."""
    once = "- reward: 10%\n"
    assert codes(once + "- wait: {for: reward.redeemed, up_to: 7 days}\n") == []
    assert codes(once + once) == ["PC1407"]


def test_ways_of_different_offers_have_no_common_value() -> None:
    """A share in one branch and an amount in the other cannot be compared as either."""
    other = REWARD.replace("10%", "5 USD")
    steps = f"- if: customer.orders > 3\n  then:\n{inside(REWARD)}  otherwise:\n{inside(other)}"
    assert codes(f'{steps}- if: coupon.value == "10%"\n  then:\n    - stop: x\n') == []
    assert codes(f"{steps}- wait: {{until: coupon.expires}}\n") == []


@pytest.mark.parametrize(
    ("wait", "expected"),
    [
        ("9 days", []),
        ("12 days", ["PC1602"]),
        ("{for: coupon.redeemed, up_to: 12 days}", ["PC1602"]),
        ("{for: customer.ordered, up_to: 12 days}", []),
        ("{until: 5 days before coupon.expires}", []),
        ("{until: coupon.expires}", ["PC1602"]),
        ("{until: 2 days after coupon.expires}", ["PC1602"]),
        ("{until: 12 days before coupon.expires}", ["PC1603"]),
        ("1 month", ["PC1602"]),
    ],
)
def test_waiting_for_what_has_expired_is_seen(wait: str, expected: list[str]) -> None:
    """Time adds up along the path; where an event ends the wait early, nothing is sure."""
    later = "- wait: {for: coupon.redeemed, up_to: 1 day}\n"
    stops = "" if "coupon.redeemed" not in wait else "  then:\n    - stop: redeemed\n"
    assert codes(f"{REWARD}- wait: {wait}\n{stops}{later}") == expected


def test_who_has_redeemed_is_not_late() -> None:
    """Behind the redemption, the expiry means nothing."""
    steps = f"{REWARD}- wait: 20 days\n- if: coupon.redeemed\n  then:\n    - send: hello\n"
    messages = "messages:\n  hello: {purpose: marketing, subject: x, body: 'Your {{ coupon.code }}'}\n"
    assert [each.code for each in checked(steps, messages=messages).diagnostics] == []
    late = checked(f"{REWARD}- wait: 20 days\n- send: hello\n", messages=messages)
    assert [each.code for each in late.diagnostics] == ["PC1602"]


def test_an_answer_has_a_value_in_then_alone() -> None:
    """A message that quotes the answer goes to those who gave one."""
    messages = (
        "messages:\n  ask: {purpose: marketing, subject: x, body: y}\n"
        "  hello: {purpose: marketing, subject: x, body: 'You said {{ reply.answer }}'}\n"
    )
    ask = "- ask: {message: ask, answer: text, up_to: 7 days}\n"
    good = checked(f"{ask}  then:\n    - send: hello\n", messages=messages)
    stopped = checked(f"{ask}  otherwise:\n    - stop: silent\n- send: hello\n", messages=messages)
    bad = checked(f"{ask}  otherwise:\n    - send: hello\n", messages=messages)
    assert (good.diagnostics, stopped.diagnostics) == ((), ())
    assert [each.code for each in bad.diagnostics] == ["PC1408"]


@pytest.mark.parametrize(
    ("when", "name", "expected"),
    [
        ("order", "order.amount > 1", []),
        ("{spend: 500}", "order.amount > 1", []),
        ("{spend: 500}", "occasion.ordinal > 1", []),
        ("{order: {every: 10}}", "occasion.ordinal > 1", []),
        ("order", "occasion.ordinal > 1", ["PC1401"]),
        ("manual", "order.amount > 1", ["PC1403"]),
        ("manual", "inputs.reason == 'x'", ["PC1403"]),
        ("{manual: {inputs: {late: flag}}}", "inputs.late", []),
        ("{manual: {inputs: {late: flag}}}", "inputs.later", ["PC1401"]),
        ("{manual: {inputs: {day: date}}}", 'inputs.day > "2026-01-01"', []),
        ("{event: visited}", "event.shop == 'x'", ["PC1513"]),
        ("{event: visited}", "order.amount > 1", ["PC1403"]),
    ],
)
def test_each_trigger_brings_its_own_names(when: str, name: str, expected: list[str]) -> None:
    """Facts of the occasion depend on the trigger."""
    assert codes(f"- if: {name}\n  then:\n    - stop: x\n", when=when) == expected
