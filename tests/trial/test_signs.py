"""What can be expected of questions, tasks, and of what is earned and starts nothing."""

from pathlib import Path
from typing import get_args

import pytest

from punchcard.language.trials.signs import WHY
from punchcard.plan.dispositions import MEANINGS, NO_START, Disposition
from tests.trial.stories import codes, played
from tests.trial.told import tell

ASK = "- ask: {message: hello, answer: 1..5, up_to: 14 days}\n  as: reply"
ROLES = "roles: {service: sam, head: nina}\n"
CALL = """\
campaign: cups
currency: USD
timezone: UTC
limit: 5 per year
when: order
steps:
  - task:
      do: |
        Call {{ customer.first_name }} about {{ order.amount | money }}.
      by: [service, head]
      up_to: 3 days
    as: call
"""


def test_every_disposition_has_a_meaning_and_can_be_expected() -> None:
    """One table for all of them."""
    assert tuple(MEANINGS) == get_args(Disposition)
    assert set(NO_START) == {*get_args(Disposition)} - {"started"}
    assert WHY.kind.written == NO_START


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("again: {after: 30 days}\n", "too_soon"),
        ("if_running: ignore\n", "already_running"),
        ("audience: {where: customer.orders > 3}\n", "not_in_audience"),
    ],
)
def test_why_nothing_started_can_be_expected(head: str, why: str) -> None:
    """The second order starts nothing, and for this reason alone."""
    story = f"- order: 5\n- order: 5\n- expect:\n    - not_started: {why}\n"
    tested = played("- wait: 7 days", story, head=head)
    assert tested.passed, tested.findings
    assert codes(played("- wait: 7 days", story.replace(why, "historical"), head=head)) == ["PC2103"]


@pytest.mark.parametrize(
    ("signs", "found"),
    [
        (["question: reply"], []),
        (["question: {name: reply, subject: Hello Ann, contains: Hello}"], []),
        (["message: {name: hello, contains: Hello}"], []),
        (["question: reply", "message: {name: hello, contains: Hello}"], []),
        (["message: hello", "question: {name: reply, language: en}"], []),
        (["question: {name: reply, contains: Goodbye}"], ["PC2103"]),
        (["question: reply", "message: {name: hello, contains: Goodbye}"], ["PC2103"]),
        (["message: hello", "message: hello"], ["PC2101"]),
        (["question: {name: reply, language: de}"], ["PC2005"]),
    ],
)
def test_a_question_is_a_message_too(signs: list[str], found: list[str]) -> None:
    """Its words can be told at either, and both lines may stand there."""
    lines = "".join(f"    - {sign}\n" for sign in signs)
    assert codes(played(ASK, f"- order: 5\n- expect:\n{lines}")) == found


def test_a_task_has_words(tmp_path: Path) -> None:
    """As whoever has it reads them, in each turn."""
    story = """\
    story:
      - order: 70
      - expect:
          - task: {name: call, by: service, contains: Call Ann about $70.00., lacks: Ben}
          - task: {name: call, by: head, contains: about $70.00}
            at: +3 days
"""
    tell(tmp_path, CALL, story, programme=ROLES)
    with pytest.raises(AssertionError, match="its text is `Call Ann about"):
        tell(tmp_path, CALL, story.replace("Call Ann", "Call Bob"), programme=ROLES)
