"""Tasks in words: what is asked, how it stands, and what there is to know about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from api.console.words.states import Badge
from api.console.words.values import value_words
from punchcard.domain.task_list import TaskLine
from punchcard.plan.model import Plan
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech

Deed = Literal["claim", "release", "complete", "approve", "reject"]
LONGEST_TITLE = 90
# What an occasion came with, as far as it says something about the matter.
ABOUT = ("inputs", "event", "order")


@dataclass(frozen=True, slots=True)
class TaskWords:
    """A task as it is shown: its title in one line, all that is asked, whose turn it is, and how it stands."""

    line: TaskLine
    title: str
    text: str
    role: str
    claimed_by: str | None
    state: Badge


def task_words(speech: Speech, line: TaskLine, text: str, claimed: str | None, state: Badge) -> TaskWords:
    """Return a task in words; `text` is what its campaign asks for, `claimed` who has taken it up."""
    first = " ".join(text.split())
    title = first if len(first) <= LONGEST_TITLE else f"{first[: LONGEST_TITLE - 1]}…"
    if line.kind == "approve":
        asked = speech.gettext("Approve or reject")
        title = f"{asked}: {title}" if title else asked
    return TaskWords(line, title, text, title_of(line.role), claimed, state)


def task_state(speech: Speech, line: TaskLine, now: int) -> Badge:
    """Return how a task stands, with its colour."""
    match line.state:
        case "open" if line.due_at < now:
            return Badge(line.state, speech.pgettext("task", "overdue"), "bad")
        case "open":
            return Badge(line.state, speech.pgettext("task", "open"), "busy")
        case "done":
            return Badge(line.state, speech.pgettext("task", "done"), "good")
        case "approved":
            return Badge(line.state, speech.pgettext("decision", "approved"), "good")
        case "rejected":
            return Badge(line.state, speech.pgettext("decision", "rejected"), "warn")
        case "elapsed":
            return Badge(line.state, speech.pgettext("task", "nobody answered"), "warn")
        case "overtaken":
            return Badge(line.state, speech.gettext("other way first"), "quiet")
        case "erased":
            return Badge(line.state, speech.gettext("data erased"), "quiet")
        case _:
            return Badge(line.state, speech.gettext("instance ended"), "quiet")


def facts_of_occasion(speech: Speech, plan: Plan, names: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what the occasion came with, by name: the inputs, the event's fields, the order."""
    return [
        (title_of(name), value_words(speech, plan, f"{owner}.{name}", value))
        for owner in ABOUT
        for name, value in (names.get(owner) or {}).items()
        if value is not None
    ]


def done_words(speech: Speech) -> Mapping[Deed, str]:
    """Return what is said once a deed is done."""
    return {
        "claim": speech.gettext("The task is yours."),
        "release": speech.gettext("The task is everybody's again."),
        "complete": speech.gettext("Done. The instance goes on."),
        "approve": speech.gettext("Approved. The instance goes on."),
        "reject": speech.gettext("Rejected. The instance goes on."),
    }
