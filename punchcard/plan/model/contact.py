"""When and how often customers are written to: what the programme says of all its messages."""

from __future__ import annotations

from dataclasses import dataclass

from punchcard.plan.model.terms import Limit


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The local hours in which nobody is written to, in minutes since midnight; they may pass midnight."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Contact:
    """The programme's rules as the plan took them over; `caps` bound a customer's marketing messages of all
    campaigns together.
    """

    quiet: QuietHours | None = None
    caps: tuple[Limit, ...] = ()
