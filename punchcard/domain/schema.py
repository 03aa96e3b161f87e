"""All tables together: what the migrations are compared with."""

from __future__ import annotations

from sqlmodel import SQLModel

from punchcard.domain import (
    access,
    batches,
    calls,
    campaigns,
    clock,
    customers,
    debts,
    events,
    instances,
    membership,
    messages,
    occasions,
    onward,
    orders,
    outbox,
    pacing,
    programmes,
    rewards,
    sweeps,
    tags,
    tasks,
)

NOUNS = (
    access,
    batches,
    calls,
    campaigns,
    clock,
    customers,
    debts,
    events,
    instances,
    membership,
    messages,
    occasions,
    onward,
    orders,
    outbox,
    pacing,
    programmes,
    rewards,
    sweeps,
    tags,
    tasks,
)

metadata = SQLModel.metadata
