"""The rows of progress: how far customers are in the campaigns that count."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from punchcard.domain.among import among
from punchcard.domain.database import table
from punchcard.domain.occasions import Progress
from punchcard.domain.prepared import Prepared

PROGRESS = table(Progress)

_PROGRESS = Prepared(
    select(PROGRESS).where(
        among(PROGRESS.c.campaign, "campaigns"),
        among(PROGRESS.c.epoch, "epochs"),
        among(PROGRESS.c.customer_id, "customers"),
    )
)
_WRITE_PROGRESS = Prepared(
    lambda insert: (statement := insert(PROGRESS)).on_conflict_do_update(
        index_elements=[PROGRESS.c.campaign, PROGRESS.c.epoch, PROGRESS.c.customer_id],
        set_={name: statement.excluded[name] for name in ("measure", "earlier", "standing", "latest")},
    )
)


def read_progress(
    connection: Connection, keys: set[tuple[str, int, int]]
) -> dict[tuple[str, int, int], dict[str, Any]]:
    """Return the rows of these (campaign, epoch, customer), new ones of nothing where there are none."""
    empty = {"measure": 0, "earlier": 0, "standing": 0, "latest": 0}
    rows: dict[tuple[str, int, int], dict[str, Any]] = {
        key: {"campaign": key[0], "epoch": key[1], "customer_id": key[2], **empty} for key in sorted(keys)
    }
    whose = {
        "campaigns": sorted({key[0] for key in keys}),
        "epochs": sorted({key[1] for key in keys}),
        "customers": sorted({key[2] for key in keys}),
    }
    for row in _PROGRESS(connection, whose):
        key = (row.campaign, row.epoch, row.customer_id)
        if key in rows:
            rows[key] = row._asdict()
    return rows


def write_progress(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Write rows, new ones or over those that are there."""
    _WRITE_PROGRESS(connection, rows)
