"""What people did, in words: who they are, and what they made of the tasks that an instance put before them."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from punchcard.domain.task_list import TaskLine
from punchcard.plan.model import Approve, Task
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech
from punchcard.wording.steps.task import brief


def actor_words(speech: Speech, actor: str) -> str:
    """Return who did it: `user:jane` is “jane”, a key is “key till”."""
    kind, _, name = actor.partition(":")
    match kind:
        case "user":
            return name
        case "key":
            return speech.gettext("key %(name)s") % {"name": name}
        case "cli":
            return speech.gettext("the command line")
        case _:
            return actor


def end_words(speech: Speech, data: dict[str, Any]) -> Markup:
    """Return how people ended a task: `ann approved it`."""
    actor = actor_words(speech, str(data.get("by", "")))
    if "approved" not in data:
        sentence = speech.gettext("%(actor)s has done it")
    elif data["approved"]:
        sentence = speech.gettext("%(actor)s approved it")
    else:
        sentence = speech.gettext("%(actor)s rejected it")
    return speech.say(sentence, actor=actor)


def note_of(speech: Speech, tasks: tuple[TaskLine, ...], key: str) -> str:
    """Return what somebody wrote when they ended a task, in quotes; nothing if they wrote nothing."""
    note = next((each.note for each in tasks if each.key == key), None)
    return speech.quote(note) if note else ""


def asked_words(speech: Speech, step: Task | Approve, turn: int) -> str:
    """Return what is waited for where people are asked: `the approval by manager`."""
    role = title_of(step.by[turn])
    if isinstance(step, Approve):
        return speech.gettext("the approval by %(role)s") % {"role": role}
    return speech.gettext("%(role)s to do “%(task)s”") % {"role": role, "task": brief(speech, step.do)}


def next_words(speech: Speech, step: Task | Approve, turn: int) -> str:
    """Return what is done when a turn is over; nothing after the last one."""
    if turn + 1 >= len(step.by):
        return ""
    return speech.gettext("then asks %(role)s") % {"role": title_of(step.by[turn + 1])}
