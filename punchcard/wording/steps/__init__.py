"""Each kind of step in words: one file for each kind, and one table that names them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from punchcard.plan.model import (
    Approve,
    Ask,
    Call,
    Choose,
    If,
    Plan,
    Repeat,
    Reward,
    Send,
    Split,
    Start,
    Step,
    Stop,
    Task,
    Together,
    Update,
    Use,
    Wait,
)
from punchcard.wording.speech import Speech
from punchcard.wording.steps import (
    approve,
    ask,
    call,
    choice,
    choose,
    repeat,
    reward,
    send,
    split,
    start,
    stop,
    task,
    together,
    update,
    use,
    wait,
)
from punchcard.wording.steps.words import Label, StepWords

STEPS: Mapping[type, StepWords] = MappingProxyType(
    {
        Reward: reward.WORDS,
        Send: send.WORDS,
        Wait: wait.WORDS,
        If: choice.WORDS,
        Choose: choose.WORDS,
        Split: split.WORDS,
        Together: together.WORDS,
        Repeat: repeat.WORDS,
        Use: use.WORDS,
        Ask: ask.WORDS,
        Start: start.WORDS,
        Call: call.WORDS,
        Stop: stop.WORDS,
        Update: update.WORDS,
        Task: task.WORDS,
        Approve: approve.WORDS,
    }
)


def step_label(speech: Speech, plan: Plan, step: Step) -> Label:
    """Return the words of a step."""
    return STEPS[type(step)].label(speech, plan, step)


def then_words(speech: Speech, plan: Plan, step: Step | None) -> str:
    """Return what is done next as a clause; without a step the instance is completed."""
    if step is None:
        return speech.gettext("then is completed")
    return STEPS[type(step)].clause(speech, plan, step)


def way_words(speech: Speech, plan: Plan, step: Step, name: str) -> str:
    """Return what heads a block of a step, by the name that `blocks` gives it."""
    return STEPS[type(step)].way(speech, plan, step, name)
