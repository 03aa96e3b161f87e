"""What an incident means, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass

from punchcard.wording.speech import Speech


@dataclass(frozen=True, slots=True)
class Advice:
    """An incident in words: what happened, and what the operator can do."""

    happened: str
    remedy: str


def incident_words(speech: Speech, key: str, error: str) -> Advice:
    """Return an incident's cause and its remedy."""
    if key == "database":
        return Advice(
            error,
            speech.gettext(
                "Restore the database from a backup that is newer than Temporal's, or cancel the instance."
            ),
        )
    match error:
        case "budget_exhausted":
            return Advice(
                speech.gettext("The campaign's budget is exhausted."),
                speech.gettext(
                    "Raise the budget in a new version for those to come. Retry when budget is free, "
                    "skip to go on without the reward, or cancel. Where it is for each period, the next one "
                    "tries it again by itself."
                ),
            )
        case "reversed":
            return Advice(
                speech.gettext("What earned it no longer stands."),
                speech.gettext("It ends by itself. Cancel it if it does not."),
            )
        case _:
            return Advice(
                error,
                speech.gettext("Mend the cause and retry, skip the step to go on without it, or cancel."),
            )


def resolution_words(speech: Speech, resolution: str | None) -> str:
    """Return how an incident was closed."""
    match resolution:
        case "retried":
            return speech.gettext("tried again")
        case "next_period":
            return speech.gettext("the budget's next period began")
        case "skipped":
            return speech.gettext("skipped")
        case "overtaken":
            return speech.gettext("another way was first")
        case "cancelled":
            return speech.gettext("the instance was cancelled")
        case "reversed":
            return speech.gettext("the occasion was reversed")
        case "completed" | "stopped":
            return speech.gettext("the instance ended")
        case None:
            return speech.gettext("still open")
        case _:
            return resolution
