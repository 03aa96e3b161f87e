"""What a reward gives, in words."""

from __future__ import annotations

from typing import assert_never

from punchcard.plan.model import AmountOff, Offer, ShareOff
from punchcard.wording.speech import Speech


def offer_words(speech: Speech, offer: Offer, currency: str) -> str:
    """Return a plan's offer: `20% off`."""
    match offer:
        case ShareOff(share=share):
            return given_words(speech, "share", share, currency)
        case AmountOff(amount=amount):
            return given_words(speech, "amount", amount, currency)
        case _:
            assert_never(offer)


def given_words(speech: Speech, kind: str, value: int, currency: str) -> str:
    """Return what a given reward is worth, by the kind and value that were stored with it."""
    worth = speech.share(value) if kind == "share" else speech.money(value, currency)
    return speech.gettext("%(worth)s off") % {"worth": worth}
