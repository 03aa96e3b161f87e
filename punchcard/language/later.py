"""What the language has and this version has not yet: recognised, and said with its reason, never a silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Later:
    """Why a word cannot be used yet, as it goes on behind a colon, and what to write meanwhile."""

    because: str
    instead: str = "a campaign without it for now"


Words = Mapping[str, Later]
NOTHING: Words = MappingProxyType({})

LEDGER = "balances come with the loyalty ledger"
MODULES = "which come with the loyalty modules"
CHANNELS = "channels besides e-mail come with the messaging module"
REFERRAL = "friends come with the referral module"

LATER_TRIGGERS: Words = MappingProxyType(
    {
        "points": Later(f"it needs balances of points, {MODULES}", "`spend: {every: 500}` for now"),
        "tier": Later(f"it needs tiers, {MODULES}", "`segment: {enters: …}` for now"),
        "referral": Later("friends come with the referral module"),
    }
)
LATER_VERBS: Words = MappingProxyType({"points": Later(f"what can be taken is a balance, and {LEDGER}")})
LATER_REWARDS: Words = MappingProxyType(
    {
        "credit": Later(LEDGER, "`discount: 10 USD` for now, a code of that amount"),
        "cashback": Later(LEDGER, "`discount: 5%` for now, off the next order"),
        "points": Later(LEDGER, "`discount: 5%` for now, or a campaign without it"),
    }
)
LATER_CHANNELS: Words = MappingProxyType(
    {
        "sms": Later(CHANNELS, "`by: email` for now, or no `by`"),
        "push": Later(CHANNELS, "`by: email` for now, or no `by`"),
        "preferred": Later(CHANNELS, "no `by`: there is e-mail alone for now"),
    }
)
LATER_RECIPIENTS: Words = MappingProxyType(
    {"friend": Later(REFERRAL, "no `to`: it is for the customer for now")}
)
LATER_MESSAGE_KEYS: Words = MappingProxyType(
    {name: Later(CHANNELS, "`subject` and `body` alone for now") for name in ("sms", "push")}
)
LATER_NAMES: Words = MappingProxyType(
    {
        "customer.points": Later(LEDGER, "another fact for now"),
        "customer.tier": Later(f"it needs tiers, {MODULES}", '`customer.in_segment("loyal")` for now'),
        "friend": Later(REFERRAL, "another fact for now"),
        "tier": Later(f"it needs tiers, {MODULES}", "another fact for now"),
    }
)
# All of it, by where it stands.
LATER: Mapping[str, Words] = MappingProxyType(
    {
        "triggers": LATER_TRIGGERS,
        "steps": LATER_VERBS,
        "of `reward`": LATER_REWARDS,
        "behind `by` of `send`": LATER_CHANNELS,
        "behind `to` of `send` and `reward`": LATER_RECIPIENTS,
        "of messages": LATER_MESSAGE_KEYS,
        "in conditions": LATER_NAMES,
    }
)
