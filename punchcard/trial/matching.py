"""What was expected against what happened: each expectation takes one fact, and what is left over is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from punchcard.language.diagnostics import Findings
from punchcard.language.nodes import Span
from punchcard.language.trials.model import (
    Asked,
    CalledFor,
    Charged,
    Day,
    Ended,
    Expected,
    GivenBack,
    NotStarted,
    Owed,
    Rewarded,
    Sign,
    Stands,
    Stuck,
    Sum,
    TakenBack,
    Told,
    Words,
)
from punchcard.plan.calendar import instant, local
from punchcard.plan.model import terms_of
from punchcard.trial.excerpt import excerpt
from punchcard.trial.facts import Fact, is_of
from punchcard.trial.words import offer_words, orders_words, owed_words, said, shown, terms_words

MINUTE = 60_000
# Signs that can mean the same fact.
HALVES = (Told, Asked)


@dataclass(frozen=True, slots=True)
class Due:
    """An expectation with the instant that it names; None if any in its time will do."""

    expected: Expected
    at: int | None


class _Table:
    """The facts that nobody has taken; a question in a message can be taken as either, and as both."""

    def __init__(self, facts: list[Fact]) -> None:
        self.left = list(facts)
        self._halves: list[tuple[type[Sign], Fact]] = []

    def take(self, due: Due, fits: Callable[[Fact], bool]) -> Fact | None:
        """Take the first fact that the expectation means and that `fits`."""
        kind = type(due.expected.sign)
        for fact in self.left:
            if _is(due, fact) and fits(fact):
                self.left.remove(fact)
                if kind in HALVES and fact.details.get("question"):
                    self._halves.append((kind, fact))
                return fact
        for half in self._halves:
            if kind in HALVES and kind is not half[0] and _is(due, half[1]) and fits(half[1]):
                self._halves.remove(half)
                return half[1]
        return None


def compare(due: list[Due], facts: list[Fact], span: Span, zone: str, findings: Findings) -> None:
    """Say what did not happen, what happened otherwise, and what nobody expected."""
    table = _Table(facts)
    open_ = [each for each in due if table.take(each, _exactly(each, zone)) is None]
    missing: list[Due] = []
    for each in open_:
        fact = table.take(each, lambda _: True)
        if fact is None:
            missing.append(each)
        else:
            _otherwise(each, fact, zone, findings)
    for each in dict.fromkeys(missing):
        _missing(each, each.expected.times - missing.count(each), zone, findings)
    for fact in table.left:
        if fact.is_news:
            findings.add(
                "PC2102",
                span,
                f"{said(fact, zone)} (on {shown(fact.at, zone)}), and nothing here expects it",
                expected="a line for it, or a campaign that does not do it",
            )


def _exactly(due: Due, zone: str) -> Callable[[Fact], bool]:
    return lambda fact: next(_differences(due, fact, zone), None) is None


def _is(due: Due, fact: Fact) -> bool:
    """Whether the fact is of the campaign, the kind and the name that is expected."""
    if fact.campaign != due.expected.campaign:
        return False
    match due.expected.sign:
        case Rewarded(name=name):
            return (fact.kind, fact.name) == ("reward", name)
        case Told(message=name):
            return is_of(fact, "message", name)
        case Asked(name=name):
            return is_of(fact, "question", name)
        case Charged(name=name, by=by):
            return is_of(fact, "task", name) and by in (None, fact.details["by"])
        case TakenBack(name=name):
            return (fact.kind, fact.name) == ("revoked", name)
        case GivenBack(name=name):
            return (fact.kind, fact.name) == ("given_back", name)
        case Owed(name=name):
            return (fact.kind, fact.name) == ("owed", name)
        case CalledFor(name=name):
            return (fact.kind, fact.name) == ("call", name)
        case Stuck():
            return fact.kind == "incident"
        case Ended():
            return fact.kind == "end"
        case NotStarted():
            return fact.kind == "not_started"
        case Stands():
            return False  # no fact is meant, but what all of them have come to


def _missing(due: Due, came: int, zone: str, findings: Findings) -> None:
    """Say that an expectation came fewer times than it was to."""
    when = "" if due.at is None else f" on {shown(due.at, zone)}"
    wanted = f"{_wanted(due.expected.sign)}{when} was expected"
    times = due.expected.times
    findings.add(
        "PC2101",
        due.expected.span,
        f"{wanted}, and there was none"
        if times == 1
        else f"{wanted} {times} times, and came {came} of {times}",
        expected="what the timeline below shows, or a campaign that does it",
    )


def _otherwise(due: Due, fact: Fact, zone: str, findings: Findings) -> None:
    differences = list(_differences(due, fact, zone))
    findings.add(
        "PC2103",
        due.expected.span,
        f"{said(fact, zone)}: {'; '.join(happened for happened, _ in differences)}",
        expected="; ".join(wanted for _, wanted in differences),
    )


def _wanted(sign: Sign) -> str:
    match sign:
        case Rewarded(name=name):
            return f"the reward `{name}`"
        case Told(message=name, suppressed=None):
            return f"the message `{name}`"
        case Told(message=name):
            return f"`{name}`, held back,"
        case Asked(name=name):
            return f"the question `{name}`"
        case Charged(name=name, by=by):
            return f"the task `{name}`" + ("" if by is None else f" with {by}")
        case CalledFor(name=name, failed=None):
            return f"the call `{name}`"
        case CalledFor(name=name):
            return f"that the call `{name}` fails"
        case TakenBack(name=name):
            return f"that `{name}` is revoked"
        case GivenBack(name=name):
            return f"that `{name}` is given back"
        case Owed(name=name):
            return f"that `{name}` is owed"
        case Stuck():
            return "an incident"
        case Ended(outcome=outcome):
            return f"the end as {outcome}"
        case NotStarted(why=why):
            return f"something earned that starts nothing ({why})"
        case Stands():
            return "how the customer stands"


def _differences(due: Due, fact: Fact, zone: str) -> Iterator[tuple[str, str]]:
    """Yield (what happened, what was expected) for each detail that differs."""
    if due.at is not None and abs(fact.at - due.at) >= MINUTE:
        yield f"it happened on {shown(fact.at, zone)}", f"on {shown(due.at, zone)}"
    match due.expected.sign:
        case Rewarded() as sign:
            yield from _of_reward(sign, fact, zone)
        case GivenBack(expires=end):
            yield from _of_end(end, fact.details["expires"], zone)
        case Owed(amount=wanted) if wanted is not None and not _is_sum(wanted, fact.details["amount"]):
            yield f"{owed_words(fact.details)} is owed", f"{wanted.amount} {wanted.currency}"
        case Told() as sign:
            yield from _of_message(sign, fact)
        case CalledFor() as sign:
            yield from _of_call(sign, fact)
        case Asked(words=words) | Charged(words=words):
            yield from _of_words(words, fact)
        case Stuck(text=str(text)) if text not in fact.name:
            yield "its description has other words", f"`{text}`"
        case Ended(outcome=outcome, reason=reason):
            if outcome != fact.name:
                yield f"it ended as {fact.name}", outcome
            if reason is not None and reason != fact.details.get("reason"):
                yield f"the reason is `{fact.details.get('reason')}`", f"`{reason}`"
        case NotStarted(why=why) if why != fact.name:
            yield f"the reason is {fact.name}", why


def _is_sum(wanted: Sum, found: Sum | None) -> bool:
    return found is not None and (Decimal(wanted.amount), wanted.currency) == (
        Decimal(found.amount),
        found.currency,
    )


def _of_reward(sign: Rewarded, fact: Fact, zone: str) -> Iterator[tuple[str, str]]:
    details = fact.details
    worth = None if sign.value is None else terms_of(sign.value)
    given, currency = details["terms"], details["currency"]
    if sign.value is not None and worth != replace(given, most=None):
        yield f"it is worth {terms_words(given, currency)}", offer_words(sign.value, currency)
    if sign.orders not in (None, details["orders"]):
        yield f"it is {orders_words(details['orders'])}", orders_words(sign.orders)
    yield from _of_end(sign.expires, details["expires"], zone)


def _of_end(
    wanted: Day | Literal["never"] | None, expires: int | None, zone: str
) -> Iterator[tuple[str, str]]:
    match wanted:
        case "never" if expires is not None:
            yield f"it expires on {shown(expires, zone)}", "never"
        case Day(date=day, minute=minute) if not _is_on(expires, day, minute, zone):
            happened = "it never expires" if expires is None else f"it expires on {shown(expires, zone)}"
            yield happened, day


def _of_call(sign: CalledFor, fact: Fact) -> Iterator[tuple[str, str]]:
    failed = fact.details["failed"]
    if (failed is None) != (sign.failed is None):
        happened = "it succeeded" if failed is None else f"it came to nothing ({failed})"
        yield happened, "it succeeds" if sign.failed is None else f"it fails ({sign.failed})"
        return
    if sign.failed is not None and sign.failed not in failed:
        yield f"it came to nothing for another reason ({failed})", f"`{sign.failed}`"
    for words in sign.contains:
        if words not in fact.details["request"]:
            yield f"its request is `{fact.details['request']}`", f"`{words}` in it"


def _is_on(at: int | None, day: str, minute: int | None, zone: str) -> bool:
    if at is None:
        return False
    if minute is None:
        return local(at, zone).date().isoformat() == day
    return 0 <= at - instant(date.fromisoformat(day), minute, zone) < MINUTE


def _of_message(sign: Told, fact: Fact) -> Iterator[tuple[str, str]]:
    details = fact.details
    suppressed = details.get("suppressed")
    if suppressed != sign.suppressed:
        happened = "it went out" if suppressed is None else f"it was held back ({suppressed})"
        yield happened, "it goes out" if sign.suppressed is None else f"held back ({sign.suppressed})"
        return
    yield from _of_words(sign.words, fact)


def _of_words(words: Words, fact: Fact) -> Iterator[tuple[str, str]]:
    details = fact.details
    if words.subject is not None and words.subject != details.get("subject"):
        yield f"its subject is `{details.get('subject')}`", f"`{words.subject}`"
    text = " ".join(str(details.get("text") or "").split())
    for each in words.contains:
        wanted = " ".join(each.split())
        if wanted not in text:
            yield f"its text is `{excerpt(text, wanted)}`" if text else "it has no text", f"`{wanted}` in it"
    for each in words.lacks:
        unwanted = " ".join(each.split())
        if unwanted in text:
            yield f"its text is `{excerpt(text, unwanted)}`", f"no `{unwanted}` in it"
    if words.language is not None and words.language != details.get("language"):
        yield f"its words are in {details.get('language')}", words.language
