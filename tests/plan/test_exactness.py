"""The class of a campaign's trigger, and of what else decides who is rewarded."""

from dataclasses import replace

from punchcard.plan.exactness import reasons, triggers_class
from punchcard.plan.model import Budget, Limit, Plan
from punchcard.plan.triggers import EventTrigger, ManualTrigger, OrderTrigger, SpendTrigger, Trigger

PLAN = Plan(campaign="cups", title="Cups", currency="USD", trigger=ManualTrigger(), steps=())


def test_triggers_of_this_version_follow_from_the_set_of_events() -> None:
    """None of them depends on the order of arrival."""
    triggers: tuple[Trigger, ...] = (
        SpendTrigger(every=500),
        SpendTrigger(reaches=500),
        OrderTrigger(every=10),
        EventTrigger(name="visited"),
        ManualTrigger(),
    )
    for trigger in triggers:
        assert triggers_class(replace(PLAN, trigger=trigger)) == "S"


def test_each_part_has_its_class_and_its_reason() -> None:
    """The holdout is a hash, a limit goes by business time, a budget by who commits first."""
    plan = replace(PLAN, holdout=1000, limit=Limit(1, "year"), budget=Budget(rewards=5))
    assert [(each.part, each.exactness) for each in reasons(plan)] == [
        ("manual", "S"),
        ("holdout", "S"),
        ("limit", "B"),
        ("budget", "D"),
    ]
    assert all(each.why for each in reasons(plan))
