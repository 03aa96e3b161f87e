"""Who may press which button, by role; what is not listed here, everybody who is signed in may do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from punchcard.domain.accounts import Role

Deed = Literal[
    "operate campaigns", "operate instances", "start campaigns", "settle debts", "read the audit log"
]

ALLOWED: Mapping[Deed, frozenset[Role]] = MappingProxyType(
    {
        "operate campaigns": frozenset({"marketer", "admin"}),
        "operate instances": frozenset({"analyst", "admin"}),
        "start campaigns": frozenset({"marketer", "analyst", "admin"}),
        "settle debts": frozenset({"analyst", "admin"}),
        "read the audit log": frozenset({"admin"}),
    }
)


def may(role: Role, deed: Deed) -> bool:
    """Tell whether a role allows a deed."""
    return role in ALLOWED[deed]
