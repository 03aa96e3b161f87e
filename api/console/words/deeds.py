"""What an operator can do, in words: what it means before, what was done after, and how the audit log tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.console.addresses import address
from punchcard.wording.speech import Speech

LONGEST_DETAIL = 12


@dataclass(frozen=True, slots=True)
class Question:
    """A deed before it is done: its title, what will happen, the button, and what is said once it was done."""

    title: str
    meaning: str
    button: str
    done: str
    is_final: bool = False


def question_words(speech: Speech, deed: str) -> Question:
    """Return the words of a deed on an instance."""
    match deed:
        case "cancel":
            return Question(
                speech.gettext("Cancel this instance?"),
                speech.gettext(
                    "It ends where it is. Rewards that it gave stay given, messages that it has not sent "
                    "are not sent. This cannot be undone."
                ),
                speech.gettext("Cancel the instance"),
                speech.gettext("The instance is being cancelled."),
                is_final=True,
            )
        case "pause":
            return Question(
                speech.gettext("Pause this instance?"),
                speech.gettext(
                    "What is under way ends; then it stays where it is until it is resumed. "
                    "What the customer does meanwhile is kept."
                ),
                speech.gettext("Pause the instance"),
                speech.gettext("The instance is paused."),
            )
        case "resume":
            return Question(
                speech.gettext("Resume this instance?"),
                speech.gettext("It goes on from where it stands, as its campaign says for what is overdue."),
                speech.gettext("Resume the instance"),
                speech.gettext("The instance goes on."),
            )
        case "retry":
            return Question(
                speech.gettext("Try the step again?"),
                speech.gettext("The step that could not go on is tried once more; nothing is done twice."),
                speech.gettext("Try again"),
                speech.gettext("The step is tried again."),
            )
        case _:
            return Question(
                speech.gettext("Go past this step?"),
                speech.gettext(
                    "The instance goes on as if the step's limit were reached. "
                    "What the step would have given or sent is left out."
                ),
                speech.gettext("Skip the step"),
                speech.gettext("The step is being skipped."),
            )


def action_words(speech: Speech, action: str) -> str:
    """Return what the audit log says was done; an action without words is shown by its name."""
    match action:
        case "instance.cancel":
            return speech.gettext("cancelled an instance")
        case "debt.collected":
            return speech.gettext("noted that a debt was collected")
        case "debt.waived":
            return speech.gettext("waived a debt")
        case "instance.pause":
            return speech.gettext("paused an instance")
        case "instance.resume":
            return speech.gettext("resumed an instance")
        case "instance.retry":
            return speech.gettext("tried a step again")
        case "instance.skip":
            return speech.gettext("skipped a step")
        case "task.claim":
            return speech.gettext("took up a task")
        case "task.release":
            return speech.gettext("let go of a task")
        case "task.complete":
            return speech.gettext("completed a task")
        case "task.approve":
            return speech.gettext("approved")
        case "task.reject":
            return speech.gettext("rejected")
        case "campaign.pause":
            return speech.gettext("paused a campaign")
        case "campaign.resume":
            return speech.gettext("resumed a campaign")
        case "campaign.publish":
            return speech.gettext("published a campaign")
        case "campaign.start":
            return speech.gettext("started a campaign by hand")
        case "account.create":
            return speech.gettext("created an account")
        case "account.password":
            return speech.gettext("changed a password")
        case "account.disable":
            return speech.gettext("disabled an account")
        case "key.create":
            return speech.gettext("made an API key")
        case "key.revoke":
            return speech.gettext("revoked an API key")
        case "customer.erase":
            return speech.gettext("erased a customer's data")
        case "event_type.register":
            return speech.gettext("registered an event type")
        case "programme.publish":
            return speech.gettext("published the programme")
        case _:
            return action


def object_address(action: str, object_: str) -> str | None:
    """Return the page of what a deed was done to; None where it has none."""
    kind = action.partition(".")[0]
    if kind == "instance":
        return address("instances", object_)
    if kind == "campaign":
        return address("campaigns", object_)
    return None


def detail_words(speech: Speech, detail: Mapping[str, Any]) -> str:
    """Return what else the log knows of a deed: its reason first."""
    parts = [speech.quote(str(detail["reason"]))] if "reason" in detail else []
    names = {
        "path": speech.gettext("step"),
        "role": speech.gettext("role"),
        "scopes": speech.gettext("scopes"),
        "told": speech.gettext("instances told"),
        "occasion": speech.gettext("occasion"),
        "version": speech.gettext("version"),
    }
    for name, value in detail.items():
        if name != "reason":
            shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)[:LONGEST_DETAIL]
            parts.append(f"{names.get(name, name)} {shown}")
    return ", ".join(parts)
