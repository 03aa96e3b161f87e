"""What was expected against what happened: each expectation takes one fact, and what is left over is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
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
    Rewarded,
    Sign,
    Stuck,
    TakenBack,
    Told,
)
from punchcard.plan.calendar import instant, local
from punchcard.plan.model import Terms, terms_of
from punchcard.trial.facts import Fact
from punchcard.trial.words import offer_words, said, shown, value_words

MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Due:
    """An expectation with the instant that it names; None if any in its time will do."""

    expected: Expected
    at: int | None


def compare(due: list[Due], facts: list[Fact], span: Span, zone: str, findings: Findings) -> None:
    """Say what did not happen, what happened otherwise, and what nobody expected."""
    left = list(facts)
    open_: list[Due] = []
    for each in due:
        fact = next((f for f in left if _is(each, f) and not list(_differences(each, f, zone))), None)
        if fact is None:
            open_.append(each)
        else:
            left.remove(fact)
    for each in open_:
        fact = next((f for f in left if _is(each, f)), None)
        if fact is None:
            _missing(each, zone, findings)
        else:
            left.remove(fact)
            _otherwise(each, fact, zone, findings)
    for fact in left:
        if fact.is_news:
            findings.add(
                "PC2102",
                span,
                f"{said(fact, zone)} (on {shown(fact.at, zone)}), and nothing here expects it",
                expected="a line for it, or a campaign that does not do it",
            )


def _is(due: Due, fact: Fact) -> bool:
    """Whether the fact is of the kind and name that is expected."""
    match due.expected.sign:
        case Rewarded(name=name):
            return (fact.kind, fact.name) == ("reward", name)
        case Told(message=name):
            return (fact.kind, fact.name) == ("message", name)
        case Asked(name=name):
            return fact.kind == "message" and fact.details.get("question") == name
        case Charged(name=name, by=by):
            return (fact.kind, fact.name) == ("task", name) and by in (None, fact.details["by"])
        case TakenBack(name=name):
            return (fact.kind, fact.name) == ("revoked", name)
        case GivenBack(name=name):
            return (fact.kind, fact.name) == ("given_back", name)
        case CalledFor(name=name):
            return (fact.kind, fact.name) == ("call", name)
        case Stuck():
            return fact.kind == "incident"
        case Ended():
            return fact.kind == "end"
        case NotStarted():
            return fact.kind == "not_started"


def _missing(due: Due, zone: str, findings: Findings) -> None:
    when = "" if due.at is None else f" on {shown(due.at, zone)}"
    findings.add(
        "PC2101",
        due.expected.span,
        f"{_wanted(due.expected.sign)}{when} was expected, and there was none",
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
        case Stuck():
            return "an incident"
        case Ended(outcome=outcome):
            return f"the end as {outcome}"
        case NotStarted(why=why):
            return f"something earned that starts nothing ({why})"


def _differences(due: Due, fact: Fact, zone: str) -> Iterator[tuple[str, str]]:
    """Yield (what happened, what was expected) for each detail that differs."""
    if due.at is not None and abs(fact.at - due.at) >= MINUTE:
        yield f"it happened on {shown(fact.at, zone)}", f"on {shown(due.at, zone)}"
    match due.expected.sign:
        case Rewarded() as sign:
            yield from _of_reward(sign, fact, zone)
        case GivenBack(expires=end):
            yield from _of_end(end, fact.details["expires"], zone)
        case Told() as sign:
            yield from _of_message(sign, fact)
        case CalledFor() as sign:
            yield from _of_call(sign, fact)
        case Stuck(text=str(text)) if text not in fact.name:
            yield "its description has other words", f"`{text}`"
        case Ended(outcome=outcome, reason=reason):
            if outcome != fact.name:
                yield f"it ended as {fact.name}", outcome
            if reason is not None and reason != fact.details.get("reason"):
                yield f"the reason is `{fact.details.get('reason')}`", f"`{reason}`"
        case NotStarted(why=why) if why != fact.name:
            yield f"the reason is {fact.name}", why


def _of_reward(sign: Rewarded, fact: Fact, zone: str) -> Iterator[tuple[str, str]]:
    details = fact.details
    worth = None if sign.value is None else terms_of(sign.value)
    given = Terms(details["kind"], details["value"], details["what"])
    if sign.value is not None and worth != given:
        yield f"it is worth {value_words(details)}", offer_words(sign.value, details["currency"])
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
    if sign.subject is not None and sign.subject != details.get("subject"):
        yield f"its subject is `{details.get('subject')}`", f"`{sign.subject}`"
    text = " ".join(str(details.get("text") or "").split())
    for words in sign.contains:
        if " ".join(words.split()) not in text:
            yield "its text has other words", f"`{words}` in it"
    for words in sign.lacks:
        if " ".join(words.split()) in text:
            yield f"its text has `{words}`", "a text without that"
    if sign.language is not None and sign.language != details.get("language"):
        yield f"its words are in {details.get('language')}", sign.language
