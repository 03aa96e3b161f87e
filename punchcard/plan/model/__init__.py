"""What a campaign is after compilation: frozen data that the machine walks and everything else shows.

A plan names its parts by *path*: `3` is the third step, `3.otherwise.1` the first step of its
`otherwise`. Money is in minor units of the plan's currency, spans of time are in milliseconds,
shares are in basis points (20% is 2000).
"""

from punchcard.plan.model.answers import AnswerShape, Choice, FreeText, Scale
from punchcard.plan.model.contact import Contact, QuietHours
from punchcard.plan.model.entry import Again, Audience, Digest, IfRunning, Pace, StopWhen
from punchcard.plan.model.messages import Message, MessageText, Purpose
from punchcard.plan.model.moments import (
    After,
    AfterMonths,
    Beside,
    EndOfDayAfter,
    Millis,
    Minor,
    Moment,
    NextTime,
    OnDate,
    Share,
)
from punchcard.plan.model.offers import AmountOff, Offer, ShareOff
from punchcard.plan.model.plan import SCHEMA, Plan
from punchcard.plan.model.steps import (
    Approve,
    Ask,
    Assignment,
    Branch,
    Case,
    Choose,
    Handed,
    If,
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
    Variant,
    Wait,
)
from punchcard.plan.model.terms import Budget, Goal, Limit
from punchcard.plan.model.walking import blocks, verb, walk

__all__ = [
    "After",
    "AfterMonths",
    "Again",
    "AmountOff",
    "AnswerShape",
    "Audience",
    "Approve",
    "Ask",
    "Assignment",
    "Beside",
    "Branch",
    "Budget",
    "Case",
    "Choice",
    "Choose",
    "Contact",
    "Digest",
    "EndOfDayAfter",
    "FreeText",
    "Goal",
    "Handed",
    "If",
    "IfRunning",
    "Limit",
    "Message",
    "MessageText",
    "Millis",
    "Minor",
    "Moment",
    "NextTime",
    "Offer",
    "OnDate",
    "Pace",
    "Plan",
    "Purpose",
    "QuietHours",
    "Repeat",
    "Reward",
    "SCHEMA",
    "Scale",
    "Send",
    "Share",
    "ShareOff",
    "Split",
    "Start",
    "Step",
    "Stop",
    "StopWhen",
    "Together",
    "Variant",
    "Task",
    "Update",
    "Wait",
    "blocks",
    "verb",
    "walk",
]
