"""Plays the live part: each thing that happens at its business time, and what customers do about their e-mails."""

from __future__ import annotations

import asyncio
import heapq
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from punchcard.demo import pace
from punchcard.demo.deeds import Answering, Deed, Minds, Redeeming, Unsubscribing
from punchcard.demo.figures import Figures, count
from punchcard.demo.letter import read_letter
from punchcard.demo.script import Happening, HelpCall, Posting
from punchcard.demo.shop import Shop, ShopCannotReachError
from punchcard.domain.clock import Clock
from punchcard.domain.database import Database
from punchcard.embedded.mailbox import Mailbox

_LARGEST_BATCH = 200
_DEEDS_AT_ONCE = 8
_PAUSE = 0.1
_COUNT_EVERY = 1.0


@dataclass(slots=True)
class Played:
    """How far the demo is, of `total` happenings the last of which is at `ends`, all in business time.

    `tills`, `posted` and `calls` count answers by their word.
    """

    now: int
    ends: int
    total: int
    done: int = 0
    mails: int = 0
    waiting: int = 0
    posted: Counter[str] = field(default_factory=Counter)
    tills: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    answered: int = 0
    away: str = ""
    figures: Figures | None = None
    settled: bool = False

    @property
    def over(self) -> bool:
        """Whether everything has happened and has come to its end."""
        return self.done == self.total and self.waiting == 0 and self.settled

    def recount(self, figures: Figures, still: bool) -> None:
        """Take new figures; `still`: since those before, nothing was posted, read or done.

        All is settled when two counts in a row find nothing open and nothing moved between them: one count
        alone may be older than the last order, or than the last mail of an instance that has just ended.
        """
        self.settled = still and self.figures is not None and self.figures.open == figures.open == 0
        self.figures = figures


class Player:
    """Plays a script to a shop's API. Where it stopped is not kept: what is repeated changes nothing."""

    def __init__(
        self, script: Sequence[Happening], shop: Shop, mailbox: Mailbox, database: Database, clock: Clock
    ) -> None:
        """Prepare to play; `script` is sorted by its instants."""
        self._script = script
        self._shop = shop
        self._mailbox = mailbox
        self._database = database
        self._clock = clock
        self._minds = Minds()
        self._deeds: list[tuple[int, str, Deed]] = []
        self._read: set[str] = set()
        self._moved = False
        self.played = Played(clock.now(), script[-1].due if script else 0, len(script))

    async def play(self, show: Callable[[Played], None]) -> Played:
        """Play until everything has ended; `show` is told how far it is about once a second."""
        counted = 0.0
        loop = asyncio.get_running_loop()
        while not self.played.over:
            self.played.now = self._clock.now()
            try:
                await self._happen()
                await self._read_mail()
                await self._act()
                self.played.away = ""
            except ShopCannotReachError as error:
                self.played.away = str(error)
            if loop.time() - counted >= _COUNT_EVERY:
                still, self._moved = not self._moved, False
                self.played.recount(await asyncio.to_thread(self._note_and_count), still)
                counted = loop.time()
                show(self.played)
            await asyncio.sleep(_PAUSE)
        return self.played

    async def _happen(self) -> None:
        """Let happen what is due: events in batches, in their sequence; a call of the help desk by itself."""
        while batch := self._due():
            self._moved = True
            if isinstance(batch[0], HelpCall):
                self.played.calls[await self._shop.call_help(batch[0])] += 1
            else:
                events = [posting.event for posting in batch if isinstance(posting, Posting)]
                self.played.posted.update(await self._shop.post(events))
            self.played.done += len(batch)

    def _due(self) -> Sequence[Happening]:
        start = self.played.done
        end = start
        while end < len(self._script) and end - start < _LARGEST_BATCH:
            happening = self._script[end]
            if happening.due > self.played.now:
                break
            if isinstance(happening, HelpCall):
                end += end == start
                break
            # Two versions of one order are two requests, as a shop would send them.
            if happening.id in {earlier.id for earlier in self._script[start:end]}:
                break
            end += 1
        return self._script[start:end]

    async def _read_mail(self) -> None:
        """Let customers read what has arrived, the oldest first."""
        for mail_id, deeds in await asyncio.to_thread(self._decide):
            self._moved = True
            self._read.add(mail_id)
            for deed in deeds:
                self._plan(deed)
        self.played.mails = len(self._read)

    def _decide(self) -> list[tuple[str, list[Deed]]]:
        new = sorted(mail_id for mail_id in self._mailbox.ids() if mail_id not in self._read)
        decided = []
        for mail_id in new:
            letter = read_letter(self._mailbox.read(mail_id))
            decided.append((mail_id, self._minds.decide(letter, self.played.now) if letter else []))
        return decided

    async def _act(self) -> None:
        """Let customers do what is due; who cannot reach the shop tries again."""
        while due := self._due_deeds():
            self._moved = True
            results = await asyncio.gather(*map(self._do, due), return_exceptions=True)
            for deed, result in zip(due, results, strict=True):
                if isinstance(result, BaseException):
                    self._plan(deed)
            for result in results:
                if isinstance(result, BaseException):
                    raise result
        self.played.waiting = len(self._deeds)

    def _plan(self, deed: Deed) -> None:
        heapq.heappush(self._deeds, (deed.due, deed.key, deed))

    def _due_deeds(self) -> list[Deed]:
        due: list[Deed] = []
        while self._deeds and self._deeds[0][0] <= self.played.now and len(due) < _DEEDS_AT_ONCE:
            due.append(heapq.heappop(self._deeds)[2])
        return due

    async def _do(self, deed: Deed) -> None:
        match deed:
            case Redeeming():
                self.played.tills[await self._shop.redeem(deed)] += 1
            case Answering():
                self.played.answered += await self._shop.answer(deed)
            case Unsubscribing():
                await self._shop.unsubscribe(deed)
            case _:
                assert_never(deed)

    def _note_and_count(self) -> Figures:
        with self._database.begin() as connection:
            pace.note(connection, self._clock)
        with self._database.read() as connection:
            return count(connection)
