"""Campaigns as they run, with how many instances are where, and the versions that each has had."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, select

from punchcard.domain.campaign_names import find_campaign_name
from punchcard.domain.campaigns import Campaign, Version
from punchcard.domain.database import table
from punchcard.domain.instance_search import INSTANCE, STATE, STATES, State
from punchcard.domain.refusals import CampaignUnknown, VersionUnknown
from punchcard.domain.rewards import Reward
from punchcard.plan.codec import read_plan
from punchcard.plan.model import Plan

CAMPAIGN, VERSION, REWARD = table(Campaign), table(Version), table(Reward)


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign in a list: its latest version's title, and how many instances are in each state."""

    name: str
    title: str
    status: Literal["active", "paused", "ended"]
    version: str
    number: int
    epoch: int
    paused_at: int | None
    created_at: int
    published_at: int
    instances: dict[State, int]
    rewards: int
    redeemed: int


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One published version, and how many of its instances are still open."""

    hash: str
    number: int
    epoch: int
    published_at: int
    published_by: str
    open_instances: int


@dataclass(frozen=True, slots=True)
class VersionText:
    """One published version with its plan, and the text and the message files that it was made from."""

    campaign: str
    hash: str
    number: int
    epoch: int
    published_at: int
    published_by: str
    source: str
    files: dict[str, str]
    plan: Plan


def list_campaigns(connection: Connection) -> tuple[CampaignLine, ...]:
    """Return all campaigns by name."""
    rows = connection.execute(_campaigns().order_by(CAMPAIGN.c.name)).all()
    states, given = _states(connection, None), _given(connection, None)
    return tuple(_line(row, states, given) for row in rows)


def find_campaign(connection: Connection, name: str) -> CampaignLine:
    """Return one campaign; CampaignUnknown if there is none of this name."""
    row = connection.execute(_campaigns().where(CAMPAIGN.c.name == name)).first()
    if row is None:
        raise CampaignUnknown(f"There is no campaign {name}.", remedy="Publish it first.")
    return _line(row, _states(connection, name), _given(connection, name))


def list_versions(connection: Connection, name: str) -> tuple[VersionLine, ...]:
    """Return every version that a campaign has had, the latest first; CampaignUnknown if there is no such campaign."""
    find_campaign_name(connection, name)
    rows = connection.execute(
        select(
            VERSION.c.hash,
            VERSION.c.number,
            VERSION.c.epoch,
            VERSION.c.published_at,
            VERSION.c.published_by,
        )
        .where(VERSION.c.campaign == name)
        .order_by(VERSION.c.number.desc())
    )
    still_open = _still_open(connection, name)
    return tuple(VersionLine(*row, open_instances=still_open.get(row.hash, 0)) for row in rows)


def find_version(connection: Connection, hash_: str, *, campaign: str | None = None) -> VersionText:
    """Return a version by its hash; VersionUnknown if there is none, or it is another campaign's."""
    row = connection.execute(select(VERSION).where(VERSION.c.hash == hash_)).first()
    if row is None or campaign not in (None, row.campaign):
        raise VersionUnknown(f"There is no version {hash_}.", remedy="List the campaign's versions.")
    return VersionText(
        campaign=row.campaign,
        hash=row.hash,
        number=row.number,
        epoch=row.epoch,
        published_at=row.published_at,
        published_by=row.published_by,
        source=row.source,
        files=json.loads(row.files),
        plan=read_plan(row.plan),
    )


def version_before(connection: Connection, version: VersionText) -> VersionText | None:
    """Return the version that was published before another of the same campaign; None for the first."""
    found = connection.execute(
        select(VERSION.c.hash).where(
            VERSION.c.campaign == version.campaign, VERSION.c.number == version.number - 1
        )
    ).scalar()
    return None if found is None else find_version(connection, found)


def _still_open(connection: Connection, name: str) -> dict[str, int]:
    """How many of a campaign's instances are open, by their version."""
    counted = select(INSTANCE.c.version, func.count().label("instances")).where(
        INSTANCE.c.campaign == name, INSTANCE.c.status.in_(("unstarted", "open"))
    )
    return {row.version: row.instances for row in connection.execute(counted.group_by(INSTANCE.c.version))}


def _campaigns() -> Any:
    return select(CAMPAIGN, VERSION.c.plan, VERSION.c.published_at).join(
        VERSION, VERSION.c.hash == CAMPAIGN.c.version
    )


def _states(connection: Connection, name: str | None) -> dict[str, dict[str, int]]:
    state = STATE.label("state")
    counted = select(INSTANCE.c.campaign, state, func.count().label("instances"))
    if name is not None:
        counted = counted.where(INSTANCE.c.campaign == name)
    found: dict[str, dict[str, int]] = {}
    for row in connection.execute(counted.group_by(INSTANCE.c.campaign, state)):
        found.setdefault(row.campaign, {})[row.state] = row.instances
    return found


def _given(connection: Connection, name: str | None) -> dict[str, tuple[int, int]]:
    """How many rewards each campaign has given that stand, and how many of them were redeemed."""
    used = func.count(REWARD.c.redeemed_at)
    counted = select(REWARD.c.campaign, func.count().label("given"), used.label("used"))
    counted = counted.where(REWARD.c.status != "revoked")
    if name is not None:
        counted = counted.where(REWARD.c.campaign == name)
    rows = connection.execute(counted.group_by(REWARD.c.campaign))
    return {row.campaign: (row.given, row.used) for row in rows}


def _line(
    row: Row[Any], states: dict[str, dict[str, int]], given: dict[str, tuple[int, int]]
) -> CampaignLine:
    found = states.get(row.name, {})
    rewards, redeemed = given.get(row.name, (0, 0))
    return CampaignLine(
        name=row.name,
        title=json.loads(row.plan)["title"],
        status=row.status,
        version=row.version,
        number=row.number,
        epoch=row.epoch,
        paused_at=row.paused_at,
        created_at=row.created_at,
        published_at=row.published_at,
        instances={state: found[state] for state in STATES if state in found},
        rewards=rewards,
        redeemed=redeemed,
    )
