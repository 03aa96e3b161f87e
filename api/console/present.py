"""Where an instance stands now, in sentences: what each of its tokens waits for or does."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from api.console.words.account import Account
from api.console.words.journal import tell_entry, waits_words
from api.console.words.people import actor_words
from punchcard.domain.instance_story import Told
from punchcard.plan.program import awaited
from punchcard.plan.state import State, Token


def present(account: Account, state: State, pending: Sequence[Told]) -> list[Markup]:
    """Return what can be said of now, incidents aside; of an instance that has ended, how it ended."""
    line = account.story.line
    if line.closed_at is not None:
        return [*_ending(account)]
    sentences = [_token(account, token) for token in state.tokens if token.phase != "parked"]
    if not state.tokens:
        sentences.append(escape(account.speech.gettext("It is about to begin.")))
    if line.paused_at is not None:
        since = account.speech.when(line.paused_at)
        sentence = account.speech.gettext("It is paused since %(moment)s and stays here until it is resumed.")
        sentences.append(account.speech.say(sentence, moment=since))
    elif line.state == "paused":
        sentences.append(escape(account.speech.gettext("The campaign is paused; it stays here until then.")))
    return sentences + [_pending(account, each) for each in pending if each.kind == "command"]


def _token(account: Account, token: Token) -> Markup:
    step = account.program.steps[token.path]
    if token.phase == "waiting":
        return Markup("{}.").format(waits_words(account, token.path, awaited(step), token.deadline))
    if token.phase == "deferred" and token.deadline is not None:
        sentence = account.speech.gettext("Keeps the message of “%(step)s” back until %(until)s.")
        until = account.speech.when(token.deadline)
        return account.speech.say(sentence, step=account.step(token.path), until=until)
    sentence = account.speech.gettext("Works on “%(step)s”.")
    return account.speech.say(sentence, step=account.step(token.path))


def _ending(account: Account) -> list[Markup]:
    last = next((entry for entry in reversed(account.story.journal) if entry.kind == "finished"), None)
    told = tell_entry(account, last) if last is not None else None
    if told is None or account.story.line.closed_at is None:
        return []
    moment = account.speech.when(account.story.line.closed_at)
    return [Markup("{} · {}").format(told.words, moment)]


def _pending(account: Account, each: Told) -> Markup:
    actor = actor_words(account.speech, str(each.payload.get("actor", "")))
    sentence = account.speech.gettext(
        "%(actor)s has asked for “%(command)s”; it is on its way to the instance."
    )
    return account.speech.say(sentence, actor=actor, command=_command(account, str(each.payload.get("name"))))


def _command(account: Account, name: str) -> str:
    speech = account.speech
    words = {
        "cancel": speech.gettext("cancel"),
        "retry": speech.gettext("try again"),
        "skip": speech.gettext("skip"),
        "resume": speech.gettext("resume"),
    }
    return words.get(name, name)
