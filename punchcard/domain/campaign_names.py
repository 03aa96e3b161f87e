"""Campaigns by name and title alone: for lists and filters that need no numbers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, select

from punchcard.domain.campaigns import Campaign, Version
from punchcard.domain.database import table
from punchcard.domain.refusals import CampaignUnknown

CAMPAIGN, VERSION = table(Campaign), table(Version)
_NAMES: Select[Any] = select(CAMPAIGN.c.name, CAMPAIGN.c.status, CAMPAIGN.c.version, VERSION.c.plan).join(
    VERSION, VERSION.c.hash == CAMPAIGN.c.version
)


@dataclass(frozen=True, slots=True)
class CampaignName:
    """A campaign, its current version and that version's title."""

    name: str
    title: str
    status: Literal["active", "paused", "ended"]
    version: str


def campaign_names(connection: Connection) -> tuple[CampaignName, ...]:
    """Return all campaigns by name."""
    return tuple(_name(row) for row in connection.execute(_NAMES.order_by(CAMPAIGN.c.name)))


def find_campaign_name(connection: Connection, name: str) -> CampaignName:
    """Return one campaign; CampaignUnknown if there is none of this name."""
    row = connection.execute(_NAMES.where(CAMPAIGN.c.name == name)).first()
    if row is None:
        raise CampaignUnknown(f"There is no campaign {name}.", remedy="Publish it first.")
    return _name(row)


def _name(row: Row[Any]) -> CampaignName:
    return CampaignName(row.name, json.loads(row.plan)["title"], row.status, row.version)
