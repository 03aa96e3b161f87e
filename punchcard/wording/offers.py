"""What a reward gives, in words."""

from __future__ import annotations

from punchcard.plan.model import Offer, OfferKind, terms_of
from punchcard.wording.speech import Speech


def offer_words(speech: Speech, offer: Offer, currency: str) -> str:
    """Return a plan's offer: `20% off`."""
    terms = terms_of(offer)
    return given_words(speech, terms.kind, terms.value, currency, terms.what)


def given_words(speech: Speech, kind: OfferKind, value: int, currency: str, what: str | None) -> str:
    """Return what a given reward is, by the terms that were stored with it."""
    match kind:
        case "share":
            return speech.gettext("%(worth)s off") % {"worth": speech.share(value)}
        case "amount":
            return speech.gettext("%(worth)s off") % {"worth": speech.money(value, currency)}
        case "free":
            return speech.gettext("%(item)s for free") % {"item": speech.quote(what or "")}
        case "shipping":
            return speech.gettext("free shipping")
        case "gift":
            return speech.gettext("a gift (%(what)s)") % {"what": speech.quote(what or "")}
