"""What a deed needs comes before it, also in the deed's own minute; everything else that is due then comes after."""

from pathlib import Path

import pytest

from tests.trial.stories import played
from tests.trial.told import tell

ASK = "- wait: 1 day\n- ask: {message: hello, answer: 1..5, up_to: 3 days}\n  as: reply"
ASK_TWICE = f"{ASK}\n- wait: 1 day\n- ask: {{message: receipt, answer: 1..5, up_to: 3 days}}\n  as: second"
GIVE = "- wait: 1 day\n- reward: {discount: 20%, expires: 30 days}\n  as: coupon"
TOLD = "- expect:\n    - {sign}\n      at: +1 day\n"


@pytest.mark.parametrize(
    ("steps", "sign", "deed"),
    [
        (ASK, "question: reply", "- answer: 3"),
        (GIVE, "reward: coupon", "- redeem: coupon"),
    ],
)
def test_a_deed_may_stand_in_the_minute_of_what_it_needs(steps: str, sign: str, deed: str) -> None:
    """Whether that is expected above it or below it."""
    order = "- order: 5\n"
    assert played(steps, f"{order}{TOLD.format(sign=sign)}{deed}").passed
    assert played(steps, f"{order}{deed}\n  at: +1 day\n- expect:\n    - {sign}").passed


def test_a_task_may_be_done_in_its_own_minute(tmp_path: Path) -> None:
    """As a question may be answered."""
    campaign = """\
campaign: cups
currency: USD
timezone: UTC
limit: 5 per year
when: order
steps:
  - wait: 1 day
  - task: {do: Ring, by: marketing, up_to: 3 days}
    as: ring
    otherwise: [stop: nobody rang]
"""
    story = """\
    story:
      - order: 5
      - expect:
          - task: ring
            at: +1 day
      - done: ring
      - expect: nothing
"""
    tell(tmp_path, campaign, story, programme="roles: {marketing: marketing@shop.example}\n")


def test_an_answer_waits_for_the_question_that_is_open_then() -> None:
    """The first question has its answer, and the second comes in the minute of the second answer."""
    story = f"- order: 5\n{TOLD.format(sign='question: reply')}- answer: 3\n{TOLD.format(sign='question: second')}"
    assert played(ASK_TWICE, f"{story}- answer: 4\n- expect: nothing").passed


def test_a_deed_precedes_the_deadline_at_its_own_time() -> None:
    """What it needs is there: an answer at the last instant counts, and so does a use."""
    asked = f"{ASK}\n  otherwise:\n    - send: receipt"
    story = f"- order: 5\n{TOLD.format(sign='question: reply')}- answer: 3\n  at: +3 days\n- expect: nothing"
    assert played(asked, story).passed
    used = f"{GIVE}\n- wait: {{for: coupon.redeemed, up_to: 7 days}}\n  otherwise:\n    - send: hello"
    story = (
        f"- order: 5\n{TOLD.format(sign='reward: coupon')}- redeem: coupon\n  at: +7 days\n- expect: nothing"
    )
    assert played(used, story).passed


def test_what_a_deed_does_not_need_comes_after_it() -> None:
    """An order in the minute of a question comes before the question, and the answer below it behind both."""
    story = "- order: 5\n- order: 6\n  at: +1 day\n- answer: 3\n- expect:\n    - question: reply\n"
    tested = played(ASK, story, head="if_running: ignore\n")
    texts = [entry.text for entry in tested.cases[0].timeline]
    assert tested.passed
    assert texts.index("order: 6") < next(i for i, text in enumerate(texts) if "question" in text)


def test_a_deed_in_the_last_minute_of_a_day_is_not_in_the_past() -> None:
    """What is due at its last instant has moved the clock there."""
    given = (
        f"{GIVE}\n- wait: {{until: coupon.expires}}\n- ask: {{message: hello, answer: 1..5, up_to: 1 day}}"
    )
    last = "- expect:\n    - reward: coupon\n    - question: hello\n      at: 2026-04-02 23:59\n"
    story = f"- order: 5\n{last}- answer: 3"
    assert played(f"{given}\n  as: hello", story).passed
