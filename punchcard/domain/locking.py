"""Locks on things that have no row yet: PostgreSQL's advisory locks in stripes; SQLite has one writer anyway."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Literal

from sqlalchemy import Connection, text

STRIPES = 256

# Locks are taken in the order of these numbers, and within one by stripe, so that no two transactions deadlock.
CLASSES = {"order": 71, "customer": 72, "event": 73, "contact": 74}

# PostgreSQL reads an array from its front, so one statement takes all stripes in their order.
LOCK = text(
    "SELECT count(pg_advisory_xact_lock(:kind, stripe)) FROM unnest(CAST(:stripes AS integer[])) AS stripe"
)


def lock(
    connection: Connection, kind: Literal["order", "customer", "event", "contact"], keys: Iterable[str | int]
) -> None:
    """Hold these keys until the transaction ends. Take them in the order of `CLASSES`."""
    if connection.dialect.name != "postgresql":
        return
    stripes = sorted({zlib.crc32(str(key).encode()) % STRIPES for key in keys})
    if stripes:
        connection.execute(LOCK, {"kind": CLASSES[kind], "stripes": stripes})
