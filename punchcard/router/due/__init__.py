"""Who is due when time itself starts a campaign: one search for each kind of trigger, and one table that names them."""

from collections.abc import Mapping
from types import MappingProxyType

from punchcard.plan.triggers import (
    AnniversaryTrigger,
    BirthdayTrigger,
    InactiveTrigger,
    RewardTrigger,
    ScheduleTrigger,
    SegmentTrigger,
)
from punchcard.router.due.anniversary import ANNIVERSARY
from punchcard.router.due.birthday import BIRTHDAY
from punchcard.router.due.inactive import INACTIVE
from punchcard.router.due.reward import REWARD
from punchcard.router.due.schedule import SCHEDULE
from punchcard.router.due.search import Search
from punchcard.router.due.segment import SEGMENT

SEARCHES: Mapping[type, Search] = MappingProxyType(
    {
        BirthdayTrigger: BIRTHDAY,
        AnniversaryTrigger: ANNIVERSARY,
        InactiveTrigger: INACTIVE,
        ScheduleTrigger: SCHEDULE,
        RewardTrigger: REWARD,
        SegmentTrigger: SEGMENT,
    }
)
