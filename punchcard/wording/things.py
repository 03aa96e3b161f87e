"""What the steps of a plan make, as nouns: its rewards and the answers to its questions."""

from __future__ import annotations

from punchcard.plan.model import (
    AmountOff,
    Ask,
    Call,
    Offer,
    Plan,
    ReturnType,
    Reward,
    ShareOff,
    Start,
    walk,
)
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech


def rewards_of(plan: Plan) -> dict[str, Offer]:
    """Return the offers of a plan's rewards by the names that they have in it."""
    return {step.name: step.offer for step in walk(plan.steps) if isinstance(step, Reward)}


def questions_of(plan: Plan) -> dict[str, str]:
    """Return the messages of a plan's questions by the names that their answers have in it."""
    return {step.name: step.message for step in walk(plan.steps) if isinstance(step, Ask)}


def campaigns_of(plan: Plan) -> dict[str, str]:
    """Return the campaigns that a plan starts and waits for by the names that they have in it."""
    return {
        step.name: step.campaign
        for step in walk(plan.steps)
        if isinstance(step, Start) and step.name is not None
    }


def calls_of(plan: Plan) -> dict[str, dict[str, ReturnType]]:
    """Return what a plan's calls return, with its types, by the names that they have in it."""
    calls = (step for step in walk(plan.steps) if isinstance(step, Call))
    return {step.name: {each.name: each.type for each in step.returns} for step in calls}


def the_call(speech: Speech, name: str) -> str:
    """Return a call as the subject of a sentence."""
    return speech.gettext("the call %(name)s") % {"name": speech.quote(_readable(name))}


def the_reward(speech: Speech, plan: Plan, name: str) -> str:
    """Return a reward as the subject of a sentence: `the coupon`."""
    rewards = rewards_of(plan)
    if not isinstance(rewards.get(name), ShareOff | AmountOff):
        words = speech.pgettext("reward", "the %(name)s")
    elif len(rewards) == 1:
        words = speech.pgettext("only discount", "the %(name)s")
    else:
        words = speech.pgettext("discount", "the %(name)s")
    return words % {"name": _readable(name)}


def of_the_reward(speech: Speech, plan: Plan, name: str) -> str:
    """Return a reward in the genitive, for languages that have one."""
    rewards = rewards_of(plan)
    if not isinstance(rewards.get(name), ShareOff | AmountOff):
        words = speech.pgettext("reward, genitive", "the %(name)s")
    elif len(rewards) == 1:
        words = speech.pgettext("only discount, genitive", "the %(name)s")
    else:
        words = speech.pgettext("discount, genitive", "the %(name)s")
    return words % {"name": _readable(name)}


def the_answer(speech: Speech, plan: Plan, name: str) -> str:
    """Return the answer to a question as the subject of a sentence."""
    message = title_of(questions_of(plan).get(name, name))
    return speech.gettext("the answer to %(question)s") % {"question": speech.quote(message)}


def the_question(speech: Speech, plan: Plan, name: str) -> str:
    """Return a question by its message."""
    return speech.quote(title_of(questions_of(plan).get(name, name)))


def _readable(name: str) -> str:
    return name.replace("_", " ")
