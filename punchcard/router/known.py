"""The occasions that turns are about, as they are known, and whom to tell of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from punchcard.domain.among import among
from punchcard.domain.database import table
from punchcard.domain.occasions import Occasion
from punchcard.domain.prepared import Prepared
from punchcard.router.match import workflow_id
from punchcard.router.turns import Turn

OCCASION = table(Occasion)

_OCCASIONS = Prepared(
    select(OCCASION).where(
        among(OCCASION.c.customer_id, "customers"),
        among(OCCASION.c.campaign, "campaigns"),
        among(OCCASION.c.identity, "identities"),
    )
)


def known_occasions(connection: Connection, turns: Sequence[Turn]) -> dict[tuple[str, int, int, str], Any]:
    """Return the rows of these occasions by their keys, as far as they have ever arisen."""
    keys = {turn.key for turn in turns}
    wanted = {
        "customers": sorted({key[2] for key in keys}),
        "campaigns": sorted({key[0] for key in keys}),
        "identities": sorted({key[3] for key in keys}),
    }
    found = {
        (row.campaign, row.epoch, row.customer_id, row.identity): row
        for row in _OCCASIONS(connection, wanted)
    }
    return {key: row for key, row in found.items() if key in keys}


def instance_of(occasion: Any) -> str:
    """Return the id of an occasion's instance, of its latest generation."""
    return workflow_id(
        occasion.campaign, occasion.epoch, occasion.customer_id, occasion.identity, occasion.generation
    )
