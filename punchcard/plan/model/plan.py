"""The plan: one immutable version of a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from punchcard.plan.model.contact import Contact
from punchcard.plan.model.entry import Again, Audience, Digest, IfRunning, Pace, StopWhen
from punchcard.plan.model.messages import Message
from punchcard.plan.model.moments import Millis, Share
from punchcard.plan.model.order_fields import OrderField
from punchcard.plan.model.steps import Step
from punchcard.plan.model.terms import Budget, Goal, Limit
from punchcard.plan.model.working import WorkingTime
from punchcard.plan.triggers import Trigger

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One immutable version of a campaign, named by the hash of its content."""

    campaign: str
    title: str
    currency: str
    trigger: Trigger
    steps: tuple[Step, ...]
    owner: str | None = None
    timezone: str = "UTC"
    language: str = "en"
    starts: str | None = None
    ends: str | None = None
    goal: Goal | None = None
    holdout: Share = 0
    limit: Limit | None = None
    budget: Budget | None = None
    audience: Audience | None = None
    again: Again | None = None
    if_running: IfRunning = "parallel"
    digest: Digest | None = None
    pace: Pace | None = None
    stop_when: StopWhen | None = None
    count_history: bool = False
    on_refund: Literal["forgive", "debt"] = "forgive"
    on_resume: Literal["skip_stale", "shift", "send_all"] = "skip_stale"
    max_lateness: Millis = 3 * 24 * 3600 * 1000
    contact: Contact | None = None
    calendar: WorkingTime | None = None
    order_fields: tuple[OrderField, ...] = ()
    messages: tuple[Message, ...] = ()
    schema: int = 1

    @property
    def once(self) -> bool:
        """Whether each customer has one occasion at most, however often the trigger is met."""
        return self.again is not None and self.again.rule == "once"

    def message(self, name: str) -> Message:
        """Return the message of that name; KeyError if the plan has none."""
        for message in self.messages:
            if message.name == name:
                return message
        raise KeyError(name)
