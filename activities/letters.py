"""Letters: a claimed message put into the customer's language, with the links that are theirs alone."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from punchcard.domain.answering import labels, read_shape
from punchcard.domain.plans import Plans
from punchcard.domain.sending import Claimed
from punchcard.filling import filled
from punchcard.links import sign
from punchcard.messages.email import MessageText, RenderedEmail, render
from punchcard.messages.frame import AnswerLink, Frame
from punchcard.messages.inspection import variables
from punchcard.messages.mistake import RenderFailure
from punchcard.plan.model import FreeText, Message, Plan, Reward, walk
from punchcard.plan.model import MessageText as Template


class RewardMissing(RenderFailure):
    """The message names a reward that was refused; an operator has skipped its step."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it goes out."""

    words: RenderedEmail
    recipient_name: str
    unsubscribe_url: str | None


@dataclass(frozen=True, slots=True)
class Letters:
    """Writes letters in the name of one installation.

    `base_url` is where its links lead, `secret` signs them, `domain` ends Message-IDs, `address` is the
    sender's postal address.
    """

    plans: Plans
    base_url: str
    secret: str
    domain: str
    brand: str
    address: str | None = None

    def write(self, connection: Connection, claimed: Claimed) -> Letter:
        """Render a claimed message; RenderFailure if its template cannot be filled for this customer.

        RewardMissing if that is for want of a reward.
        """
        plan = self.plans.program(connection, claimed.version).plan
        message = plan.message(claimed.name)
        language = str(claimed.customer.get("language") or plan.language)
        text = _text(message, language)
        zone = str(claimed.customer.get("timezone") or plan.timezone)
        unsubscribe = self._unsubscribe_url(claimed)
        frame = Frame(
            brand=self.brand,
            purpose=message.purpose,
            unsubscribe_url=unsubscribe,
            address=self.address,
            answers=self._answers(claimed),
        )
        context = filled(plan, claimed.customer, claimed.names, (text.subject, text.body))
        try:
            words = render(
                MessageText(text.subject, text.body),
                context=context,
                language=text.language,
                zone=zone,
                frame=frame,
            )
        except RenderFailure as failure:
            if _rewards_named(plan, text) - context.keys():
                raise RewardMissing(str(failure)) from failure
            raise
        names = (claimed.customer.get("first_name"), claimed.customer.get("last_name"))
        return Letter(words, " ".join(name for name in names if name), unsubscribe)

    def _unsubscribe_url(self, claimed: Claimed) -> str | None:
        if claimed.purpose != "marketing":
            return None
        return f"{self.base_url}/u/{sign('unsubscribe', str(claimed.customer_id), self.secret)}"

    def _answers(self, claimed: Claimed) -> tuple[AnswerLink, ...]:
        """A link for each answer; a free text has one, to the page where it is written."""
        if claimed.question_id is None or claimed.question_shape is None:
            return ()
        address = f"{self.base_url}/a/{sign('answer', str(claimed.question_id), self.secret)}"
        shape = read_shape(claimed.question_shape)
        if isinstance(shape, FreeText):
            return (AnswerLink(None, address),)
        return tuple(
            AnswerLink(label, f"{address}?answer={place}")
            for place, label in enumerate(labels(shape), start=1)
        )


def _text(message: Message, language: str) -> Template:
    """The message's words in the language, in the same language of another region, or in the campaign's."""
    by_language = {text.language: text for text in message.texts}
    short = language.partition("-")[0]
    return by_language.get(language) or by_language.get(short) or message.texts[0]


def _rewards_named(plan: Plan, text: Template) -> set[str]:
    """The rewards of the plan that the words name."""
    named = {variable.path[0] for words in (text.subject, text.body) for variable in variables(words)}
    return {step.name for step in walk(plan.steps) if isinstance(step, Reward)} & named
