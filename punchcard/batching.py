"""Micro-batching: calls that arrive while one is under way are made as one, by a thread of their own.

A lone call goes at once. The busier it gets, the more calls share what each would have to pay alone.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Call = TypeVar("Call")
Result = TypeVar("Result")


@dataclass(slots=True)
class _Waiting(Generic[Call, Result]):
    call: Call
    key: Hashable
    size: int
    future: Future[Result] = field(default_factory=Future)


class Batcher(Generic[Call, Result]):
    """Makes calls in batches, in the order in which they came.

    `run` makes several calls as one: it returns a result for each, or raises and has done nothing. Then each
    call is made alone, so that one which fails does not fail its neighbours; unless `concerns_all` says that
    the error would meet each of them (a database that is away).
    """

    def __init__(
        self,
        run: Callable[[Sequence[Call]], Sequence[Result]],
        *,
        most: int,
        concerns_all: Callable[[Exception], bool] = lambda error: False,
        name: str = "batcher",
    ) -> None:
        self._run = run
        self._most = most
        self._concerns_all = concerns_all
        self._name = name
        self._waiting: deque[_Waiting[Call, Result]] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def submit(self, call: Call, *, key: Hashable = None, size: int = 1) -> Future[Result]:
        """Have a call made and return its future.

        Only calls of one `key` share a batch, up to `most` of `size` in sum. Raises RuntimeError once closed.
        """
        waiting: _Waiting[Call, Result] = _Waiting(call, key, size)
        with self._changed:
            if self._is_closed:
                raise RuntimeError(f"the {self._name} is closed")
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name=self._name, daemon=True)
                self._thread.start()
            self._waiting.append(waiting)
            self._changed.notify()
        return waiting.future

    async def run(self, call: Call, *, key: Hashable = None, size: int = 1) -> Result:
        """Have a call made, and wait for its result without holding the event loop."""
        return await asyncio.wrap_future(self.submit(call, key=key, size=size))

    def close(self) -> None:
        """Make the calls that wait, and end."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _serve(self) -> None:
        while batch := self._take():
            self._make([one for one in batch if one.future.set_running_or_notify_cancel()])

    def _take(self) -> list[_Waiting[Call, Result]]:
        """The next batch; nothing at the end."""
        with self._changed:
            while not self._waiting and not self._is_closed:
                self._changed.wait()
            batch: list[_Waiting[Call, Result]] = []
            room = self._most
            while self._waiting and (
                not batch or (self._waiting[0].key == batch[0].key and self._waiting[0].size <= room)
            ):
                room -= self._waiting[0].size
                batch.append(self._waiting.popleft())
            return batch

    def _make(self, batch: list[_Waiting[Call, Result]]) -> None:
        if not batch:
            return
        try:
            results = self._run([one.call for one in batch])
        except Exception as error:
            if len(batch) == 1 or self._concerns_all(error):
                for one in batch:
                    one.future.set_exception(error)
                return
            for one in batch:
                self._make([one])
            return
        for one, result in zip(batch, results, strict=True):
            one.future.set_result(result)
