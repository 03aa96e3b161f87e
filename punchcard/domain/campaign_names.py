"""Campaigns by name and title alone: for lists and filters that need no numbers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from punchcard.domain.campaigns import Campaign, Version
from punchcard.domain.database import table

CAMPAIGN, VERSION = table(Campaign), table(Version)


@dataclass(frozen=True, slots=True)
class CampaignName:
    """A campaign, its current version and that version's title."""

    name: str
    title: str
    status: Literal["active", "paused", "ended"]
    version: str


def campaign_names(connection: Connection) -> tuple[CampaignName, ...]:
    """Return all campaigns by name."""
    rows = connection.execute(
        select(CAMPAIGN.c.name, CAMPAIGN.c.status, CAMPAIGN.c.version, VERSION.c.plan)
        .join(VERSION, VERSION.c.hash == CAMPAIGN.c.version)
        .order_by(CAMPAIGN.c.name)
    )
    return tuple(
        CampaignName(row.name, json.loads(row.plan)["title"], row.status, row.version) for row in rows
    )
