"""Why a message was not sent, or an occasion gave nothing, in plain words."""

from __future__ import annotations

from punchcard.wording.speech import Speech


def suppression_words(speech: Speech, reason: str | None) -> str:
    """Return why a message did not go out; a reason that came as text is shown as it came."""
    match reason:
        case "no_consent":
            return speech.gettext("the customer has not agreed to marketing messages")
        case "no_address":
            return speech.gettext("no e-mail address is known")
        case "erased":
            return speech.gettext("the customer's data were erased")
        case "too_late":
            return speech.gettext("it would have come too late")
        case "quiet_hours":
            return speech.gettext("it is night where the customer lives")
        case "capped":
            return speech.gettext("the customer has had as many messages as the programme allows")
        case "reversed":
            return speech.gettext("what earned it no longer stands")
        case "reward_refused":
            return speech.gettext("its reward was not given")
        case "redeemed":
            return speech.gettext("the reward is used already")
        case "overtaken":
            return speech.gettext("another way of the campaign was first")
        case "cancelled":
            return speech.gettext("the instance was cancelled first")
        case "completed" | "stopped":
            return speech.gettext("the instance ended first")
        case "chain_too_long":
            return speech.gettext("too many campaigns have started one another")
        case "crashed":
            return speech.gettext("the mail server's answer was lost, and marketing is not sent twice")
        case None:
            return speech.gettext("no reason was recorded")
        case _:
            return reason


def suppression_name(speech: Speech, reason: str | None) -> str:
    """Return the same in a word or two, to be counted."""
    match reason:
        case "no_consent":
            return speech.gettext("no consent")
        case "no_address":
            return speech.gettext("no address")
        case "erased":
            return speech.gettext("data erased")
        case "too_late":
            return speech.gettext("too late")
        case "quiet_hours":
            return speech.gettext("quiet hours")
        case "capped":
            return speech.gettext("one too many")
        case "reversed":
            return speech.pgettext("message", "reversed")
        case "reward_refused":
            return speech.gettext("reward not given")
        case "redeemed":
            return speech.gettext("reward used")
        case "overtaken":
            return speech.gettext("other way first")
        case "chain_too_long":
            return speech.gettext("chain too long")
        case "cancelled" | "completed" | "stopped":
            return speech.gettext("instance ended")
        case _:
            return reason or speech.gettext("unknown reason")


def disposition_words(speech: Speech, status: str, disposition: str) -> str:
    """Return in one sentence what came of an occasion, and why nothing was given where nothing was."""
    if status == "reversed":
        return speech.gettext(
            "What earned it was refunded or changed; it is given back if it is earned again."
        )
    match disposition:
        case "started":
            return speech.gettext("An instance was started for it.")
        case "joined":
            return speech.gettext("It was gathered with others, for which one instance is started.")
        case "held_out":
            return speech.gettext(
                "Nothing was given: the customer is in the campaign's holdout, which is kept to compare with."
            )
        case "over_limit":
            return speech.gettext("Nothing was given: the campaign's limit for one customer was reached.")
        case "not_in_audience":
            return speech.gettext("Nothing was given: the customer was not in the campaign's audience.")
        case "not_again":
            return speech.gettext("Nothing was given: the campaign counts once for each customer.")
        case "too_soon":
            return speech.gettext("Nothing was given: it came too soon after the one before.")
        case "already_running":
            return speech.gettext("Nothing was given: an instance for the customer was still running.")
        case "outside":
            return speech.gettext("Nothing was given: it lies outside the campaign's dates.")
        case "historical":
            return speech.gettext("Nothing was given: it was imported as history.")
        case _:
            return disposition
