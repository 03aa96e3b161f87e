"""What can be said of a message without showing it: what it is for, and its subject."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from punchcard.plan.model import Ask, Message, MessageText, Plan, Purpose, Send, Step
from punchcard.wording.speech import N_, Speech

_HOLE = re.compile(r"\{\{\s*([\w.]+)[^}]*\}\}")
_STATEMENT = re.compile(r"\{%[-+]?(.*?)[-+]?%\}", re.DOTALL)
OWNERS = ("customer", "inputs", "event")
# What stands for a field where a message is shown unfilled; of rewards and the like by what is behind the dot.
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "customer.first_name": N_("first name"),
        "customer.last_name": N_("last name"),
        "customer.email": N_("e-mail address"),
        "customer.phone": N_("telephone number"),
        "customer.birthday": N_("birthday"),
        "order.id": N_("order number"),
        "order.amount": N_("amount of the order"),
        "order.occurred_at": N_("time of the order"),
        "occasion.occurred_at": N_("time of the occasion"),
        "occasion.years": N_("number of years"),
        "occasion.ordinal": N_("number of the occasion"),
        ".code": N_("%(name)s code"),
        ".value": N_("%(name)s value"),
        ".expires": N_("end of %(name)s"),
        ".uses_left": N_("uses left of %(name)s"),
    }
)


def message_of(step: Step) -> str | None:
    """Return the name of the message that a step sends; None for one that sends none."""
    return step.message if isinstance(step, Send | Ask) else None


def purpose_words(speech: Speech, purpose: Purpose) -> str:
    """Return what a message is for."""
    if purpose == "marketing":
        return speech.gettext("marketing")
    return speech.gettext("transactional")


def subject_words(speech: Speech, message: Message) -> str:
    """Return a subject in the reader's language, or in the campaign's; what is filled in stands in brackets."""
    own = next((text for text in message.texts if text.language == speech.locale.language), None)
    return readable(speech, (own or message.texts[0]).subject)


def readable(speech: Speech, template: str) -> str:
    """Return a template as one reads it: `Welcome, [first name]`, with all ways of an `if`: `your review / reviews`."""
    text, _ = _ways(_STATEMENT.split(template), 0)
    return _HOLE.sub(lambda hole: f"[{_called(speech, hole.group(1))}]", text)


def _ways(parts: list[str], at: int) -> tuple[str, int]:
    """Read on from a text up to the end of the `if` around it; `parts` are texts, each with a statement behind it."""
    ways = [""]
    while True:
        ways[-1] += parts[at]
        if at + 1 == len(parts):
            break
        word, at = parts[at + 1].split()[0], at + 2
        if word == "if":
            inner, at = _ways(parts, at)
            parts[at] = inner + parts[at]
        elif word in ("elif", "else"):
            ways.append("")
        elif word == "endif":
            break
    shown = [way for way in ways if way.strip()]
    if len(shown) < 2:
        return "".join(ways), at
    first, last = shown[0], shown[-1]
    before, behind = first[: len(first) - len(first.lstrip())], last[len(last.rstrip()) :]
    return f"{before}{' / '.join(way.strip() for way in shown)}{behind}", at


def languages_words(speech: Speech, texts: tuple[MessageText, ...]) -> str:
    """Return the languages that a message is written in."""
    return speech.both([speech.language_name(text.language) for text in texts])


def message_words(speech: Speech, plan: Plan, name: str) -> str:
    """Return a message's purpose and subject; nothing for a message that the plan does not have."""
    found = next((message for message in plan.messages if message.name == name), None)
    if found is None:
        return ""
    return speech.gettext("%(purpose)s, subject %(subject)s") % {
        "purpose": purpose_words(speech, found.purpose),
        "subject": speech.quote(subject_words(speech, found)),
    }


def _called(speech: Speech, name: str) -> str:
    owner, _, rest = name.partition(".")
    if name in FIELDS or f".{rest}" in FIELDS:
        words = speech.gettext(FIELDS.get(name) or FIELDS[f".{rest}"])
        return words % {"name": owner.replace("_", " ")}
    return (rest if owner in OWNERS and rest else name).replace(".", " ").replace("_", " ")
