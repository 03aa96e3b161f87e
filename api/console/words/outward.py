"""What the journal says of calls, of steps that came to nothing, and of those that are taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from markupsafe import escape

from api.console.words.account import Account, Told
from api.console.words.reasons import suppression_words
from punchcard.domain.instance_story import Entry
from punchcard.plan.model import Call
from punchcard.wording.steps import step_label
from punchcard.wording.steps.call import host_of


def _called(account: Account, entry: Entry) -> Told:
    speech = account.speech
    size = speech.gettext("%(count)s bytes") % {"count": speech.number(int(entry.data.get("size") or 0))}
    words = speech.say(
        speech.gettext("%(host)s answered %(status)s after %(duration)s ms"),
        host=_host(account, entry),
        status=str(entry.data.get("status")),
        duration=speech.number(int(entry.data.get("duration") or 0)),
    )
    return Told(words, "start", "good", size)


def _not_called(account: Account, entry: Entry) -> Told:
    speech = account.speech
    sentence = speech.gettext("Did not call %(host)s: %(reason)s")
    reason = suppression_words(speech, entry.data.get("reason"))
    return Told(speech.say(sentence, host=_host(account, entry), reason=reason), "start", "warn")


def _host(account: Account, entry: Entry) -> str:
    step = account.program.steps.get(entry.path or "")
    return host_of(step) if isinstance(step, Call) else account.speech.gettext("another system")


def _given_up(account: Account, entry: Entry) -> Told:
    speech = account.speech
    words = speech.say(speech.gettext("Came to nothing: %(error)s"), error=str(entry.data.get("error", "")))
    return Told(words, "alert", "warn")


def _undoing(account: Account, entry: Entry) -> Told:
    speech, steps = account.speech, int(entry.data.get("steps", 0))
    words = speech.ngettext("Takes %(count)s step back", "Takes %(count)s steps back", steps)
    return Told(escape(words % {"count": speech.number(steps)}), "dot", "warn")


def _taking_back(account: Account, entry: Entry) -> Told | None:
    speech, step = account.speech, account.program.steps.get(entry.path or "")
    if step is None:
        return None
    whole = step_label(speech, account.program.plan, step).whole
    return Told(speech.say(speech.gettext("Takes back: %(step)s"), step=whole), "dot")


OUTWARD: Mapping[str, Callable[[Account, Entry], Told | None]] = MappingProxyType(
    {
        "called": _called,
        "not_called": _not_called,
        "given_up": _given_up,
        "undoing": _undoing,
        "taking_back": _taking_back,
    }
)
