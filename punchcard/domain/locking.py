"""Locks on things that have no row yet: PostgreSQL's advisory locks in stripes; SQLite has one writer anyway."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Literal

from sqlalchemy import Connection, text

STRIPES = 256

# Locks are taken in the order of these numbers, and within one by stripe, so that no two transactions deadlock.
CLASSES = {"order": 71, "customer": 72, "event": 73}


def lock(
    connection: Connection, kind: Literal["order", "customer", "event"], keys: Iterable[str | int]
) -> None:
    """Hold these keys until the transaction ends. Take `order` before `customer` before `event`."""
    if connection.dialect.name != "postgresql":
        return
    for stripe in sorted({zlib.crc32(str(key).encode()) % STRIPES for key in keys}):
        connection.execute(
            text("SELECT pg_advisory_xact_lock(:kind, :stripe)"), {"kind": CLASSES[kind], "stripe": stripe}
        )
