"""A journey: one way through a campaign to one of its ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.workflows.stage import Stage

# What somebody does about a customer in a campaign.
Deed = Callable[[Stage, str, str], object]


@dataclass(frozen=True)
class Journey:
    """One way through a campaign; `reactions` are by the name of the message or task that has just arrived.

    `variants` says on which variant of an experiment the customer has to fall.
    """

    campaign: str
    end: str
    begin: Deed
    outcome: str
    mails: tuple[str, ...]
    reactions: Mapping[str, Deed] = field(default_factory=dict)
    variants: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return what its history is called."""
        return f"{self.campaign}.{self.end}"
