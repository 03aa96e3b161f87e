"""Chance that always falls the same way: draws that depend on nothing but what they are about."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeVar

Item = TypeVar("Item")
SEED = "punchcard demo 1"


def draw(*about: object) -> float:
    """Return a number from 0 up to 1: for the same things the same one, for others evenly spread."""
    text = "\x1f".join(map(str, (SEED, *about)))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") / (1 << 48)


def happens(share: float, *about: object) -> bool:
    """Return whether something that happens in this share of cases happens here."""
    return draw(*about) < share


def between(low: float, high: float, *about: object) -> float:
    """Return a number between two others."""
    return low + (high - low) * draw(*about)


def pick(items: Sequence[Item], *about: object) -> Item:
    """Return one of several, each as likely as the others."""
    return items[int(draw(*about) * len(items))]


def pick_weighted(weights: Mapping[Item, float], *about: object) -> Item:
    """Return one of several, as likely as its weight says."""
    left = draw(*about) * sum(weights.values())
    for item, weight in weights.items():
        left -= weight
        if left < 0:
            return item
    return next(reversed(list(weights)))
