"""What the language has and this version has not yet: recognised, and said so, never a silence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LATER_TRIGGERS: Mapping[str, str] = MappingProxyType(
    {
        "items": "counted units, which come with the loyalty modules",
        "points": "a balance of points, which comes with the loyalty modules",
        "tier": "a tier reached or lost, which comes with the loyalty modules",
        "referral": "a friend's order, which comes with the loyalty modules",
    }
)
LATER_VERBS: Mapping[str, str] = MappingProxyType(
    {
        "points": "taking points",
    }
)
LATER_MESSAGE_KEYS: tuple[str, ...] = ("sms", "push")
LATER_NAMES: frozenset[str] = frozenset(
    {
        "customer.points",
        "customer.tier",
        "friend",
        "tier",
    }
)
