"""The causal chain of an instance: order → occasion → reward → message → redemption → refund and reversal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from api.console.addresses import address
from api.console.words.states import Tone, message_state, reward_state, uses_words
from punchcard.domain.causes import Cause
from punchcard.domain.instance_story import Story
from punchcard.wording.names import title_of
from punchcard.wording.offers import given_words
from punchcard.wording.speech import Speech


@dataclass(frozen=True, slots=True)
class Link:
    """One link: what it is, in words, and how it stands."""

    kind: str
    words: Markup
    at: int | None
    tone: Tone = "quiet"


def chain(speech: Speech, story: Story, cause: Cause) -> list[Link]:
    """Return the links in the order of cause and effect."""
    return [
        *_causes(speech, cause),
        _occasion(speech, story),
        *sorted(
            [
                *_rewards(speech, story),
                *_messages(speech, story),
                *_uses(speech, story),
                *_refunds(speech, cause),
            ],
            key=lambda link: link.at or 0,
        ),
        *_reversal(speech, cause),
    ]


def _causes(speech: Speech, cause: Cause) -> Iterator[Link]:
    order = cause.order
    if order is not None:
        paid = speech.money(order.amount, order.currency)
        words = Markup("<strong>{}</strong> {}").format(order.external_id, paid)
        if order.refunded:
            back = speech.gettext("%(amount)s refunded") % {
                "amount": speech.money(order.refunded, order.currency)
            }
            words += Markup(" <small>({})</small>").format(back)
        yield Link(speech.gettext("Order"), words, order.occurred_at)
    elif cause.event_type is not None:
        words = Markup("<strong>{}</strong> {}").format(cause.event_type, cause.event_id)
        yield Link(speech.gettext("Event"), words, None)


def _occasion(speech: Speech, story: Story) -> Link:
    stands = story.occasion_status == "standing"
    words = speech.gettext("It stands") if stands else speech.gettext("It no longer stands")
    number = story.names.get("occasion", {}).get("ordinal")
    if number:
        name = speech.gettext("Number %(number)s") % {"number": number}
        words = f"{name}: {words}"
    return Link(speech.gettext("Occasion"), escape(words), story.occurred_at, "good" if stands else "warn")


def _rewards(speech: Speech, story: Story) -> Iterator[Link]:
    for reward in story.rewards:
        badge = reward_state(speech, reward.state)
        worth = given_words(speech, reward.terms, reward.currency, reward.orders)
        words = Markup("{} <code>{}</code> {}").format(worth, reward.code, badge.words)
        if reward.orders > 1:
            words += Markup(" ({})").format(uses_words(speech, reward.uses_left, reward.orders))
        yield Link(speech.gettext("Reward"), words, reward.issued_at, badge.tone)


def _messages(speech: Speech, story: Story) -> Iterator[Link]:
    for message in story.messages:
        badge = message_state(speech, message.status)
        words = Markup('<a href="{}">{}</a> {}').format(
            address("mail", message.id), title_of(message.name), badge.words
        )
        yield Link(speech.gettext("Message"), words, message.sent_at or message.created_at, badge.tone)


def _uses(speech: Speech, story: Story) -> Iterator[Link]:
    for reward in story.rewards:
        for use in reward.uses:
            parts = [Markup("<code>{}</code>").format(reward.code)]
            if use.order is not None:
                parts.append(escape(speech.gettext("on order %(order)s") % {"order": use.order}))
            if use.discount is not None:
                saved = speech.money(use.discount, reward.currency)
                parts.append(escape(speech.gettext("saved %(amount)s") % {"amount": saved}))
            yield Link(speech.gettext("Redemption"), Markup(", ").join(parts), use.redeemed_at, "good")


def _refunds(speech: Speech, cause: Cause) -> Iterator[Link]:
    for refund in cause.refunds:
        words = Markup("<strong>{}</strong>").format(refund.external_id)
        if refund.amount is not None and refund.currency is not None:
            words = Markup("{} {}").format(words, speech.money(refund.amount, refund.currency))
        yield Link(speech.gettext("Refund"), words, refund.occurred_at, "warn")


def _reversal(speech: Speech, cause: Cause) -> Iterator[Link]:
    if cause.reversal is not None:
        sentence = speech.gettext("Order %(order)s fell by %(amount)s")
        words = speech.say(
            sentence,
            order=cause.reversal.order,
            amount=speech.money(-cause.reversal.change, cause.reversal.currency),
        )
        yield Link(speech.gettext("Reversal"), words, cause.reversal.at, "warn")
