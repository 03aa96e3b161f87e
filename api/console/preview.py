"""A campaign's messages with made-up values: what each looks like before any customer gets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from markupsafe import escape

from punchcard.domain.money import to_amount
from punchcard.messages.email import MessageText, RenderedEmail, render
from punchcard.messages.frame import AnswerLink, Frame
from punchcard.messages.inspection import variables
from punchcard.messages.mistake import RenderFailure
from punchcard.messages.money import Money
from punchcard.plan.calendar import to_datetime
from punchcard.plan.model import (
    AmountOff,
    Ask,
    Choice,
    FreeItem,
    FreeShipping,
    FreeText,
    Message,
    Plan,
    Present,
    Reward,
    Scale,
    ShareOff,
    walk,
)
from punchcard.plan.triggers import ManualTrigger
from punchcard.wording.names import title_of
from punchcard.wording.speech import Speech

CODE = "NX7K-4GTP-W9CR"
NOWHERE = "https://shop.example/"


@dataclass(frozen=True, slots=True)
class Preview:
    """One message in one language, or why it cannot be shown; `text` and `subject` are as written."""

    message: str
    title: str
    language: str
    purpose: str
    subject: str
    written: str
    problem: str


@dataclass(frozen=True, slots=True)
class Sender:
    """In whose name messages go out: the shop's, with its postal address."""

    brand: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """Whose messages are shown: the plan's, in the name of a shop, as if they were sent now."""

    plan: Plan
    sender: Sender
    now: int


def previews(sample: Sample) -> list[Preview]:
    """Return every message of a plan in each of its languages."""
    shown = []
    for message in sample.plan.messages:
        for text in message.texts:
            subject, problem = text.subject, ""
            try:
                subject = _rendered(sample, message, text.language).subject
            except RenderFailure as failure:
                problem = str(failure)
            shown.append(
                Preview(
                    message.name,
                    title_of(message.name),
                    text.language,
                    message.purpose,
                    subject,
                    text.body,
                    problem,
                )
            )
    return shown


def preview_html(speech: Speech, sample: Sample, name: str, language: str) -> str:
    """Return a message as the HTML of an e-mail; where it cannot be filled, a sentence that says why."""
    try:
        return _rendered(sample, sample.plan.message(name), language).html
    except (RenderFailure, KeyError) as failure:
        words = speech.gettext("This message cannot be shown: %(reason)s")
        return f"<p>{escape(words % {'reason': failure})}</p>"


def _rendered(sample: Sample, message: Message, language: str) -> RenderedEmail:
    text = next((each for each in message.texts if each.language == language), None)
    if text is None:
        raise KeyError(language)
    frame = Frame(
        brand=sample.sender.brand,
        purpose=message.purpose,
        unsubscribe_url=NOWHERE if message.purpose == "marketing" else None,
        address=sample.sender.address,
        answers=_answers(sample.plan, message.name),
    )
    return render(
        MessageText(text.subject, text.body),
        context=_values(sample, text.subject, text.body),
        language=language,
        zone=sample.plan.timezone,
        frame=frame,
    )


def _answers(plan: Plan, message: str) -> tuple[AnswerLink, ...]:
    shape = next(
        (step.answer for step in walk(plan.steps) if isinstance(step, Ask) and step.message == message), None
    )
    match shape:
        case Scale(low=low, high=high):
            labels = [str(number) for number in range(low, high + 1)]
        case Choice(options=options):
            labels = list(options)
        case FreeText():
            labels = ["✎"]
        case _:
            labels = []
    return tuple(AnswerLink(label, NOWHERE) for label in labels)


def _values(sample: Sample, *templates: str) -> dict[str, object]:
    """Made-up values for all that the plan makes, and the field's own name for whatever else a template names."""
    plan, now = sample.plan, to_datetime(sample.now)
    soon = now + timedelta(days=30)
    values: dict[str, Any] = {
        "customer": {
            "first_name": "Alex",
            "last_name": "Example",
            "email": "alex@example.com",
            "birthday": date(1984, now.month, min(now.day, 28)),
        },
        "order": {
            "id": "o-1001",
            "amount": _money(12_500, plan),
            "occurred_at": now,
            "currency": plan.currency,
        },
        "occasion": {
            "ordinal": 1,
            "identity": "1",
            "occurred_at": now,
            "birthday": now,
            "anniversary": now,
            "years": 1,
        },
        "inputs": _inputs(plan, now),
    }
    for step in walk(plan.steps):
        if isinstance(step, Reward):
            values[step.name] = {
                "code": CODE,
                **_worth(step, plan),
                "expires": soon,
                "redeemed": False,
                "currency": plan.currency,
            }
        elif isinstance(step, Ask):
            values[step.name] = {"answered": False}
    for template in templates:
        for variable in variables(template):
            _fill(values, variable.path)
    return values


def _fill(values: dict[str, Any], path: tuple[str, ...]) -> None:
    """Put the field's own name where a template names what is not there yet; what is in lists stays absent."""
    here: Any = values
    for place, name in enumerate(path):
        if name == "[]" or not isinstance(here, dict):
            return
        here = here.setdefault(name, {} if place + 1 < len(path) else f"[{'.'.join(path)}]")


def _inputs(plan: Plan, day: datetime) -> Mapping[str, Any]:
    if not isinstance(plan.trigger, ManualTrigger):
        return {}
    samples = {
        "text": "A-1001",
        "number": 3,
        "amount": _money(4_900, plan),
        "date": day.date(),
        "flag": False,
    }
    return {each.name: samples[each.type] for each in plan.trigger.inputs}


def _worth(step: Reward, plan: Plan) -> dict[str, object]:
    match step.offer:
        case AmountOff(amount=amount):
            return {"value": _money(amount, plan)}
        case ShareOff(share=share):
            return {"value": Decimal(share) / 10_000}
        case FreeItem(item=item):
            return {"item": item}
        case Present(what=what):
            return {"gift": what}
        case FreeShipping():
            return {}


def _money(minor: int, plan: Plan) -> Money:
    return Money(Decimal(to_amount(minor, plan.currency)), plan.currency)
