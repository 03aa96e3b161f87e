"""Boundary cases played, and what the language promises of each: said where it does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from punchcard.domain.database import table
from punchcard.domain.instances import Instance
from punchcard.domain.messages import Message
from punchcard.domain.occasions import Occasion
from punchcard.domain.rewards import Reward
from punchcard.plan.model import Plan
from punchcard.plan.triggers import SweptTrigger
from punchcard.trial.boundaries import BOUNDARIES
from punchcard.trial.boundaries.boundary import Boundary, Posted, beginning
from punchcard.trial.memory import Memory
from punchcard.trial.stage import Endless, Production, Stage

OCCASION, INSTANCE, REWARD, MESSAGE = table(Occasion), table(Instance), table(Reward), table(Message)
CONSENT = ({"channel": "email", "purpose": "marketing", "granted": True},)


@dataclass(frozen=True, slots=True)
class Held:
    """A boundary case, and each promise that does not hold in it."""

    boundary: Boundary
    broken: tuple[str, ...]


def hold(plan: Plan, production: Production, memory: Memory) -> Iterator[Held]:
    """Derive a campaign's boundary cases and play each; none where a condition lets nobody of them pass."""
    boundaries = list(BOUNDARIES[type(plan.trigger)](plan, production.schemas))
    probe = next((each for each in boundaries if each.conditional and each.standing), None)
    if probe is not None:
        stage = _played(probe, probe.posted, plan, production, memory)
        if not stage.rows(select(OCCASION)):
            return
    for boundary in boundaries:
        yield Held(boundary, tuple(_broken(boundary, plan, production, memory)))


def _broken(boundary: Boundary, plan: Plan, production: Production, memory: Memory) -> Iterator[str]:
    try:
        stage = _played(boundary, boundary.posted, plan, production, memory)
    except Endless:
        yield "its instances never come to rest"
        return
    occasions = _earned(stage, plan)
    standing = {row.identity for row in occasions if row.status == "standing"}
    if len(standing) != boundary.standing:
        yield f"{boundary.standing} occasions were to stand, and {len(standing)} do"
    if boundary.arisen is not None and len(occasions) != boundary.arisen:
        yield f"{boundary.arisen} occasions were to arise, and {len(occasions)} did"
    started = sum(row.disposition == "started" for row in occasions)
    if boundary.started is not None and plan.digest is None and started != boundary.started:
        yield f"{boundary.started} instances were to start, and {started} did"
    yield from _promises(stage, stage.rows(select(OCCASION)))
    if boundary.posted and not isinstance(plan.trigger, SweptTrigger):
        yield from _arrivals(boundary, plan, production, memory, standing)


def _earned(stage: Stage, plan: Plan) -> list[Any]:
    """The occasions that were earned; with a digest, those that start are its batches."""
    occasions = stage.rows(select(OCCASION))
    return [row for row in occasions if plan.digest is None or row.disposition != "started"]


def _arrivals(
    boundary: Boundary, plan: Plan, production: Production, memory: Memory, standing: set[str]
) -> Iterator[str]:
    """The same events each twice, or in another order: the same occasions stand; the latter for class S alone."""
    arrivals = {"each twice": tuple(each for each in boundary.posted for _ in range(2))}
    if boundary.by_the_set:
        arrivals["the other way round"] = boundary.posted[::-1]
    for name, posted in arrivals.items():
        stage = _played(boundary, posted, plan, production, memory, late=boundary.by_the_set)
        found = {row.identity for row in _earned(stage, plan) if row.status == "standing"}
        if found != standing:
            yield f"arriving {name}, other occasions stand: {', '.join(sorted(found ^ standing))}"


def _promises(stage: Stage, occasions: Sequence[Any]) -> Iterator[str]:
    """What holds in every case: nothing twice, and nothing for nobody."""
    rewards, messages = stage.rows(select(REWARD)), stage.rows(select(MESSAGE))
    by_id = {row.id: row for row in occasions}
    for reward in rewards:
        if by_id[reward.occasion_id].status == "reversed" and reward.status == "issued":
            yield f"the occasion {by_id[reward.occasion_id].identity} has fallen, and its reward can be redeemed"
    for what, rows in (("reward", rewards), ("message", messages)):
        keys = [(row.occasion_id, row.key) for row in rows]
        if len(set(keys)) < len(keys):
            yield f"some {what} was given twice"
        if any(by_id[row.occasion_id].disposition != "started" for row in rows):
            yield f"some {what} was given for what starts nothing"
    identities = [row.identity for row in occasions]
    if len(set(identities)) < len(identities):
        yield "some occasion has arisen twice"


def _played(
    boundary: Boundary,
    posted: Sequence[Posted],
    plan: Plan,
    production: Production,
    memory: Memory,
    *,
    late: bool = False,
) -> Stage:
    """Play a case; `late`, all of it comes in at its end, with the times at which it happened."""
    memory.clear()
    begins = beginning(plan) if boundary.begins is None else boundary.begins
    stage = Stage(memory, production, begins - 60_000)
    stage.introduce(held_out=boundary.held_out, variants={})
    profile: Mapping[str, Any] = {"first_name": "Ann", "email": "ann@example.com", "consents": list(CONSENT)}
    stage.post("profile", {**profile, **boundary.profile})
    stage.publish()
    stage.run(begins, inclusive=False)
    if late:
        stage.run(begins + max(each.after for each in posted), inclusive=False)
    for each in posted:
        if not late:
            stage.run(begins + each.after, inclusive=False)
        stage.post(
            each.kind, dict(each.data), id=each.id, occurred=begins + each.after, revision=each.revision
        )
    for key, inputs in boundary.by_hand:
        stage.start(plan.campaign, inputs, key=key)
    if late:
        return stage
    if boundary.runs is not None:
        stage.run(begins + boundary.runs, inclusive=True)
    elif not isinstance(plan.trigger, SweptTrigger):
        stage.run(None, inclusive=True)
    return stage
