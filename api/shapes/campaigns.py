"""Campaigns: as they run, their versions, and what a check finds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Path as FromPath
from pydantic import Field

from api.instants import Instant, to_text
from api.shapes.values import Given, Name, Prose, Taken
from punchcard.domain.campaign_list import CampaignLine, VersionLine, VersionText
from punchcard.domain.instance_search import State
from punchcard.language import Checked, Diagnostic, Programme
from punchcard.language.across import beside
from punchcard.language.files import Written
from punchcard.plan.clockwork import earliest_day
from punchcard.plan.codec import plan_json
from punchcard.plan.model import Millis, Plan
from punchcard.router.publishing import Published

EXAMPLE_TEXT = """\
campaign: welcome
title: A welcome for the first order
currency: USD
when:
  order: {first: yes}
steps:
  - reward: {discount: 10%, expires: 30 days}
    as: coupon
  - send: welcome
messages:
  welcome:
    purpose: marketing
    subject: Welcome, {{ customer.first_name }}
    body: |
      Use {{ coupon.code }} for 10% off.
"""
_NAME = re.compile(r"^campaign:[ \t]*([a-z0-9-]+)[ \t]*\r?$", re.MULTILINE)
CampaignName = Annotated[Name, FromPath(description="The campaign's name.", examples=["spend-and-save"])]
Text = Annotated[Prose, Field(max_length=500_000)]


class CampaignText(Taken):
    """A campaign as it was written, with its message files if it has any."""

    text: Text = Field(description="The YAML.", examples=[EXAMPLE_TEXT])
    name: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*$",
        description="The file's name, as diagnostics show it; the campaign's own if it is left out.",
        examples=["welcome.yaml"],
    )
    files: dict[str, Text] = Field(
        default_factory=dict,
        max_length=500,
        description="Texts of message files by their path beside the campaign: "
        "`messages/<campaign>/<message>.<language>.md`.",
    )

    def checked(self, programme: Programme, running: Iterable[Plan], now: Millis) -> Checked:
        """The plan, or every mistake, by the installation's programme, beside the campaigns that run, at `now`."""
        written = Written(Path(self.name or self._own_name()), self.text, self.files)
        ((_, checked),) = beside([(written, written.check(programme, earliest_day(now)))], running)
        return checked

    def _own_name(self) -> str:
        """What the campaign's file would be called, since a campaign and its file have one name."""
        found = _NAME.search(self.text)
        return f"{found.group(1) if found else 'campaign'}.yaml"


class DiagnosticShown(Given):
    """One finding; line and column count from 1, in characters."""

    code: str = Field(examples=["PC1403"])
    severity: str = Field(examples=["error"])
    file: str
    line: int
    column: int
    length: int
    message: str
    expected: str | None
    suggestion: str | None
    address: str = Field(description="The page that explains the code.")


class Check(Given):
    """What a check found; a campaign that is `valid` can be published."""

    valid: bool
    campaign: str | None = Field(description="Its name, if it is valid.", examples=["welcome"])
    diagnostics: list[DiagnosticShown]


class PublishedShown(Given):
    """What publishing did; running instances keep their version."""

    campaign: str = Field(examples=["welcome"])
    version: str = Field(description="The hash that names the version by its content.")
    number: int
    epoch: int
    changed: bool = Field(description="False where this very version was current already.")
    new_epoch: bool = Field(description="Whether counting began anew, with the remainder carried over.")
    diagnostics: list[DiagnosticShown] = Field(description="What the check remarked.")


class CampaignShown(Given):
    """A campaign as it runs now."""

    name: str = Field(examples=["spend-and-save"])
    title: str
    status: Literal["active", "paused", "ended"]
    version: str
    number: int
    epoch: int = Field(description="Numbers its ways of counting.")
    paused_at: Instant | None
    created_at: Instant
    published_at: Instant
    instances: dict[State, int] = Field(description="How many, by state.", examples=[{"waiting": 12}])
    rewards: int = Field(description="How many stand.")
    redeemed: int


class CampaignList(Given):
    """All campaigns by name."""

    campaigns: list[CampaignShown]


class VersionShown(Given):
    """A published version, and how many of its instances are still open."""

    version: str
    number: int
    epoch: int
    published_at: Instant
    published_by: str
    open_instances: int


class VersionList(Given):
    """Every version that a campaign has had, the latest first."""

    versions: list[VersionShown]


class VersionWhole(Given):
    """A published version with the text that it was made from, and its plan."""

    campaign: str
    version: str
    number: int
    epoch: int
    published_at: Instant
    published_by: str
    text: str
    files: dict[str, str]
    plan: dict[str, Any] = Field(description="What the machine walks; the version is the hash of it.")


class CampaignCommandAsked(Taken):
    """What a campaign is to do."""

    command: Literal["pause", "resume"]
    reason: Prose | None = Field(default=None, max_length=500, examples=["stocktaking"])


def diagnostics_shown(found: tuple[Diagnostic, ...]) -> list[DiagnosticShown]:
    """Put findings into their shape."""
    return [DiagnosticShown(**diagnostic.as_data()) for diagnostic in found]


def published_shown(published: Published, found: tuple[Diagnostic, ...]) -> PublishedShown:
    """Put what publishing did into its shape."""
    return PublishedShown(
        campaign=published.campaign,
        version=published.version,
        number=published.number,
        epoch=published.epoch,
        changed=published.changed,
        new_epoch=published.new_epoch,
        diagnostics=diagnostics_shown(found),
    )


def campaign_shown(line: CampaignLine) -> CampaignShown:
    """Put a campaign into its shape."""
    return CampaignShown(
        name=line.name,
        title=line.title,
        status=line.status,
        version=line.version,
        number=line.number,
        epoch=line.epoch,
        paused_at=to_text(line.paused_at),
        created_at=to_text(line.created_at),
        published_at=to_text(line.published_at),
        instances=line.instances,
        rewards=line.rewards,
        redeemed=line.redeemed,
    )


def version_shown(line: VersionLine) -> VersionShown:
    """Put a version of the list into its shape."""
    return VersionShown(
        version=line.hash,
        number=line.number,
        epoch=line.epoch,
        published_at=to_text(line.published_at),
        published_by=line.published_by,
        open_instances=line.open_instances,
    )


def version_whole(version: VersionText) -> VersionWhole:
    """Put a version with its text into its shape."""
    return VersionWhole(
        campaign=version.campaign,
        version=version.hash,
        number=version.number,
        epoch=version.epoch,
        published_at=to_text(version.published_at),
        published_by=version.published_by,
        text=version.source,
        files=version.files,
        plan=json.loads(plan_json(version.plan)),
    )
