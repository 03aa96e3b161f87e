"""Names of the campaign language, made readable: `you-earned-it` is “You earned it”."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from punchcard.wording.speech import Speech


def title_of(name: str) -> str:
    """Return a kebab- or snake-case name with spaces and a capital."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


ORDERS: Mapping[str, Callable[[Speech], str]] = MappingProxyType(
    {
        "order.placed": lambda speech: speech.gettext("order placed"),
        "order.paid": lambda speech: speech.gettext("order paid"),
        "order.delivered": lambda speech: speech.gettext("order delivered"),
        "order.refunded": lambda speech: speech.gettext("order refunded"),
    }
)


def event_name(speech: Speech, name: str) -> str:
    """Return an event that a wait names: `coupon.redeemed` is “coupon redeemed”."""
    owner, _, what = name.rpartition(".")
    subject = owner.replace("_", " ")
    match what:
        case "redeemed" if owner:
            return speech.gettext("%(reward)s redeemed") % {"reward": subject}
        case "used_up" if owner:
            return speech.gettext("%(reward)s used up") % {"reward": subject}
        case "ended" if owner:
            return speech.gettext("%(campaign)s ended") % {"campaign": subject}
        case "answered" if owner:
            return speech.gettext("%(question)s answered") % {"question": subject}
        case "ordered" if owner == "customer":
            return speech.gettext("customer orders")
    if name in ORDERS:
        return ORDERS[name](speech)
    return name.replace(".", " ").replace("_", " ")


def in_turn(speech: Speech, roles: tuple[str, ...]) -> str:
    """Return the roles that are asked, in their turn: `service, then manager`."""
    words = [role.replace("_", " ") for role in roles]
    then = speech.gettext(", then ")
    return then.join(words)
