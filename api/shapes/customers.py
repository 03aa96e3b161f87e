"""Customers: what is known of one, how far they are, and what they earned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import Field

from api.instants import Instant, to_text
from api.shapes.values import Given, NextCursor, PageAsked, Word, money
from punchcard.domain.customer_story import CustomerStory, OccasionLine, ProgressLine
from punchcard.plan.dispositions import Disposition
from punchcard.programmes import Standing
from punchcard.router.wire import Money


class ConsentShown(Given):
    """Whether the customer agrees to messages of a purpose over a channel."""

    channel: str
    purpose: str
    granted: bool
    changed_at: Instant
    origin: str


class ProgressShown(Given):
    """How far the customer is in a campaign that counts spend, or orders."""

    campaign: str = Field(examples=["spend-and-save"])
    spent: Money | None = Field(description="Where spend is counted.")
    orders: int | None = Field(description="Where orders are counted, or periods in a row.")
    missing: Money | int | None = Field(description="What is still to come until the next occasion.")
    earned: int = Field(description="How many occasions stand.", examples=[2])


class CustomerShown(Given):
    """What is known of a customer; after an erasure the person's own data are null."""

    customer: str = Field(description="The id that was asked for.", examples=["C-17"])
    ids: list[str] = Field(
        description="Every id that your systems know the customer by.", examples=[["C-17"]]
    )
    first_name: str | None
    last_name: str | None
    email: str | None
    phone: str | None
    language: str | None
    timezone: str | None
    birthday: str | None
    attributes: dict[str, Any]
    tags: list[str] = Field(description="What campaigns have put on the customer.", examples=[["vip"]])
    segments: list[str] = Field(
        description="The segments of the programme that the customer is in by what is known now.",
        examples=[["loyal"]],
    )
    created_at: Instant
    erased_at: Instant | None
    consents: list[ConsentShown]
    progress: list[ProgressShown]


class OccasionsAsked(PageAsked):
    """Which occasions."""

    campaign: Word | None = Field(default=None, description="Of one campaign.")
    disposition: Disposition | None = Field(default=None, description="With one outcome.")


class OccasionShown(Given):
    """Something that the customer earned.

    `disposition` is `started`, `joined` (a digest's batch, which starts one instance), or says why nothing came of
    it: `held_out` (kept to compare with), `over_limit`,
    `not_in_audience`, `not_again` (once for each customer), `too_soon`, `already_running`, `outside` (the
    campaign's dates), `historical` (before the campaign).
    """

    campaign: str
    occasion: str = Field(description="Unique for the customer in this campaign.", examples=["2"])
    status: Literal["standing", "reversed"]
    disposition: Disposition
    operands: dict[str, Any] | None = Field(
        description="What decided whether the customer takes part, where filter or audience look at customers: money "
        "in minor units.",
        examples=[{'customer.in_segment("loyal")': False, "customer.orders": 2}],
    )
    instance: str | None
    occurred_at: Instant = Field(description="When it was earned, in business time.")
    recorded_at: Instant
    changed_at: Instant


class OccasionPage(Given):
    """Occasions, the latest first."""

    occasions: list[OccasionShown]
    next: NextCursor = None


def customer_shown(customer: str, story: CustomerStory, segments: Sequence[Standing]) -> CustomerShown:
    """Put a customer into the shape."""
    return CustomerShown(
        customer=customer,
        ids=list(story.external_ids),
        first_name=story.first_name,
        last_name=story.last_name,
        email=story.email,
        phone=story.phone,
        language=story.language,
        timezone=story.timezone,
        birthday=story.birthday,
        attributes=story.attributes,
        tags=list(story.tags),
        segments=[each.name for each in segments if each.inside],
        created_at=to_text(story.created_at),
        erased_at=to_text(story.erased_at),
        consents=[
            ConsentShown(
                channel=word.channel,
                purpose=word.purpose,
                granted=word.granted,
                changed_at=to_text(word.changed_at),
                origin=word.origin,
            )
            for word in story.consents
        ],
        progress=[_progress(line) for line in story.progress],
    )


def occasion_shown(line: OccasionLine) -> OccasionShown:
    """Put an occasion into its shape."""
    return OccasionShown(
        campaign=line.campaign,
        occasion=line.identity,
        status=line.status,
        disposition=line.disposition,
        operands=None if line.decided is None else line.decided["operands"],
        instance=line.instance_id,
        occurred_at=to_text(line.occurred_at),
        recorded_at=to_text(line.recorded_at),
        changed_at=to_text(line.changed_at),
    )


def _progress(line: ProgressLine) -> ProgressShown:
    if line.currency is None:
        return ProgressShown(
            campaign=line.campaign,
            spent=None,
            orders=line.measure,
            missing=line.missing,
            earned=line.standing,
        )
    return ProgressShown(
        campaign=line.campaign,
        spent=money(line.measure, line.currency),
        orders=None,
        missing=None if line.missing is None else money(line.missing, line.currency),
        earned=line.standing,
    )
