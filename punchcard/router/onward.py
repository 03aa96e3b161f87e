"""Starting a campaign that another one asks for: as if by hand, under a key of its own, so once."""

from __future__ import annotations

import json

from sqlalchemy import Connection

from punchcard.domain.onward import granted_start, note_start
from punchcard.router.catalogue import Campaigns
from punchcard.router.manual import Started, Wish, start_by_hand

SOURCE = "campaign"


def start_onward(
    connection: Connection, campaigns: Campaigns, instance_id: str, key: str, now: int
) -> tuple[str, Started]:
    """Start what was granted to an instance under this key; asked again, return what came of it before.

    The refusals of `start_by_hand` say why it cannot be started.
    """
    granted = granted_start(connection, instance_id, key)
    wish = Wish(
        source=SOURCE,
        key=f"{granted.occasion_id}/{granted.key}",
        actor=f"campaign:{granted.by}",
        campaign=granted.campaign,
        customer=granted.customer,
        inputs=json.loads(granted.inputs),
    )
    started = start_by_hand(connection, campaigns, wish, now)
    note_start(connection, granted.id, started.occasion_id)
    return granted.campaign, started
