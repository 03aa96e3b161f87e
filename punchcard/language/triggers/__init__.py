"""The table of triggers: a new kind of trigger is one row here."""

from punchcard.language.grammar import TriggerRow
from punchcard.language.triggers.anniversary import ANNIVERSARY
from punchcard.language.triggers.birthday import BIRTHDAY
from punchcard.language.triggers.event import EVENT
from punchcard.language.triggers.inactive import INACTIVE
from punchcard.language.triggers.items import ITEMS
from punchcard.language.triggers.manual import MANUAL
from punchcard.language.triggers.order import ORDER
from punchcard.language.triggers.reward import REWARD
from punchcard.language.triggers.schedule import SCHEDULE
from punchcard.language.triggers.segment import SEGMENT
from punchcard.language.triggers.spend import SPEND
from punchcard.language.triggers.visits import VISITS

TRIGGERS: tuple[TriggerRow, ...] = (
    SPEND,
    ORDER,
    ITEMS,
    VISITS,
    EVENT,
    BIRTHDAY,
    ANNIVERSARY,
    INACTIVE,
    SCHEDULE,
    REWARD,
    SEGMENT,
    MANUAL,
)
