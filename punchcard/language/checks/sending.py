"""What is sent: each message by some step, none twice in a row, and none withheld that customers rely on."""

from __future__ import annotations

from punchcard.language import keys
from punchcard.language.checks.subject import Subject
from punchcard.plan.model import Approve, Ask, Repeat, Reward, Send, Start, Step, Task, Wait, blocks

# Behind these it is another time, or another campaign has had its say.
TAKES_TIME = (Wait, Ask, Task, Approve, Repeat, Start)


def every_message_is_sent(subject: Subject) -> None:
    """A message that no step sends is a forgotten step or a forgotten text."""
    messages = subject.context.messages
    for name, draft in messages.drafts.items():
        if name not in messages.used:
            subject.warn(
                "PC1502", draft.span, f"no step sends `{name}`", f"`- send: {name}`, or no such message"
            )


def no_message_follows_itself(subject: Subject) -> None:
    """Between the same message and itself lies some time, or another one."""
    _follow(subject, subject.steps, None)


def _follow(subject: Subject, steps: tuple[Step, ...], last: str | None) -> str | None:
    """Go through a block; `last` is the message that was sent just before, returned as it is after the block."""
    for step in steps:
        match step:
            case Send(message=message) | Ask(message=message):
                if message == last:
                    subject.warn(
                        "PC1605",
                        subject.places.get(step.path, subject.fields.span),
                        f"`{message}` was sent just before this, and nothing lies in between",
                        "another message, or a `wait` between the two",
                    )
                last = message
            case Reward():
                continue
            case Repeat(steps=round_, every=None):
                last = _follow(subject, round_, _follow(subject, round_, last))
                continue
        takes_time = isinstance(step, TAKES_TIME)
        for _, inner in blocks(step):
            _follow(subject, inner, None if takes_time else last)
        if takes_time or any(inner for _, inner in blocks(step)):
            last = None
    return last


def the_holdout_misses_nothing_it_relies_on(subject: Subject) -> None:
    """Customers in the holdout get no messages, so what they need to know is told elsewhere."""
    if not subject.fields.get(keys.HOLDOUT):
        return
    messages = subject.context.messages
    for name, draft in messages.drafts.items():
        purposes = {words.purpose for words in draft.words}
        if name in messages.used and "transactional" in purposes:
            subject.warn(
                "PC1706",
                subject.fields.span_of(keys.HOLDOUT),
                f"customers in the holdout do not get `{name}`, which is transactional",
                "no holdout, or this message in a campaign of its own",
            )
