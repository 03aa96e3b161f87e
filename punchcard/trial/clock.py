"""A clock of business time that stands still until a trial moves it on."""

from __future__ import annotations

from punchcard.domain.clock import Clock


class VirtualClock(Clock):
    """Stands where it was put; by its `pace`, timers of real workflows look at it often."""

    def __init__(self, at: int, pace: int = 1) -> None:
        super().__init__(business=at, factor=pace)

    def now(self) -> int:
        """Return where the trial has brought it."""
        return self.business

    def put(self, at: int) -> None:
        """Stand at another instant."""
        object.__setattr__(self, "business", at)
