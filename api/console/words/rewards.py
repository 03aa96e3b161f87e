"""The journal's lines about rewards: given, refused, taken and given back, and owed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from markupsafe import Markup, escape

from api.console.words.account import Account, Told
from punchcard.domain.instance_story import Entry
from punchcard.wording.offers import given_words
from punchcard.wording.speech import Speech


def _rewarded(account: Account, entry: Entry) -> Told | None:
    speech, name = account.speech, entry.data.get("name")
    given = [each for each in account.story.rewards if each.name == name and each.issued_at == entry.at]
    if not given:
        return None  # it was asked for and refused: an incident or the end says so
    reward = given[0]
    worth = given_words(speech, reward.terms, reward.currency, reward.orders)
    code = Markup("<code>{}</code>").format(reward.code)
    words = speech.say(speech.gettext("Gave %(worth)s: %(code)s"), worth=worth, code=code)
    end = _first_end(account, entry, reward.expires_at)
    if end is None:
        return Told(words, "reward", "good", speech.gettext("It does not expire"))
    until = speech.say(speech.gettext("Good until %(moment)s"), moment=speech.when(end))
    return Told(words, "reward", "good", until)


def _first_end(account: Account, given: Entry, end: int | None) -> int | None:
    """Return when a reward was to end as it was given: whoever gets it back later has it for longer."""
    for entry in account.story.journal:
        same = entry.data.get("name") == given.data.get("name")
        if entry.kind == "given_back" and same and entry.at >= given.at and "expired" in entry.data:
            return int(entry.data["expired"])
    return end


def _refused(account: Account, entry: Entry) -> Told:
    words = account.speech.gettext("Gave no reward: the budget for all customers is used up")
    return Told(escape(words), "reward", "warn")


def _revoked(account: Account, entry: Entry) -> Told:
    words = account.speech.say(account.speech.gettext("Revoked %(code)s"), code=_code(account, entry))
    return Told(words, "reward", "warn")


def _given_back(account: Account, entry: Entry) -> Told:
    speech, end = account.speech, entry.data.get("expires")
    words = speech.say(speech.gettext("Gave %(code)s back: it is valid again"), code=_code(account, entry))
    until = (
        "" if end is None else speech.say(speech.gettext("Good until %(moment)s"), moment=speech.when(end))
    )
    return Told(words, "reward", "good", until)


def _owed(account: Account, entry: Entry) -> Told:
    speech, amount = account.speech, entry.data.get("amount")
    if amount is None:
        words = speech.say(speech.gettext("What %(code)s took off is owed"), code=_code(account, entry))
    else:
        owed = speech.money(amount, str(entry.data.get("currency")))
        sentence = speech.gettext("%(amount)s that %(code)s took off are owed")
        words = speech.say(sentence, amount=owed, code=_code(account, entry))
    return Told(words, "reward", "warn")


def _debt_lifted(account: Account, entry: Entry) -> Told:
    sentence = account.speech.gettext("Nothing is owed for %(code)s any more: what earned it stands again")
    return Told(account.speech.say(sentence, code=_code(account, entry)), "reward", "good")


def _code(account: Account, entry: Entry) -> Markup:
    """Return the code of the reward that a line names."""
    name = str(entry.data.get("name"))
    return Markup("<code>{}</code>").format(account.code_of(name) or name)


def uses_left(speech: Speech, entry: Entry) -> str:
    """Return how many uses are left of a code for several orders."""
    if "uses_left" not in entry.data:
        return ""
    left = int(entry.data["uses_left"])
    if not left:
        return speech.gettext("It was the last time")
    words = speech.ngettext("It can be used %(count)s more time", "It can be used %(count)s more times", left)
    return words % {"count": speech.number(left)}


REWARDS: Mapping[str, Callable[[Account, Entry], Told | None]] = MappingProxyType(
    {
        "rewarded": _rewarded,
        "refused": _refused,
        "revoked": _revoked,
        "given_back": _given_back,
        "owed": _owed,
        "debt_lifted": _debt_lifted,
    }
)
