"""The campaigns that come with Punchcard: each is right, and each says everything in both languages."""

from typing import get_args

import pytest

from punchcard.cli.programme import beside
from punchcard.language.files import Written, campaigns, load
from punchcard.plan.model import Plan, Send, Step, walk
from punchcard.shipped import shipped

FOLDER = shipped("definitions")
PROGRAMME = beside([FOLDER]).programme
WRITTEN = tuple(load(path) for path in campaigns(FOLDER))


def plan_of(written: Written) -> Plan:
    """Return a definition's plan."""
    found = written.check(PROGRAMME)
    assert found.plan is not None, found.diagnostics
    return found.plan


@pytest.mark.parametrize("written", WRITTEN, ids=lambda written: written.path.stem)
def test_a_definition_is_without_any_finding(written: Written) -> None:
    """Neither errors nor warnings."""
    assert written.check(PROGRAMME).diagnostics == ()


@pytest.mark.parametrize("written", WRITTEN, ids=lambda written: written.path.stem)
def test_a_definition_speaks_english_and_german(written: Written) -> None:
    """Each message has both languages, and differs between them."""
    for message in plan_of(written).messages:
        assert [text.language for text in message.texts] == ["en", "de"]
        assert len({text.subject for text in message.texts}) == 2
        assert len({text.body for text in message.texts}) == 2


def test_the_definitions_use_every_trigger_and_step() -> None:
    """Whatever this version can do is shown by a campaign."""
    plans = [plan_of(written) for written in WRITTEN]
    assert {type(plan.trigger).__name__ for plan in plans} == {
        "SpendTrigger", "OrderTrigger", "ItemsTrigger", "EventTrigger", "ManualTrigger",
        "VisitsTrigger", "BirthdayTrigger", "AnniversaryTrigger", "InactiveTrigger", "ScheduleTrigger", "RewardTrigger",
        "SegmentTrigger",
    }  # fmt: skip
    steps = [step for plan in plans for step in walk(plan.steps)]
    assert {type(step) for step in steps} == set(get_args(Step))
    sent = {
        (plan.campaign, step.message) for plan in plans for step in walk(plan.steps) if isinstance(step, Send)
    }
    assert len(sent) >= len(plans)
