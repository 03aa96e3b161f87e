"""What the hand-written workflow and its activities hand to each other."""

from __future__ import annotations

from dataclasses import dataclass

SPEND_AND_SAVE = "SpendAndSave"


@dataclass
class Journey:
    """One crossing of a customer's spend; `pace` shortens every wait by that factor.

    `records_steps` keeps the row of where the journey stands up to date at each wait.
    """

    id: str
    customer: int
    pace: int = 1
    records_steps: bool = True


@dataclass
class Coupon:
    """The reward that was given, and when it expires (epoch milliseconds)."""

    code: str
    expires: int


@dataclass
class Mail:
    """One e-mail of a journey, by the message's name."""

    journey: str
    message: str


@dataclass
class Place:
    """Where a journey stands: its step, and the instant at which its wait ends (epoch milliseconds)."""

    journey: str
    step: str
    deadline: int | None = None
