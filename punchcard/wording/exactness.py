"""How exact a campaign is, in words."""

from __future__ import annotations

from punchcard.wording.speech import Speech


def class_words(speech: Speech, name: str) -> str:
    """Return what a trigger's class promises, in one sentence."""
    match name:
        case "S":
            return speech.gettext(
                "Exact by the set: what was earned depends only on which events were accepted, "
                "not on their order, repetition or lateness."
            )
        case "B":
            return speech.gettext(
                "Exact by business time: events count in the order in which they happened; "
                "a late one never displaces what was decided."
            )
        case _:
            return speech.gettext(
                "Decided once: as things stand at that moment. It is recorded, and not changed afterwards."
            )


def part_words(speech: Speech, part: str) -> str:
    """Return a part of a campaign that decides who gets it, by the key that it has in the file."""
    match part:
        case "holdout":
            return speech.gettext("Who is held out")
        case "limit":
            return speech.gettext("The limit")
        case "audience":
            return speech.gettext("Who takes part")
        case "again":
            return speech.gettext("Whether it comes again")
        case "if_running":
            return speech.gettext("What happens while it is running")
        case "digest":
            return speech.gettext("What a batch gathers")
        case "budget":
            return speech.gettext("The budget")
        case "keep_best":
            return speech.gettext("Which variant is kept")
        case _:
            return speech.gettext("What starts it")
