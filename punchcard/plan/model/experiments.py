"""Experiments: what a split measures its variants by, and when it keeps the best of them."""

from __future__ import annotations

from dataclasses import dataclass

from punchcard.plan.model.moments import Millis, Share


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepBest:
    """What counts as a success (`by`, an event), until how long after the split (`within`), and how much is enough.

    The first look comes after so many customers in each variant; it is to be `sure` in so many of 10,000 cases.
    `mark` names the experiment by its content: what its variants do, their shares, and all of this.
    """

    by: str
    within: Millis
    after: int
    sure: Share = 9_500
    mark: str = ""
