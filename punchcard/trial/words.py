"""What happened, in words: for the timeline of a case, and for what is said about an expectation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from punchcard.domain.money import to_amount
from punchcard.plan.calendar import local
from punchcard.plan.model import Offer, Terms, terms_of
from punchcard.trial.facts import Fact


def shown(at: int, zone: str) -> str:
    """Return an instant as the customer's clock shows it."""
    return local(at, zone).strftime("%Y-%m-%d %H:%M")


def offer_words(offer: Offer, currency: str) -> str:
    """Return what an offer is worth, as the campaign writes it."""
    return terms_words(terms_of(offer), currency)


def terms_words(terms: Terms, currency: str) -> str:
    """Return what a reward is worth, as the campaign writes it."""
    match terms.kind:
        case "share" if terms.most is not None:
            return f"{terms.value / 100:g}%, at most {to_amount(terms.most, currency)} {currency}"
        case "share":
            return f"{terms.value / 100:g}%"
        case "shipping":
            return "shipping: free"
        case "free" | "gift" as kind:
            return f"{kind}: {terms.what}"
    return f"{to_amount(terms.value, currency)} {currency}"


def orders_words(orders: int) -> str:
    """Return for how many orders a reward is."""
    return "for one order" if orders == 1 else f"for {orders} orders"


def owed_words(details: Mapping[str, Any]) -> str:
    """Return how much is owed, where the till has told what was taken off."""
    owed = details["amount"]
    return "what it took off" if owed is None else f"{owed.amount} {owed.currency}"


def said(fact: Fact, zone: str) -> str:
    """Return a fact as a short sentence without its time."""
    details = fact.details
    match fact.kind:
        case "reward":
            until = _end_words(details["expires"], zone)
            worth = terms_words(details["terms"], details["currency"])
            worth = worth if details["orders"] == 1 else f"{worth}, {orders_words(details['orders'])}"
            return f"the reward `{fact.name}` was given ({worth}, {until})"
        case "message" if details.get("suppressed"):
            return f"the message `{fact.name}` was held back ({details['suppressed']})"
        case "message" if details.get("question"):
            return f"the question `{details['question']}` was put in the message `{fact.name}`"
        case "message":
            return f"the message `{fact.name}` went out"
        case "task":
            return f"the task `{fact.name}` came to be with {details['by']}"
        case "call" if details["failed"]:
            return f"the call `{fact.name}` came to nothing ({details['failed']})"
        case "call":
            return f"the call `{fact.name}` was made"
        case "revoked":
            return f"the reward `{fact.name}` was revoked"
        case "owed":
            return f"the customer owes {owed_words(details)} for the reward `{fact.name}`"
        case "given_back":
            return f"the reward `{fact.name}` was given back ({_end_words(details['expires'], zone)})"
        case "restored":
            return "the instance goes on, since what earned it stands again"
        case "taken_over":
            return f"the instance concerns the order `{fact.name}` from now on"
        case "incident":
            return f"a step was stuck: {fact.name}"
        case "end":
            reason = f" ({details['reason']})" if details.get("reason") else ""
            return f"the instance ended: {fact.name}{reason}"
        case "not_started" if details.get("closes") is not None:
            return f"it is gathered for the digest, which starts on {shown(details['closes'], zone)}"
        case "not_started":
            return f"something was earned that starts no instance ({fact.name})"
        case _:
            return f"{fact.kind} {fact.name}"


def _end_words(expires: int | None, zone: str) -> str:
    return "never expires" if expires is None else f"expires {shown(expires, zone)}"
