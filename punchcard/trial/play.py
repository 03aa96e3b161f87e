"""One case played from its beginning to its end, and what was found."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from punchcard.language.diagnostics import Diagnostic, Findings
from punchcard.language.nodes import Span
from punchcard.language.trials.model import Act, Case, Check, Ordered, Stands
from punchcard.plan.calendar import instant, resolve
from punchcard.plan.model import After, AfterMonths, Moment, OnDate, Plan
from punchcard.plan.state import State
from punchcard.plan.triggers import ScheduleTrigger
from punchcard.trial.deeds import Actor, CannotHappen
from punchcard.trial.facts import Fact, Mark, facts_since, is_of
from punchcard.trial.matching import Due, compare
from punchcard.trial.needs import lacks
from punchcard.trial.nobody import why_nobody
from punchcard.trial.stage import MOST_WAKES, Endless, Held, Production, Stage
from punchcard.trial.standing import compare_customer
from punchcard.trial.words import said, shown

MINUTE = 60_000
# How far is looked ahead for what has not come yet.
AHEAD = 400 * 24 * 3600 * 1000
# What a campaign will do that has not come yet.
WILL: Mapping[str, str] = MappingProxyType(
    {"question": "puts the question", "reward": "gives it", "task": "asks for it"}
)
# What counts from the same time wherever it stands in one `expect`; a date or a time of day is the time itself.
SPANS = After | AfterMonths
# So long after its date a schedule has come for every customer, wherever they live.
ROUND_THE_WORLD = 36 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a case's timeline: the customer's local time, and what happened; `deed` if the story says so."""

    at: str
    text: str
    deed: bool = False


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a case; `states` are its instances as they ended up, by their versions."""

    case: Case
    diagnostics: tuple[Diagnostic, ...]
    timeline: tuple[Entry, ...]
    seconds: float
    states: tuple[State, ...]

    @property
    def passed(self) -> bool:
        """Whether all was as expected."""
        return not self.diagnostics


def _over(plan: Plan) -> int | None:
    """Return when a schedule of one date has come for everybody; None for all other triggers."""
    match plan.trigger:
        case ScheduleTrigger(date=str(day), minutes=minutes):
            return instant(date.fromisoformat(day), max(minutes), plan.timezone) + ROUND_THE_WORLD
    return None


def play(case: Case, plan: Plan, production: Production, memory: Held) -> Played:
    """Play a case on an empty database."""
    began = time.perf_counter()
    story = _Story(case, plan, production, memory)
    story.play()
    found, timeline = story.findings.sorted(), tuple(story.timeline)
    return Played(case, found, timeline, time.perf_counter() - began, story.stage.states(plan))


class _Story:
    """A case on its way; `anchor` is the last time that some line has named, `unseen` what nobody has looked at yet."""

    def __init__(self, case: Case, plan: Plan, production: Production, memory: Held) -> None:
        self._case = case
        self._zone = case.person.profile.get("timezone") or plan.timezone
        self._anchor = resolve(case.begins, 0, self._zone)
        self._over = _over(plan)
        self._mark = Mark()
        self._unseen: list[Fact] = []
        self.findings = Findings()
        self.timeline: list[Entry] = []
        self.stage = Stage(memory, production, self._anchor)
        self._campaign = plan.campaign
        self._actor = Actor(self.stage, plan.campaign, self._zone)

    def play(self) -> None:
        """Go through the lines; one that cannot happen ends the case there."""
        self._actor.introduce(self._case.person)
        for act in self._case.earlier:
            if isinstance(act.deed, Ordered) and not self._do(
                replace(act, deed=replace(act.deed, occurred=act.at)), history=True
            ):
                return
        self.stage.publish()
        if self._case.kept:
            self.stage.keep(self._campaign, self._case.kept)
        lines = self._case.story
        for line, following in zip(lines, (*lines[1:], None), strict=True):
            try:
                goes_on = self._act(line) if isinstance(line, Act) else self._check(line, following)
            except Endless:
                self._cannot(line.span, "the instances never come to rest")
                return
            if not goes_on:
                return
        remark = why_nobody(self.stage, self._campaign, self._zone)
        if remark is not None:
            self.timeline.append(Entry(shown(self.stage.clock.now(), self._zone), f"({remark})"))

    # --- deeds ------------------------------------------------------------------------------------

    def _act(self, act: Act) -> bool:
        at = self._time(act.at)
        if self._is_past(at):
            return self._backwards(act.span, at)
        counted, self._anchor = self._anchor, at
        self._run_up_to(act, at)
        news = self._news()
        self._tell(news)
        self._unseen += news
        return self._do(act, counted)

    def _run_up_to(self, act: Act, at: int) -> None:
        """Let time pass up to a deed: it precedes what is due at its own time, but for what it needs in its minute."""
        self.stage.run(at, inclusive=False)
        for _ in range(MOST_WAKES):
            if not (lacks(self.stage, act.deed, act.campaign) and self.stage.come(at + MINUTE - 1)):
                return
        raise Endless

    def _do(self, act: Act, counted: int = 0, *, history: bool = False) -> bool:
        """Let a deed happen; its time was counted from the instant `counted`."""
        text = " ".join(act.span.text.split())
        at = shown(self.stage.clock.now(), self._zone)
        self.timeline.append(Entry(at, f"{text} (history)" if history else text, deed=True))
        try:
            remark = self._actor.act(act.deed, act.campaign, history=history)
        except CannotHappen as refusal:
            return self._cannot(act.span, *self._too_early(act, refusal, counted))
        if remark is not None:
            self.timeline.append(Entry(at, f"({remark})"))
        return True

    def _too_early(self, act: Act, refusal: CannotHappen, counted: int) -> tuple[str, str]:
        """Return why it cannot happen, and what could: of what has yet to come, when it comes if nothing else does."""
        if refusal.awaits is None:
            return str(refusal), "what can happen at that time"
        why = f"{refusal}: it is {shown(self.stage.clock.now(), self._zone)}"
        if act.at is not None and not isinstance(act.at, OnDate):
            why += f", counted from {shown(counted, self._zone)}, the last time that a line above names"
        kind, name = refusal.awaits
        fact = self._coming(act.campaign, kind, name)
        if fact is None:
            return why, "something above that brings it"
        when = shown(fact.at, self._zone)
        return f"{why}; the campaign {WILL[kind]} on {when}", f"`at: {when}` or later"

    def _coming(self, campaign: str, kind: str, name: str | None) -> Fact | None:
        """Look ahead for what has not come yet; the case ends here, so nobody is misled."""
        begins = self.stage.clock.now()
        with contextlib.suppress(Endless):
            self.stage.run(begins + AHEAD, inclusive=True)
        return next(
            (fact for fact in self._news() if fact.campaign == campaign and is_of(fact, kind, name)),
            None,
        )

    def _cannot(self, span: Span, why: str, expected: str = "what can happen at that time") -> bool:
        self.findings.add("PC2009", span, f"this cannot happen: {why}", expected=expected)
        return False

    def _is_past(self, at: int) -> bool:
        """Whether an instant was over a minute ago: stories tell the time in minutes."""
        return self.stage.clock.now() - at >= MINUTE

    def _backwards(self, span: Span, at: int) -> bool:
        now = shown(self.stage.clock.now(), self._zone)
        self.findings.add(
            "PC2006",
            span,
            f"this is to happen on {shown(at, self._zone)}, and it is {now} already",
            expected=f"{now} or later",
        )
        return False

    # --- expectations -----------------------------------------------------------------------------

    def _check(self, check: Check, following: Act | Check | None) -> bool:
        """Let time pass as far as the expectations reach, and compare."""
        due, base = [], self._anchor
        for expected in check.expected:
            if isinstance(expected.sign, Stands):
                continue
            at = None if expected.at is None else resolve(expected.at, base, self._zone)
            due += [Due(expected, at)] * expected.times
            if at is not None and not isinstance(expected.at, SPANS):
                base = at
        named = [each.at for each in due if each.at is not None]
        ends = None if check.until is None else resolve(check.until, base, self._zone)
        self._anchor = max([self._anchor, *named]) if ends is None else ends
        until = self._until(ends, following)
        if until is not None and self._is_past(until):
            return self._backwards(check.span, until)
        if until is None and self._over is not None:
            self.stage.run(max(self._over, self.stage.clock.now()), inclusive=True)
        if until is not None and ends is None and isinstance(following, Act):
            self._run_up_to(following, until)
        else:
            self.stage.run(until, inclusive=ends is not None)
        news = self._news()
        self._tell(news)
        unseen, self._unseen = self._unseen, []
        compare(due, [*unseen, *news], check.span, self._zone, self.findings)
        compare_customer(check.expected, self.stage, self.findings)
        return True

    def _until(self, ends: int | None, following: Act | Check | None) -> int | None:
        if ends is not None or following is None:
            return ends
        if isinstance(following, Check):
            return self.stage.clock.now()
        return max(self._time(following.at), self.stage.clock.now())

    def _time(self, moment: Moment | None) -> int:
        """Return the instant of a line, counted from the last time that one named."""
        return self._anchor if moment is None else resolve(moment, self._anchor, self._zone)

    def _news(self) -> list[Fact]:
        facts, self._mark = facts_since(self.stage, self._mark)
        return [fact if fact.campaign == self._campaign else replace(fact, is_news=False) for fact in facts]

    def _tell(self, facts: list[Fact]) -> None:
        self.timeline += [Entry(shown(fact.at, self._zone), self._said(fact)) for fact in facts]

    def _said(self, fact: Fact) -> str:
        words = said(fact, self._zone)
        return words if fact.campaign == self._campaign else f"{words} (in {fact.campaign})"
