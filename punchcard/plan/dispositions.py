"""What comes of an occasion: the one table of the words for it, and what each means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

# A start, or why none; decided once, as the occasion arises.
Disposition = Literal[
    "started",
    "joined",
    "held_out",
    "over_limit",
    "not_in_audience",
    "not_again",
    "too_soon",
    "already_running",
    "outside",
    "historical",
]
MEANINGS: Mapping[Disposition, str] = MappingProxyType(
    {
        "started": "an instance is started",
        "joined": "it was gathered with others into a digest's batch",
        "held_out": "the customer belongs to the holdout",
        "over_limit": "the customer has had as many as `limit` allows",
        "not_in_audience": "the customer was not in the campaign's `audience`",
        "not_again": "the campaign counts once for each customer, and has done so",
        "too_soon": "it came too soon after one that counted (`again: {after: …}`)",
        "already_running": "an instance was still running for the customer",
        "outside": "it lies outside the campaign's dates",
        "historical": "it comes from imported history, or from before the campaign",
    }
)
# Those that start no instance of their own.
NO_START: tuple[Disposition, ...] = tuple(each for each in get_args(Disposition) if each != "started")
