"""Which side of a split a customer falls on: a hash, so it needs no memory and never changes.

The share is compared with the first 52 bits of SHA-256 over campaign, experiment and customer, so that
two campaigns divide the same customers independently of one another.
"""

from __future__ import annotations

import hashlib

_SIZE = 1 << 52


def position(campaign: str, experiment: str, customer: int) -> float:
    """Return the customer's place in [0, 1) for this experiment of this campaign."""
    digest = hashlib.sha256(f"{campaign}\0{experiment}\0{customer}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") >> 12) / _SIZE


def held_out(campaign: str, share: int, customer: int) -> bool:
    """Tell whether a campaign's holdout of `share` basis points includes the customer."""
    return position(campaign, "holdout", customer) * 10_000 < share
