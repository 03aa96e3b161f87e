"""Micro-batching: calls that arrive while one is under way are made as one, by a thread of their own.

A lone call goes at once. The busier it gets, the more calls share what each would have to pay alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

Call = TypeVar("Call")
Result = TypeVar("Result")


@dataclass(slots=True)
class _Waiting(Generic[Call, Result]):
    call: Call
    key: Hashable
    size: int
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Result]
    result: Result | None = None
    error: Exception | None = None


class Batcher(Generic[Call, Result]):
    """Makes calls in batches, in the order in which they came.

    `make` makes several calls as one: it returns a result for each, or raises and has done nothing. Then each
    call is made alone, so that one which fails does not fail its neighbours; unless `concerns_all` says that
    the error would meet each of them (a database that is away). A call whose caller has gone is still made.
    """

    def __init__(
        self,
        make: Callable[[Sequence[Call]], Sequence[Result]],
        *,
        most: int,
        concerns_all: Callable[[Exception], bool] = lambda error: False,
        name: str = "batcher",
    ) -> None:
        self._make = make
        self._most = most
        self._concerns_all = concerns_all
        self._waiting: SimpleQueue[_Waiting[Call, Result] | None] = SimpleQueue()
        self._next: _Waiting[Call, Result] | None = None
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._is_closed = False
        self._thread.start()

    async def run(self, call: Call, *, key: Hashable = None, size: int = 1) -> Result:
        """Have a call made and return its result, or raise what it raised.

        Only calls of one `key` share a batch, up to `most` of `size` in sum. RuntimeError once it is closed.
        """
        if self._is_closed:
            raise RuntimeError(f"the {self._thread.name} is closed")
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Result] = loop.create_future()
        self._waiting.put(_Waiting(call, key, size, loop, answer))
        return await answer

    def close(self) -> None:
        """Make the calls that wait, and end."""
        if not self._is_closed:
            self._is_closed = True
            self._waiting.put(None)
            self._thread.join()

    def _serve(self) -> None:
        while batch := self._take():
            self._settle(batch)
            for loop, settled in groupby(batch, key=lambda one: one.loop):
                with contextlib.suppress(RuntimeError):  # the loop has ended, and with it whoever asked
                    loop.call_soon_threadsafe(_answer, list(settled))

    def _take(self) -> list[_Waiting[Call, Result]]:
        """The next batch; nothing at the end."""
        first = self._next or self._waiting.get()
        self._next = None
        if first is None:
            return []
        batch, room = [first], self._most - first.size
        while True:
            try:
                one = self._waiting.get_nowait()
            except Empty:
                return batch
            if one is None:
                self._waiting.put(None)  # the end, once this batch is made
                return batch
            if one.key != first.key or one.size > room:
                self._next = one
                return batch
            batch.append(one)
            room -= one.size

    def _settle(self, batch: Sequence[_Waiting[Call, Result]]) -> None:
        try:
            results = self._make([one.call for one in batch])
        except Exception as error:
            if len(batch) == 1 or self._concerns_all(error):
                for one in batch:
                    one.error = error
                return
            for one in batch:
                self._settle([one])
            return
        for one, result in zip(batch, results, strict=True):
            one.result = result


def _answer(settled: Iterable[_Waiting[Call, Result]]) -> None:
    for one in settled:
        if one.answer.done():
            continue  # whoever asked has gone
        if one.error is not None:
            one.answer.set_exception(one.error)
        else:
            one.answer.set_result(one.result)  # type: ignore[arg-type]
