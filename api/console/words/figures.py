"""A campaign's numbers as they are shown: formatted, with what each of them consists of."""

from __future__ import annotations

from dataclasses import dataclass

from api.console.words.reasons import suppression_name
from punchcard.domain.figures import Figures
from punchcard.wording.speech import Speech

SENT = ("sent", "unknown")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a number, with its own words."""

    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers in the viewer's way. `redeemed_share` is 0 to 100, for a bar; `figures` are the bare ones."""

    figures: Figures
    earned: str
    unrewarded: tuple[Part, ...]
    issued: str
    redeemed: str
    rate: str
    redeemed_share: float
    sent: str
    suppressed: str
    suppressions: tuple[Part, ...]
    waiting: str
    open: str
    incidents: str
    discounts: str


def tally(speech: Speech, figures: Figures) -> Tally:
    """Put a campaign's numbers into the viewer's way of reading them."""
    redeemed, issued = figures.used, figures.issued
    return Tally(
        figures=figures,
        earned=speech.number(figures.earned),
        unrewarded=_unrewarded(speech, figures),
        issued=speech.number(issued),
        redeemed=speech.number(redeemed),
        rate=speech.rate(redeemed, issued),
        redeemed_share=round(100 * redeemed / issued, 1) if issued else 0.0,
        sent=speech.number(sum(figures.messages[status] for status in SENT)),
        suppressed=speech.number(figures.suppressed.total()),
        suppressions=tuple(
            Part(speech.number(count), suppression_name(speech, reason))
            for reason, count in figures.suppressed.most_common()
        ),
        waiting=speech.number(figures.instances["waiting"]),
        open=speech.number(figures.open),
        incidents=speech.number(figures.instances["incident"]),
        discounts=speech.both(
            [speech.money(minor, currency) for currency, minor in sorted(figures.discounts.items())]
        ),
    )


def _unrewarded(speech: Speech, figures: Figures) -> tuple[Part, ...]:
    counted = (
        (figures.occasions["joined"], speech.gettext("gathered")),
        (figures.occasions["held_out"], speech.gettext("held out")),
        (figures.occasions["over_limit"], speech.gettext("over the limit")),
        (figures.occasions["not_in_audience"], speech.gettext("not in the audience")),
        (figures.occasions["not_again"], speech.gettext("not again")),
        (figures.occasions["too_soon"], speech.gettext("too soon")),
        (figures.occasions["already_running"], speech.gettext("one was running")),
        (figures.occasions["outside"], speech.gettext("outside the dates")),
        (figures.reversed, speech.gettext("reversed")),
        (figures.occasions["historical"], speech.gettext("history")),
    )
    return tuple(Part(speech.number(count), words) for count, words in counted if count)
