"""Campaigns that a campaign starts, in the words of its journal."""

from __future__ import annotations

from markupsafe import Markup

from api.console.addresses import address
from api.console.words.account import Account, Told
from api.console.words.reasons import suppression_words
from api.console.words.states import instance_state
from punchcard.domain.instance_story import Entry
from punchcard.wording.names import title_of


def campaign_started(account: Account, entry: Entry) -> Told:
    """Another campaign was started, or did not take the customer in."""
    speech, instance = account.speech, entry.data.get("instance")
    name: Markup | str = speech.quote(title_of(str(entry.data.get("campaign", ""))))
    if instance is None:
        sentence = speech.gettext("The campaign %(campaign)s did not take the customer in")
        return Told(speech.say(sentence, campaign=name), "start", "warn")
    name = Markup('<a href="{}">{}</a>').format(address("instances", str(instance)), name)
    return Told(
        speech.say(speech.gettext("Started the campaign %(campaign)s"), campaign=name), "start", "good"
    )


def not_started(account: Account, entry: Entry) -> Told:
    """Another campaign was not to be started."""
    speech = account.speech
    sentence = speech.gettext("Did not start another campaign: %(reason)s")
    reason = suppression_words(speech, entry.data.get("reason"))
    return Told(speech.say(sentence, reason=reason), "start", "warn")


def other_ended(account: Account, campaign: str, entry: Entry) -> Told:
    """A campaign that this one had started has ended: how, as the journal of that one puts it."""
    speech, outcome = account.speech, str(entry.data.get("outcome"))
    name = speech.quote(title_of(campaign))
    words = speech.say(speech.gettext("The campaign %(campaign)s has ended"), campaign=name)
    return Told(
        words, "end", "good" if outcome == "completed" else "quiet", instance_state(speech, outcome).words
    )
