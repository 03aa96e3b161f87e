"""`reward` in words."""

from __future__ import annotations

from collections.abc import Iterator

from punchcard.plan.model import Plan
from punchcard.plan.triggers import RewardTrigger
from punchcard.wording.speech import Speech
from punchcard.wording.triggers.filtering import who_counts
from punchcard.wording.triggers.words import TriggerWords


def _label(speech: Speech, plan: Plan, trigger: RewardTrigger) -> str:
    if trigger.expires_in is None:
        return speech.gettext("A reward of %(campaign)s was redeemed") % {"campaign": trigger.of}
    words = speech.gettext("A reward of %(campaign)s expires in %(span)s")
    return words % {"campaign": trigger.of, "span": speech.span(trigger.expires_in)}


def _sentences(speech: Speech, plan: Plan, trigger: RewardTrigger) -> Iterator[str]:
    if trigger.expires_in is None:
        words = speech.gettext(
            "When a reward that %(campaign)s has given is redeemed, the campaign starts once."
        )
        yield words % {"campaign": trigger.of}
        return
    if trigger.minute is None:
        words = speech.gettext(
            "When a reward that %(campaign)s has given expires in %(span)s and is unused, the campaign starts once; "
            "it ends as soon as the reward is used."
        )
        yield words % {"campaign": trigger.of, "span": speech.span(trigger.expires_in)}
    else:
        words = speech.gettext(
            "%(span)s before the day on which a reward that %(campaign)s has given expires, at %(time)s in the "
            "customer's time zone and if it is unused, the campaign starts once; it ends as soon as the reward is used."
        )
        span, time = speech.span(trigger.expires_in), speech.minute(trigger.minute)
        yield words % {"campaign": trigger.of, "span": span, "time": time}
    yield from who_counts(speech, plan, trigger.where)


WORDS = TriggerWords(_label, _sentences)
