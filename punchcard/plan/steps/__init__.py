"""What each kind of step does with a token: one file for each verb, and this table of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from punchcard.plan.model import (
    Approve,
    Ask,
    Call,
    Choose,
    If,
    Repeat,
    Reward,
    Send,
    Split,
    Start,
    Stop,
    Task,
    Together,
    Update,
    Use,
    Wait,
)
from punchcard.plan.steps.approve import APPROVE
from punchcard.plan.steps.ask import ASK
from punchcard.plan.steps.behaviour import Behaviour
from punchcard.plan.steps.call import CALL
from punchcard.plan.steps.choice import IF
from punchcard.plan.steps.choose import CHOOSE
from punchcard.plan.steps.repeat import REPEAT
from punchcard.plan.steps.reward import REWARD
from punchcard.plan.steps.send import SEND
from punchcard.plan.steps.split import SPLIT
from punchcard.plan.steps.start import START
from punchcard.plan.steps.stop import STOP
from punchcard.plan.steps.task import TASK
from punchcard.plan.steps.together import TOGETHER
from punchcard.plan.steps.update import UPDATE
from punchcard.plan.steps.use import USE
from punchcard.plan.steps.wait import WAIT

BEHAVIOURS: Mapping[type, Behaviour[Any]] = MappingProxyType(
    {
        Reward: REWARD,
        Send: SEND,
        Ask: ASK,
        Wait: WAIT,
        If: IF,
        Choose: CHOOSE,
        Split: SPLIT,
        Update: UPDATE,
        Task: TASK,
        Approve: APPROVE,
        Together: TOGETHER,
        Repeat: REPEAT,
        Start: START,
        Call: CALL,
        Use: USE,
        Stop: STOP,
    }
)
