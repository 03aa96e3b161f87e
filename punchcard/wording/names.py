"""Names of the campaign language, made readable: `you-earned-it` is “You earned it”."""

from __future__ import annotations

from punchcard.wording.speech import Speech


def title_of(name: str) -> str:
    """Return a kebab- or snake-case name with spaces and a capital."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def event_name(speech: Speech, name: str) -> str:
    """Return an event that a wait names: `coupon.redeemed` is “coupon redeemed”."""
    owner, _, what = name.rpartition(".")
    subject = owner.replace("_", " ")
    match what:
        case "redeemed" if owner:
            return speech.gettext("%(reward)s redeemed") % {"reward": subject}
        case "answered" if owner:
            return speech.gettext("%(question)s answered") % {"question": subject}
        case "ordered" if owner == "customer":
            return speech.gettext("customer orders")
        case "delivered" if owner == "order":
            return speech.gettext("order delivered")
    return name.replace(".", " ").replace("_", " ")


def in_turn(speech: Speech, roles: tuple[str, ...]) -> str:
    """Return the roles that are asked, in their turn: `service, then manager`."""
    words = [role.replace("_", " ") for role in roles]
    then = speech.gettext(", then ")
    return then.join(words)
