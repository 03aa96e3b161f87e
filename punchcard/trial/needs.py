"""What a deed of a story needs before it: an answer its question, a redemption its reward, a decision its task."""

from __future__ import annotations

from sqlalchemy import select

from punchcard.domain.database import table
from punchcard.domain.instances import Instance
from punchcard.domain.rewards import Reward
from punchcard.domain.tasks import Task
from punchcard.language.trials.model import Answered, Decided, Deed, Operated, Redeemed
from punchcard.trial.stage import Stage

INSTANCE, REWARD, TASK = table(Instance), table(Reward), table(Task)


def lacks(stage: Stage, deed: Deed, campaign: str) -> bool:
    """Whether a deed comes to nothing so far, since what it is about is not there, or has been settled before."""
    match deed:
        case Answered(to=to, refused=refused):
            name = stage.latest_question(campaign, to)
            return name is None or not (refused or stage.awaits(campaign, f"{name}.answered"))
        case Redeemed(reward=reward, refused=refused):
            named = (REWARD.c.campaign == campaign, REWARD.c.name == reward)
            given = select(REWARD.c.status).where(*named).order_by(REWARD.c.id.desc()).limit(1)
            status = stage.one(given)
            return status is None or not (refused or status == "issued")
        case Decided(task=task):
            latest = stage.latest_task(campaign, task)
            status = None if latest is None else stage.one(select(TASK.c.status).where(TASK.c.id == latest))
            return bool(status != "open")
        case Operated(target="instance"):
            mine = (INSTANCE.c.campaign == campaign, INSTANCE.c.status != "closed")
            return stage.one(select(INSTANCE.c.id).where(*mine).limit(1)) is None
    return False
