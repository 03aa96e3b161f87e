"""What customers do about the e-mails that they read, and when: use the code, answer, unsubscribe, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from punchcard.demo.chance import between, happens, pick, pick_weighted
from punchcard.demo.letter import Letter
from punchcard.demo.timeline import CURRENCY
from punchcard.plan.calendar import DAY

USE_AT_ONCE = 0.40
USE_AFTER_REMINDER = 0.35
USE_TOO_LATE = 0.04
USE_TWICE = 0.04
LEND_TO_SOMEBODY = 0.02
ANSWER = 0.55
UNSUBSCRIBE = 0.008

_RATINGS = {4: 40.0, 5: 30.0, 3: 17.0, 2: 8.0, 1: 5.0}
_WORDS = (
    *("Quick and friendly, thank you.", "The parcel came late.", "The case of the CD was cracked."),
    *("All good now.", "Alles bestens, danke.", "Die Lieferung kam zu spät.", "Bitte besser verpacken."),
)


@dataclass(frozen=True, slots=True)
class Redeeming:
    """A customer shows a code at a till at `due`; `key` names this attempt."""

    due: int
    key: str
    code: str
    customer: str
    amount: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answering:
    """A customer opens a link at `due` and sends what the page asks for; `words` if it asks for text."""

    due: int
    key: str
    link: str
    words: str


@dataclass(frozen=True, slots=True)
class Unsubscribing:
    """A customer unsubscribes with one click at `due`."""

    due: int
    key: str
    link: str


Deed = Redeeming | Answering | Unsubscribing


class Minds:
    """Decides for all customers, and remembers what they have read and decided."""

    def __init__(self) -> None:
        """Begin with customers who have read nothing."""
        self._read: dict[str, int] = {}
        self._decided: set[str] = set()

    def decide(self, letter: Letter, now: int) -> list[Deed]:
        """Return what the customer will do about an e-mail read at `now`."""
        deeds: list[Deed] = list(self._redeem(letter, now))
        if letter.answers and happens(ANSWER, letter.answers[0], "answer"):
            deeds.append(_answer(letter, now))
        if letter.unsubscribe and happens(UNSUBSCRIBE, letter.id, "unsubscribe"):
            due = now + _days(0.05, 1, letter.id, "unsubscribe")
            deeds.append(Unsubscribing(due, f"unsubscribe-{letter.id}", letter.unsubscribe))
        return deeds

    def _redeem(self, letter: Letter, now: int) -> Iterator[Redeeming]:
        code = letter.code
        if code is None or code in self._decided:
            return
        times = self._read[code] = self._read.get(code, 0) + 1
        if times == 1 and happens(USE_TOO_LATE, code, "too late"):
            self._decided.add(code)
            yield _redeeming(letter, code, now + _days(31, 70, code, "too late"))
        elif happens(USE_AT_ONCE if times == 1 else USE_AFTER_REMINDER, code, times):
            self._decided.add(code)
            due = now + _days(0.2, 6, code, "use")
            if happens(LEND_TO_SOMEBODY, code, "lend"):
                yield _redeeming(letter, code, due - 1, customer="C-0001", suffix="-lent")
            yield _redeeming(letter, code, due)
            if happens(USE_TWICE, code, "again"):
                yield _redeeming(letter, code, due + _days(0.5, 5, code, "again"), suffix="-again")


def _redeeming(
    letter: Letter, code: str, due: int, *, customer: str | None = None, suffix: str = ""
) -> Redeeming:
    amount = {"amount": f"{between(12, 90, code, 'amount'):.2f}", "currency": CURRENCY}
    return Redeeming(due, f"{code}{suffix}", code, customer or letter.customer, amount)


def _answer(letter: Letter, now: int) -> Answering:
    """Choose one of the links: where they are five, as people rate; else any."""
    about = letter.answers[0].partition("?")[0]
    count = len(letter.answers)
    place = pick_weighted(_RATINGS, about, "rating") if count == 5 else int(between(1, count + 1, about))
    due = now + _days(0.1, 9, about, "answer after")
    return Answering(due, f"answer-{about}", letter.answers[place - 1], pick(_WORDS, about, "words"))


def _days(low: float, high: float, *about: object) -> int:
    return round(between(low, high, *about) * DAY)
