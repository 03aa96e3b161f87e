"""Rewards: find them, see one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from api.auth import Allowed, keyed
from api.installation import Here
from api.problems import NotJson
from api.shapes.rewards import DebtSettled, RewardPage, RewardsAsked, RewardShown, reward_shown
from punchcard.domain.debts import settle
from punchcard.domain.keys import Key
from punchcard.domain.refusals import CursorUnknown, InputUnfit, NothingOwed, RewardUnknown
from punchcard.domain.reward_list import find_reward, find_rewards

router = APIRouter(prefix="/v1/rewards", tags=["Rewards"])
Reads = Depends(Allowed("rewards:read"))
Id = Annotated[int, Path(ge=1, le=2**63 - 1, description="Its id.", examples=[1])]


@router.get("", summary="Find rewards", dependencies=[Reads], responses=keyed(CursorUnknown))
def get_rewards(asked: Annotated[RewardsAsked, Query()], here: Here) -> RewardPage:
    """Return rewards, the latest first, in pages: `next` is the `cursor` of the page that follows."""
    with here.database.read() as connection:
        page = find_rewards(
            connection,
            here.now(),
            campaign=asked.campaign,
            customer=asked.customer,
            state=asked.state,
            debt=asked.debt,
            cursor=asked.cursor,
            limit=asked.limit,
        )
    return RewardPage(rewards=[reward_shown(line) for line in page.items], next=page.next)


@router.get("/{reward}", summary="See a reward", dependencies=[Reads], responses=keyed(RewardUnknown))
def get_reward(reward: Id, here: Here) -> RewardShown:
    """Return one reward with its terms, its state, its redemption, and what is owed for it."""
    with here.database.read() as connection:
        return reward_shown(find_reward(connection, reward, here.now()))


@router.post(
    "/{reward}/settlement",
    summary="Settle what is owed for a reward",
    responses=keyed(NotJson, RewardUnknown, NothingOwed, InputUnfit),
)
def post_settlement(
    reward: Id, body: DebtSettled, here: Here, key: Annotated[Key, Depends(Allowed("rewards:settle"))]
) -> RewardShown:
    """Say that a debt was collected, or is waived. Saying the same again changes nothing.

    Punchcard charges nobody: what is owed is for your shop to collect, or to leave.
    """
    now = here.now()
    with here.database.begin() as connection:
        settle(connection, reward, body.how, key.actor, body.note, now)
        return reward_shown(find_reward(connection, reward, now))
