"""`repeat` in the language: bounds, what `until` can name, and what is known after the rounds."""

import pytest

from punchcard.plan.model import After, Repeat
from tests.language.reading import checked, codes, plan

DAY = 24 * 3600 * 1000
GIVE = "- reward: {discount: 5%, expires: 9 days}\n  as: coupon\n"


def test_rounds_with_all_that_bounds_them() -> None:
    """One value alone is the number of rounds."""
    steps = (
        f"{GIVE}- repeat: {{times: 3, every: 7 days, until: coupon.redeemed}}\n  steps:\n    - send: hello"
    )
    found = plan(steps).steps[1]
    assert isinstance(found, Repeat)
    assert (found.times, found.every, found.source) == (3, After(7 * DAY), "coupon.redeemed")
    assert found.steps[0].path == "2.steps.1"
    short = plan("- repeat: 2\n  steps:\n    - send: hello").steps[0]
    assert isinstance(short, Repeat)
    assert short.times == 2


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ("- repeat: {every: 7 days}\n  steps:\n    - send: hello", ["PC1102"]),
        ("- repeat: 401\n  steps:\n    - send: hello", ["PC1324"]),
        ("- repeat: 40\n  steps:\n    - repeat: 11\n      steps:\n        - send: hello", ["PC1324"]),
        ("- repeat: 20\n  steps:\n    - repeat: 20\n      steps:\n        - wait: 1 day", []),
        ("- repeat: 2\n  steps:\n    - send: hello", ["PC1605"]),
        ("- repeat: {times: 2, every: 1 day}\n  steps:\n    - send: hello", []),
        ("- repeat: 3", ["PC1321"]),
        ("- repeat: 3\n  steps:\n    - stop: enough", ["PC1325"]),
        ("- repeat: {times: 3, until: order.amount}\n  steps:\n    - send: hello", ["PC1411"]),
        ("- if: round.number > 1\n  then:\n    - send: hello", ["PC1401"]),
        (
            "- repeat: 3\n  steps:\n    - send: hello\n- if: round.number > 1\n  then: [send: other]",
            ["PC1401"],
        ),
    ],
)
def test_what_cannot_be_repeated(steps: str, found: list[str]) -> None:
    """Each is said at its place."""
    assert codes(steps) == found


def test_until_can_name_what_a_round_makes() -> None:
    """Then the first round is certain, and what it makes is known after it."""
    ask = "    - ask: {message: hello, answer: 1..5, up_to: 1 day}\n      as: reply\n"
    use = "- if: reply.answered\n  then:\n    - send: other"
    assert codes(f"- repeat: {{times: 3, until: reply.answered}}\n  steps:\n{ask}{use}") == []
    assert (
        codes(
            f"- repeat: {{times: 3, until: reply.answer > 3 and customer.orders > 3}}\n  steps:\n{ask}{use}"
        )
        == []
    )
    assert codes(
        f"- repeat: {{times: 3, until: reply.answered or customer.orders > 3}}\n  steps:\n{ask}{use}"
    ) == ["PC1402"]
    assert codes(f"- repeat: 3\n  steps:\n{ask}{use}") == []


def test_the_time_between_rounds_ages_what_was_there_before() -> None:
    """A coupon of nine days has expired after three rounds a week apart, unless they may end earlier."""
    after = "- wait: {for: coupon.redeemed, up_to: 1 day}"
    steps = f"{GIVE}- repeat: {{times: 3, every: 7 days}}\n  steps:\n    - send: hello\n{after}"
    assert codes(steps) == ["PC1602"]
    assert codes(steps.replace("every: 7 days", "every: 7 days, until: customer.orders > 3")) == []


def test_a_rounds_own_reward_is_as_young_as_the_last_round() -> None:
    """The name stands for the latest."""
    steps = (
        "- repeat: {times: 3, every: 30 days}\n  steps:\n"
        "    - reward: {discount: 5%, expires: 9 days}\n      as: coupon\n"
        "- wait: {for: coupon.redeemed, up_to: 1 day}"
    )
    assert codes(steps) == []


def test_messages_can_say_which_round_it_is() -> None:
    """Within the rounds only."""
    said = "messages:\n  hello: {purpose: marketing, subject: Hello, body: 'Letter {{ round.number }}'}\n"
    inside = checked("- repeat: 3\n  steps:\n    - send: hello", messages=said)
    assert inside.plan is not None, inside.diagnostics
    assert [each.code for each in checked("- send: hello", messages=said).diagnostics] == ["PC1401"]
