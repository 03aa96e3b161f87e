"""Playing journeys on a stage: each by a customer of its own, beside one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.workflows.journeys.journey import Journey
from tests.workflows.records import MESSAGE, TASK
from tests.workflows.stage import Stage


@dataclass(frozen=True)
class Played:
    """A journey that was played: the instance, and the messages that went out in it."""

    journey: Journey
    customer: str
    instance: Any
    mails: tuple[str, ...]


async def play(stage: Stage, journeys: Iterable[Journey]) -> list[Played]:
    """Play journeys beside one another, each by a customer of its own, until every instance has ended."""
    journeys = list(journeys)
    plans = stage.publish_definitions({journey.campaign for journey in journeys})
    cast: dict[str, Journey] = {}
    for journey in journeys:
        customer = stage.rewardable(plans[journey.campaign], "c", journey.variants)
        cast[customer] = journey
        journey.begin(stage, customer, journey.campaign)
    reacted: set[tuple[str, str]] = set()
    while True:
        await stage.quiet()
        looked_at = stage.ticks()
        if not _react(stage, cast, reacted) and not await stage.leap(looked_at):
            break
    return [_played(stage, customer, journey) for customer, journey in cast.items()]


def _react(stage: Stage, cast: Mapping[str, Journey], reacted: set[tuple[str, str]]) -> bool:
    """Let everybody react to what has newly arrived, a message or a task; tell whether somebody did."""
    news = [
        (customer, row.name)
        for customer, journey in cast.items()
        for row in (
            *stage.of(customer, MESSAGE, journey.campaign),
            *stage.of(customer, TASK, journey.campaign),
        )
        if row.status in ("sent", "open")
        and row.name in journey.reactions
        and (customer, row.name) not in reacted
    ]
    for customer, message in news:
        cast[customer].reactions[message](stage, customer, cast[customer].campaign)
    reacted.update(news)
    return bool(news)


def _played(stage: Stage, customer: str, journey: Journey) -> Played:
    mails = [row.name for row in stage.of(customer, MESSAGE, journey.campaign)]
    return Played(journey, customer, stage.instance(customer, journey.campaign), tuple(mails))
