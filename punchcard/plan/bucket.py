"""Which side of a split a customer falls on: a hash, so it needs no memory and never changes.

The share is compared with the first 52 bits of SHA-256 over campaign, experiment and customer, so that
two campaigns divide the same customers independently of one another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

_SIZE = 1 << 52


def position(campaign: str, experiment: str, customer: int) -> float:
    """Return the customer's place in [0, 1) for this experiment of this campaign."""
    digest = hashlib.sha256(f"{campaign}\0{experiment}\0{customer}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") >> 12) / _SIZE


def held_out(campaign: str, share: int, customer: int) -> bool:
    """Tell whether a campaign's holdout of `share` basis points includes the customer."""
    return position(campaign, "holdout", customer) * 10_000 < share


def variant(campaign: str, experiment: str, shares: Mapping[str, int], customer: int) -> str:
    """Return the variant of an experiment that the customer falls on; `shares` are basis points that sum to 10,000."""
    place, edge = position(campaign, experiment, customer) * 10_000, 0
    for name, share in shares.items():
        edge += share
        if place < edge:
            return name
    raise ValueError(f"the shares of {experiment} are less than all")
