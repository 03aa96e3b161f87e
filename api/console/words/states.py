"""The states of instances, campaigns, rewards, occasions and messages: one word each, and how it is coloured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from punchcard.domain.debts import Settlement
from punchcard.wording.speech import Speech

Tone = Literal["quiet", "busy", "good", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Badge:
    """A state as it is shown."""

    name: str
    words: str
    tone: Tone


TONES: Mapping[str, Tone] = MappingProxyType(
    {
        "unstarted": "quiet",
        "running": "busy",
        "waiting": "busy",
        "incident": "bad",
        "paused": "warn",
        "completed": "good",
        "stopped": "quiet",
        "cancelled": "quiet",
        "reversed": "quiet",
        "active": "good",
        "ended": "quiet",
        "redeemable": "busy",
        "redeemed": "good",
        "expired": "quiet",
        "revoked": "quiet",
        "deferred": "busy",
        "granted": "busy",
        "attempting": "busy",
        "sent": "good",
        "failed": "bad",
        "unknown": "warn",
        "suppressed": "warn",
        "standing": "good",
        "started": "good",
        "joined": "good",
        "held_out": "quiet",
        "over_limit": "quiet",
        "not_in_audience": "quiet",
        "not_again": "quiet",
        "too_soon": "quiet",
        "already_running": "quiet",
        "outside": "quiet",
        "historical": "quiet",
    }
)


def instance_state(speech: Speech, name: str) -> Badge:
    """Return the state of an instance."""
    words: Mapping[str, Callable[[], str]] = {
        "unstarted": lambda: speech.pgettext("instance", "not started yet"),
        "running": lambda: speech.pgettext("instance", "running"),
        "waiting": lambda: speech.pgettext("instance", "waiting"),
        "incident": lambda: speech.pgettext("instance", "incident"),
        "paused": lambda: speech.pgettext("instance", "paused"),
        "completed": lambda: speech.pgettext("instance", "completed"),
        "stopped": lambda: speech.pgettext("instance", "stopped"),
        "cancelled": lambda: speech.pgettext("instance", "cancelled"),
        "reversed": lambda: speech.pgettext("instance", "reversed"),
    }
    return _badge(name, words)


def campaign_state(speech: Speech, name: str) -> Badge:
    """Return the state of a campaign."""
    words: Mapping[str, Callable[[], str]] = {
        "active": lambda: speech.pgettext("campaign", "active"),
        "paused": lambda: speech.pgettext("campaign", "paused"),
        "ended": lambda: speech.pgettext("campaign", "ended"),
    }
    return _badge(name, words)


def reward_state(speech: Speech, name: str) -> Badge:
    """Return the state of a reward."""
    words: Mapping[str, Callable[[], str]] = {
        "redeemable": lambda: speech.pgettext("reward", "redeemable"),
        "redeemed": lambda: speech.pgettext("reward", "redeemed"),
        "expired": lambda: speech.pgettext("reward", "expired"),
        "revoked": lambda: speech.pgettext("reward", "revoked"),
    }
    return _badge(name, words)


def uses_words(speech: Speech, left: int, orders: int) -> str:
    """Return how many uses of a code for several orders are left."""
    words = speech.gettext("%(left)s of %(orders)s uses left")
    return words % {"left": speech.number(left), "orders": speech.number(orders)}


def settled_words(speech: Speech, how: Settlement) -> str:
    """Return what is said once a debt is settled."""
    if how == "collected":
        return speech.gettext("Written down: the debt was collected.")
    return speech.gettext("Written down: the debt is waived.")


def debt_words(speech: Speech, state: str) -> str:
    """Return how a debt stands."""
    words: Mapping[str, Callable[[], str]] = {
        "owed": lambda: speech.pgettext("debt", "owed"),
        "lifted": lambda: speech.pgettext("debt", "not owed any more"),
        "collected": lambda: speech.pgettext("debt", "collected"),
        "waived": lambda: speech.pgettext("debt", "waived"),
    }
    return words[state]()


def message_state(speech: Speech, name: str) -> Badge:
    """Return the state of a message."""
    words: Mapping[str, Callable[[], str]] = {
        "deferred": lambda: speech.pgettext("message", "goes out later"),
        "granted": lambda: speech.pgettext("message", "about to go out"),
        "attempting": lambda: speech.pgettext("message", "on its way"),
        "sent": lambda: speech.pgettext("message", "sent"),
        "failed": lambda: speech.pgettext("message", "failed"),
        "unknown": lambda: speech.pgettext("message", "may have arrived"),
        "suppressed": lambda: speech.pgettext("message", "not sent"),
    }
    return _badge(name, words)


def occasion_state(speech: Speech, status: str, disposition: str) -> Badge:
    """Return what came of an occasion."""
    words: Mapping[str, Callable[[], str]] = {
        "reversed": lambda: speech.pgettext("occasion", "reversed"),
        "started": lambda: speech.pgettext("occasion", "rewarded"),
        "joined": lambda: speech.pgettext("occasion", "gathered"),
        "held_out": lambda: speech.pgettext("occasion", "held out"),
        "over_limit": lambda: speech.pgettext("occasion", "over the limit"),
        "not_in_audience": lambda: speech.pgettext("occasion", "not in the audience"),
        "not_again": lambda: speech.pgettext("occasion", "not again"),
        "too_soon": lambda: speech.pgettext("occasion", "too soon"),
        "already_running": lambda: speech.pgettext("occasion", "one is running"),
        "outside": lambda: speech.pgettext("occasion", "outside the campaign's dates"),
        "historical": lambda: speech.pgettext("occasion", "history"),
    }
    return _badge("reversed" if status == "reversed" else disposition, words)


def _badge(name: str, words: Mapping[str, Callable[[], str]]) -> Badge:
    say = words.get(name)
    return Badge(name, say() if say else name, TONES.get(name, "quiet"))
