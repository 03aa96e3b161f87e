"""One line of an instance's journal as a sentence; a kind without words of its own is shown by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from api.console.addresses import address
from api.console.words.account import Account, Told
from api.console.words.experiments import EXPERIMENTS
from api.console.words.incidents import incident_words
from api.console.words.onward import campaign_started, not_started, other_ended
from api.console.words.outward import OUTWARD
from api.console.words.people import actor_words, asked_words, end_words, next_words, note_of
from api.console.words.reasons import suppression_words
from api.console.words.rewards import REWARDS, uses_left
from api.console.words.states import Tone
from api.console.words.values import operands_words
from punchcard.domain.instance_story import Entry
from punchcard.plan.events import BUDGET_EXHAUSTED, STOP_WHEN
from punchcard.plan.model import Approve, Ask, Send, Task
from punchcard.wording.following import after_limit
from punchcard.wording.names import event_name, title_of
from punchcard.wording.steps import then_words


def tell_entry(account: Account, entry: Entry) -> Told | None:
    """Return what a line of the journal says; None for one that says nothing to a person."""
    tell = KINDS.get(entry.kind)
    return tell(account, entry) if tell else Told(escape(title_of(entry.kind)), "dot")


def waits_words(
    account: Account, path: str, events: Sequence[str], until: int | None, entry: Entry | None = None
) -> Markup:
    """Return what an instance waits for, until when, and what it does then; as of a line, or now."""
    speech, step = account.speech, account.program.steps.get(path)
    parts = {"until": speech.when(until)} if until is not None else {"until": "…"}
    following = ""
    if isinstance(step, Task | Approve):
        turn = account.turn_at(path, entry)
        what = [escape(asked_words(speech, step, turn))]
        following = next_words(speech, step, turn)
    else:
        what = [_awaited(account, event) for event in events]
    following = following or then_words(speech, account.program.plan, after_limit(account.program, path))
    if not what:
        waits = speech.say(speech.gettext("Waits until %(until)s"), **parts)
    else:
        joined = Markup(speech.either([str(each) for each in what]))
        waits = speech.say(speech.gettext("Waits for %(what)s until %(until)s"), what=joined, **parts)
    return Markup("{}, {}").format(waits, following)


def _awaited(account: Account, event: str) -> Markup:
    speech = account.speech
    owner, _, what = event.partition(".")
    code = account.code_of(owner)
    if what == "redeemed" and code is not None:
        return speech.say(
            speech.gettext("the redemption of %(code)s"), code=Markup("<code>{}</code>").format(code)
        )
    if what == "used_up" and code is not None:
        return speech.say(
            speech.gettext("the last use of %(code)s"), code=Markup("<code>{}</code>").format(code)
        )
    if what == "answered":
        return escape(speech.gettext("the customer's answer"))
    if what == "ended" and (campaign := account.campaign_of(owner)) is not None:
        sentence = speech.gettext("the end of the campaign %(campaign)s")
        return speech.say(sentence, campaign=speech.quote(title_of(campaign)))
    return escape(event_name(speech, event))


def _started(account: Account, entry: Entry) -> Told:
    speech, order = account.speech, _first_order(account)
    ordinal = entry.data.get("ordinal")
    if order is not None:
        words = speech.say(
            speech.gettext("Started by order %(order)s over %(amount)s"),
            order=order["id"],
            amount=speech.money(order["amount"], order["currency"]),
        )
    else:
        words = escape(speech.gettext("Started"))
    detail = speech.gettext("Occasion number %(number)s of this customer") if ordinal else ""
    return Told(words, "start", "busy", detail % {"number": ordinal} if ordinal else "")


def _first_order(account: Account) -> dict[str, Any] | None:
    """Return the order that the occasion named as it arose; it may name another one now."""
    for entry in account.story.journal:
        if entry.kind == "taken_over":
            first: dict[str, Any] = entry.data["instead_of"]
            return first
    return account.story.names.get("order")


def _taken_over(account: Account, entry: Entry) -> Told:
    speech, order, before = account.speech, entry.data["order"], entry.data["instead_of"]
    words = speech.say(
        speech.gettext("Concerns order %(order)s over %(amount)s from now on, instead of order %(before)s"),
        order=order["id"],
        amount=speech.money(order["amount"], order["currency"]),
        before=before["id"],
    )
    detail = speech.gettext("It is the one by which the customer has earned this; what was done stays done")
    return Told(words, "dot", "busy", detail)


def _restored(account: Account, entry: Entry) -> Told:
    """A new generation begins with its first tick; later it is the same one, of which Temporal knew nothing more."""
    speech = account.speech
    if entry.tick != 1:
        words = speech.gettext("Goes on from where it was: it was lost, and started again")
        return Told(escape(words), "start", "busy")
    words = speech.gettext("Goes on from where it was: the occasion stands again")
    lapse = int(entry.data.get("lapse") or 0) // 60_000 * 60_000
    later = speech.gettext("What is still to come comes %(span)s later") % {"span": speech.span(lapse)}
    return Told(escape(words), "start", "busy", later if lapse else "")


def _happened(account: Account, entry: Entry) -> Told:
    speech, event = account.speech, str(entry.data.get("event", ""))
    owner, _, what = event.partition(".")
    code = account.code_of(owner)
    if what in ("redeemed", "used_up") and code is not None:
        words = speech.say(
            speech.gettext("The customer redeemed %(code)s"), code=Markup("<code>{}</code>").format(code)
        )
        return Told(words, "reward", "good", uses_left(speech, entry))
    if "by" in entry.data and what in ("decided", "done"):
        note = note_of(speech, account.story.tasks, str(entry.data.get("key")))
        tone: Tone = "warn" if entry.data.get("approved") is False else "good"
        return Told(end_words(speech, entry.data), "person", tone, note)
    if what == "erased":
        words = escape(speech.gettext("Nobody is asked any more: the customer's personal data was erased"))
        return Told(words, "person", "warn")
    if what == "ended" and (campaign := account.campaign_of(owner)) is not None:
        return other_ended(account, campaign, entry)
    if what == "answered":
        answer = entry.data.get("answer", _answer(account, owner))
        words = speech.say(speech.gettext("The customer answered: %(answer)s"), answer=answer)
        return Told(words, "person", "good")
    happened = speech.say(speech.gettext("It happened: %(event)s"), event=event_name(speech, event))
    return Told(happened, "person", "good")


def _answer(account: Account, name: str) -> str:
    found = next((each for each in account.story.questions if each.name == name), None)
    return "…" if found is None or found.answer is None else str(found.answer)


def _elapsed(account: Account, entry: Entry) -> Told:
    words = account.speech.say(
        account.speech.gettext("The time was up at “%(step)s”"), step=account.step(entry.path)
    )
    return Told(words, "clock")


def _waiting(account: Account, entry: Entry) -> Told:
    events = list(entry.data.get("events") or [])
    return Told(
        waits_words(account, str(entry.path), events, entry.data.get("until"), entry), "clock", "busy"
    )


def _decided(account: Account, entry: Entry) -> Told:
    speech = account.speech
    step = account.program.steps.get(str(entry.path))
    condition = getattr(step, "source", entry.path)
    met = entry.data.get("met")
    sentence = (
        speech.gettext("Decided: %(condition)s holds")
        if met
        else speech.gettext("Decided: %(condition)s does not hold")
    )
    seen = operands_words(speech, account.program.plan, entry.data.get("operands", {}))
    words = speech.say(sentence, condition=Markup("<code>{}</code>").format(condition))
    return Told(words, "fork", "quiet", speech.say(speech.gettext("It saw: %(values)s"), values=seen))


def _chosen(account: Account, entry: Entry) -> Told:
    speech = account.speech
    step = account.program.steps.get(str(entry.path))
    value, way = getattr(step, "source", entry.path), entry.data.get("way")
    if way is None:
        sentence = speech.gettext("Chose by %(value)s: no branch has it")
    else:
        sentence = speech.gettext("Chose by %(value)s: %(way)s")
    seen = operands_words(speech, account.program.plan, entry.data.get("operands", {}))
    words = speech.say(sentence, value=Markup("<code>{}</code>").format(value), way=way)
    return Told(words, "fork", "quiet", speech.say(speech.gettext("It saw: %(values)s"), values=seen))


def _round(account: Account, entry: Entry) -> Told:
    sentence = account.speech.gettext("Round %(number)s of at most %(times)s")
    return Told(account.speech.say(sentence, **entry.data), "fork")


def _overtaken(account: Account, entry: Entry) -> Told:
    sentence = account.speech.gettext("Ended “%(step)s”: another way was first")
    return Told(account.speech.say(sentence, step=account.step(entry.path)), "fork")


def _message(account: Account, entry: Entry) -> Told:
    speech, status = account.speech, entry.data.get("status")
    name = _message_name(account, entry)
    subject = escape(speech.quote(title_of(name)))
    number = entry.data.get("message")
    if number is not None:
        subject = Markup('<a href="{}">{}</a>').format(address("mail", number), subject)
    reason = suppression_words(speech, entry.data.get("reason"))
    match status:
        case "sent":
            return Told(speech.say(speech.gettext("Sent %(message)s"), message=subject), "mail", "good")
        case "unknown":
            sentence = speech.gettext("%(message)s may have arrived: %(reason)s")
        case "failed":
            sentence = speech.gettext("Could not send %(message)s: %(reason)s")
        case _:
            sentence = speech.gettext("Did not send %(message)s: %(reason)s")
    return Told(speech.say(sentence, message=subject, reason=reason), "mail", "warn")


def _suppressed(account: Account, entry: Entry) -> Told:
    speech = account.speech
    words = speech.say(
        speech.gettext("Did not send %(message)s: %(reason)s"),
        message=speech.quote(title_of(str(entry.data.get("message", "")))),
        reason=suppression_words(speech, entry.data.get("reason")),
    )
    return Told(words, "mail", "warn")


def _deferred(account: Account, entry: Entry) -> Told:
    speech = account.speech
    words = speech.say(
        speech.gettext("Keeps %(message)s back until %(until)s: %(reason)s"),
        message=speech.quote(title_of(str(entry.data.get("message", "")))),
        until=speech.when(int(entry.data["until"])),
        reason=suppression_words(speech, entry.data.get("reason")),
    )
    return Told(words, "clock", "busy")


def _message_name(account: Account, entry: Entry) -> str:
    step = account.program.steps.get(str(entry.path))
    return step.message if isinstance(step, Send | Ask) else str(entry.path)


def _incident(account: Account, entry: Entry) -> Told:
    speech = account.speech
    advice = incident_words(speech, str(entry.path), str(entry.data.get("error", "")))
    words = speech.say(
        speech.gettext("Cannot go on at “%(step)s”: %(reason)s"),
        step=account.step(entry.path),
        reason=advice.happened,
    )
    return Told(words, "alert", "bad", advice.remedy)


def _cancelled(account: Account, entry: Entry) -> Told:
    return _by(account, entry, account.speech.gettext("Cancelled by %(actor)s"), "alert")


def _retried(account: Account, entry: Entry) -> Told:
    return _by(account, entry, account.speech.gettext("Tried again by %(actor)s"), "person")


def _next_period(account: Account, entry: Entry) -> Told:
    speech = account.speech
    return Told(speech.say(speech.gettext("Tried again, since the budget's next period has begun")), "clock")


def _skipped(account: Account, entry: Entry) -> Told:
    sentence = account.speech.gettext("%(actor)s skipped “%(step)s”")
    return _by(account, entry, sentence, "person", step=account.step(entry.path))


def _passed_on(account: Account, entry: Entry) -> Told:
    sentence = account.speech.gettext("Nobody answered in time: it is %(role)s's turn now")
    role = title_of(str(entry.data.get("role", "")))
    return Told(account.speech.say(sentence, role=role), "person", "warn")


def _updated(account: Account, entry: Entry) -> Told | None:
    for other in account.story.journal:
        if (other.kind, other.tick, other.path) == ("not_updated", entry.tick, entry.path):
            return None
    return Told(escape(account.sentence(entry.path)), "person", "good")


def _not_updated(account: Account, entry: Entry) -> Told:
    speech = account.speech
    words = speech.gettext("Did not change the customer: %(reason)s")
    reason = suppression_words(speech, entry.data.get("reason"))
    return Told(speech.say(words, reason=reason), "person", "warn")


def _resumed(account: Account, entry: Entry) -> Told:
    paused = entry.data.get("paused") or 0
    sentence = account.speech.gettext("Resumed by %(actor)s after %(span)s")
    return _by(account, entry, sentence, "person", span=account.speech.span(paused // 60_000 * 60_000))


def _by(account: Account, entry: Entry, sentence: str, icon: str, **more: object) -> Told:
    actor = actor_words(account.speech, str(entry.data.get("actor", "")))
    reason = entry.data.get("reason")
    words = account.speech.say(sentence, actor=actor, **more)
    return Told(words, icon, "quiet", account.speech.quote(str(reason)) if reason else "")


def _finished(account: Account, entry: Entry) -> Told:
    speech, reason = account.speech, entry.data.get("reason")
    match entry.data.get("outcome"):
        case "completed":
            return Told(escape(speech.gettext("Completed")), "end", "good")
        case "stopped" if reason == STOP_WHEN:
            ended = speech.gettext("Stopped: what ends this campaign for a customer has come true")
            return Told(escape(ended), "end")
        case "stopped" if reason == BUDGET_EXHAUSTED:
            ended = speech.gettext("Stopped: the campaign's budget is used up")
            return Told(escape(ended), "end")
        case "stopped" if reason:
            return Told(speech.say(speech.gettext("Stopped: %(reason)s"), reason=reason), "end")
        case "stopped":
            return Told(escape(speech.gettext("Stopped")), "end")
        case "cancelled":
            return Told(escape(speech.gettext("Ended by the cancellation")), "end")
        case _:
            words = speech.gettext("Ended, because what earned it no longer stands")
            return Told(escape(words), "end", "warn")


KINDS: Mapping[str, Callable[[Account, Entry], Told | None]] = MappingProxyType(
    {
        "started": _started,
        "restored": _restored,
        "taken_over": _taken_over,
        **REWARDS,
        "happened": _happened,
        "elapsed": _elapsed,
        "waiting": _waiting,
        "decided": _decided,
        "chosen": _chosen,
        **EXPERIMENTS,
        "round": _round,
        "overtaken": _overtaken,
        "message": _message,
        "deferred": _deferred,
        "suppressed": _suppressed,
        "incident": _incident,
        "cancelled": _cancelled,
        "retried": _retried,
        "next_period": _next_period,
        "skipped": _skipped,
        "resumed": _resumed,
        "updated": _updated,
        "campaign_started": campaign_started,
        "not_started": not_started,
        **OUTWARD,
        "not_updated": _not_updated,
        "passed_on": _passed_on,
        "finished": _finished,
    }
)
