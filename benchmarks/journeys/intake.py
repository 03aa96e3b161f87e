"""The input of a side's program: one JSON line for each thing that happens to a customer."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

Handler = Callable[..., Awaitable[None]]

READY = "ready"


@dataclass(frozen=True, slots=True)
class Orders:
    """What a side's program is told when it starts.

    `first_customer` numbers its customers: the server is shared, and each journey is to have an id of its own.
    """

    address: str
    folder: str
    task_queue: str
    mail_port: int
    cached: int
    pace: int
    first_customer: int
    records_steps: bool = True

    @classmethod
    def read(cls) -> Orders:
        """Return what stands on the command line."""
        return cls(**json.loads(sys.argv[1]))

    def __str__(self) -> str:
        return json.dumps(asdict(self))


def email(customer: int) -> str:
    """Return the address of a customer of the benchmark."""
    return f"c{customer}@customers.example"


def customer_of(address: str) -> int:
    """Return whose address this is."""
    return int(address.partition("@")[0][1:])


def say(word: str) -> None:
    """Answer whoever runs this program."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


async def take_in(handlers: Mapping[str, Handler]) -> None:
    """Pass each line `[name, arguments …]` to its handler, side by side, until the input ends.

    A handler's exception ends the program: a figure from a run that lost something would mean nothing.
    """
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    async with asyncio.TaskGroup() as tasks:
        while line := await reader.readline():
            name, *arguments = json.loads(line)
            tasks.create_task(_handle(handlers[name], arguments))


async def _handle(handler: Handler, arguments: list[Any]) -> None:
    await handler(*arguments)
