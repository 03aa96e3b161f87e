"""Calls that share a batch: their answers, their failures, and the end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest

from punchcard.batching import Batcher


class Desk:
    """Doubles numbers; the first batch waits until the desk opens, so that others gather behind it."""

    def __init__(self, *, away: bool = False) -> None:
        self.batches: list[list[int]] = []
        self.opens = threading.Event()
        self.batcher = Batcher(self._double, most=4, concerns_all=lambda error: away, name="desk")

    def _double(self, numbers: Sequence[int]) -> list[int]:
        self.opens.wait()
        self.batches.append(list(numbers))
        if 13 in numbers:
            raise ValueError("13")
        return [2 * number for number in numbers]

    async def ask(self, *numbers: int) -> list[int | BaseException]:
        """Ask for all of them at once, behind one that is under way."""
        asked = [asyncio.ensure_future(self.batcher.run(number)) for number in (0, *numbers)]
        await asyncio.sleep(0)
        self.opens.set()
        return (await asyncio.gather(*asked, return_exceptions=True))[1:]


async def test_calls_that_gather_are_made_as_one() -> None:
    """Whoever comes while a batch is under way shares the next one, up to its size, and gets his own answer."""
    desk = Desk()
    assert await desk.ask(1, 2, 3, 4, 5) == [2, 4, 6, 8, 10]
    assert [number for batch in desk.batches for number in batch] == [0, 1, 2, 3, 4, 5]
    assert all(len(batch) <= 4 for batch in desk.batches)
    assert len(desk.batches) < 6
    desk.batcher.close()


async def test_one_that_fails_does_not_fail_its_neighbours() -> None:
    """A batch that cannot be made is made one by one."""
    desk = Desk()
    one, failed, other = await desk.ask(1, 13, 3)
    assert (one, other) == (2, 6)
    assert isinstance(failed, ValueError)
    desk.batcher.close()


async def test_an_error_that_concerns_all_is_everybodys() -> None:
    """Where the error would meet each of them, nobody is asked to try again alone."""
    desk = Desk(away=True)
    answers = await desk.ask(1, 13, 3)
    assert sum(isinstance(answer, ValueError) for answer in answers) >= 2
    assert [13] not in desk.batches
    desk.batcher.close()


async def test_only_calls_of_one_key_share() -> None:
    """Another key begins another batch, and the order is kept."""
    desk = Desk()
    asked = [asyncio.ensure_future(desk.batcher.run(n, key=n % 2)) for n in (1, 3, 2, 4, 5)]
    await asyncio.sleep(0)
    desk.opens.set()
    assert await asyncio.gather(*asked) == [2, 6, 4, 8, 10]
    assert all(len({number % 2 for number in batch}) == 1 for batch in desk.batches)
    desk.batcher.close()


async def test_what_waits_is_made_before_the_end() -> None:
    """Closing loses nothing that was asked for before, and refuses what is asked for afterwards."""
    desk = Desk()
    asked = [asyncio.ensure_future(desk.batcher.run(n, key=n)) for n in range(3)]
    await asyncio.sleep(0)
    desk.opens.set()
    await asyncio.to_thread(desk.batcher.close)
    assert await asyncio.gather(*asked) == [0, 2, 4]
    with pytest.raises(RuntimeError, match="desk is closed"):
        await desk.batcher.run(7)


async def test_a_caller_who_has_gone_harms_nobody() -> None:
    """A call that was given up is made all the same, and its neighbours hear of it nothing."""
    desk = Desk()
    gone = asyncio.ensure_future(desk.batcher.run(1))
    stays = asyncio.ensure_future(desk.batcher.run(2))
    await asyncio.sleep(0)
    gone.cancel()
    desk.opens.set()
    assert await stays == 4
    desk.batcher.close()
