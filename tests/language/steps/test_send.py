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
