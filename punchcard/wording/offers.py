"""What a reward gives, in words."""

from __future__ import annotations

from punchcard.plan.model import Offer, Terms, terms_of
from punchcard.wording.speech import Speech


def offer_words(speech: Speech, offer: Offer, currency: str, orders: int = 1) -> str:
    """Return a plan's offer: `20% off`, or `20% off on each of 3 orders`."""
    return given_words(speech, terms_of(offer), currency, orders)


def given_words(speech: Speech, terms: Terms, currency: str, orders: int = 1) -> str:
    """Return what a given reward is, by the terms that were stored with it."""
    worth = _worth(speech, terms, currency)
    if orders == 1:
        return worth
    words = speech.gettext("%(worth)s on each of %(count)s orders")
    return words % {"worth": worth, "count": speech.number(orders)}


def _worth(speech: Speech, terms: Terms, currency: str) -> str:
    match terms.kind:
        case "share" if terms.most is not None:
            return speech.gettext("%(worth)s off, at most %(amount)s") % {
                "worth": speech.share(terms.value),
                "amount": speech.money(terms.most, currency),
            }
        case "share":
            return speech.gettext("%(worth)s off") % {"worth": speech.share(terms.value)}
        case "amount":
            return speech.gettext("%(worth)s off") % {"worth": speech.money(terms.value, currency)}
        case "free":
            return speech.gettext("%(item)s for free") % {"item": speech.quote(terms.what or "")}
        case "shipping":
            return speech.gettext("free shipping")
        case "gift":
            return speech.gettext("a gift (%(what)s)") % {"what": speech.quote(terms.what or "")}
