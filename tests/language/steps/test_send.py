"""`send` in the language: which message, and what this one step says otherwise than the message does."""

import pytest

from punchcard.plan.codec import encode
from punchcard.plan.model import Send
from tests.language.reading import codes, plan


@pytest.mark.parametrize(
    ("arguments", "disturbs"),
    [
        ("hello", None),
        ("{message: hello}", None),
        ("{message: hello, quiet_hours: ignore}", True),
        ("{message: hello, quiet_hours: keep}", False),
    ],
)
def test_a_step_may_say_what_becomes_of_quiet_hours(arguments: str, disturbs: bool | None) -> None:
    """What says nothing leaves it to the message."""
    (step,) = plan(f"- send: {arguments}").steps
    assert isinstance(step, Send)
    assert step.disturbs is disturbs


def test_what_is_not_said_is_not_in_the_plan() -> None:
    """So that plans of earlier versions keep their names."""
    (step,) = plan("- send: hello").steps
    assert "disturbs" not in encode(step)


def test_quiet_hours_are_kept_or_ignored() -> None:
    """Nothing else."""
    assert codes("- send: {message: hello, quiet_hours: no}") == ["PC1208"]


@pytest.mark.parametrize("arguments", ["by: email", "by: [email]", "to: customer", "by: email, to: customer"])
def test_what_is_so_anyway_may_be_said(arguments: str) -> None:
    """The plan is the same."""
    said = plan(f"- send: {{message: hello, {arguments}}}").steps
    assert said == plan("- send: hello").steps


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ("by: sms", ["PC1901"]),
        ("by: [email, push]", ["PC1901"]),
        ("by: [sms, email]", ["PC1901"]),
        ("by: preferred", ["PC1901"]),
        ("by: emial", ["PC1208"]),
        ("by: [email, emial]", ["PC1208"]),
        ("by: [email, email]", ["PC1370"]),
        ("by: [sms, sms]", ["PC1370", "PC1901"]),
        ("by: []", ["PC1202"]),
        ("by: {first: sms}", ["PC1201"]),
        ("to: friend", ["PC1901"]),
        ("to: freind", ["PC1208"]),
        ("to: [customer, friend]", ["PC1201"]),
    ],
)
def test_channels_and_recipients_that_cannot_be(arguments: str, found: list[str]) -> None:
    """Each is said at its own word."""
    assert sorted(codes(f"- send: {{message: hello, {arguments}}}")) == found
