"""What an instance does next, as the end of a sentence: `…, then sends “Redeem reminder”`."""

from __future__ import annotations

from typing import assert_never

from punchcard.plan.model import Ask, If, Reward, Send, Step, Stop, Wait
from punchcard.plan.program import Program
from punchcard.wording.moments import moment_name
from punchcard.wording.names import event_name, title_of
from punchcard.wording.offers import offer_words
from punchcard.wording.speech import Speech


def after_limit(program: Program, path: str) -> Step | None:
    """Return the step that follows once a wait's limit is reached; None at the end of the plan."""
    step = program.steps[path]
    if isinstance(step, Wait | Ask) and step.otherwise:
        return step.otherwise[0]
    following = program.after[path]
    return None if following is None else program.steps[following]


def then_words(speech: Speech, step: Step | None, currency: str) -> str:
    """Return what is done next as a clause."""
    match step:
        case None:
            return speech.gettext("then is completed")
        case Send(message=message):
            return speech.gettext("then sends “%(message)s”") % {"message": title_of(message)}
        case Reward(offer=offer):
            return speech.gettext("then gives %(worth)s") % {"worth": offer_words(speech, offer, currency)}
        case Wait(events=()):
            return speech.gettext("then waits (%(moment)s)") % {"moment": moment_name(speech, step.until)}
        case Wait(events=events):
            names = speech.either([event_name(speech, name) for name in events])
            return speech.gettext("then waits for: %(events)s") % {"events": names}
        case If(source=source):
            return speech.gettext("then decides by “%(condition)s”") % {"condition": source}
        case Ask(message=message):
            return speech.gettext("then asks “%(message)s”") % {"message": title_of(message)}
        case Stop():
            return speech.gettext("then ends")
        case _:
            assert_never(step)
