"""The table of verbs: a new kind of step is one row here."""

from punchcard.language.grammar import Verb
from punchcard.language.steps.approve import APPROVE
from punchcard.language.steps.ask import ASK
from punchcard.language.steps.call import CALL
from punchcard.language.steps.choice import IF
from punchcard.language.steps.choose import CHOOSE
from punchcard.language.steps.repeat import REPEAT
from punchcard.language.steps.reward import REWARD
from punchcard.language.steps.send import SEND
from punchcard.language.steps.split import SPLIT
from punchcard.language.steps.start import START
from punchcard.language.steps.stop import STOP
from punchcard.language.steps.task import TASK
from punchcard.language.steps.together import TOGETHER
from punchcard.language.steps.update import UPDATE
from punchcard.language.steps.use import USE
from punchcard.language.steps.wait import WAIT

VERBS: tuple[Verb, ...] = (
    REWARD,
    SEND,
    WAIT,
    ASK,
    TASK,
    APPROVE,
    IF,
    CHOOSE,
    SPLIT,
    TOGETHER,
    REPEAT,
    USE,
    UPDATE,
    CALL,
    START,
    STOP,
)
