"""Rewards: find them, see one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from api.auth import Allowed, keyed
from api.installation import Here
from api.shapes.rewards import RewardPage, RewardsAsked, RewardShown, reward_shown
from punchcard.domain.refusals import CursorUnknown, RewardUnknown
from punchcard.domain.reward_list import find_reward, find_rewards

router = APIRouter(prefix="/v1/rewards", tags=["Rewards"], dependencies=[Depends(Allowed("rewards:read"))])


@router.get("", summary="Find rewards", responses=keyed(CursorUnknown))
def get_rewards(asked: Annotated[RewardsAsked, Query()], here: Here) -> RewardPage:
    """Return rewards, the latest first, in pages: `next` is the `cursor` of the page that follows."""
    with here.database.read() as connection:
        page = find_rewards(
            connection,
            here.now(),
            campaign=asked.campaign,
            customer=asked.customer,
            state=asked.state,
            cursor=asked.cursor,
            limit=asked.limit,
        )
    return RewardPage(rewards=[reward_shown(line) for line in page.items], next=page.next)


@router.get("/{reward}", summary="See a reward", responses=keyed(RewardUnknown))
def get_reward(
    reward: Annotated[int, Path(ge=1, le=2**63 - 1, description="Its id.", examples=[1])], here: Here
) -> RewardShown:
    """Return one reward with its terms, its state and its redemption."""
    with here.database.read() as connection:
        return reward_shown(find_reward(connection, reward, here.now()))
