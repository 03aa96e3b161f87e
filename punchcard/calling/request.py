"""A request to another system, and the reply to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `identity` is the same in each attempt, `name` the step's. What it says stays out of `repr`."""

    name: str
    identity: str
    method: str
    url: str = field(repr=False)
    body: str | None = field(default=None, repr=False)
    secret: str | None = None
    timeout: float = 10
    wants_reply: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply with a status of success: its body, as far as it was asked for, its bytes, and its milliseconds."""

    status: int
    body: bytes = field(repr=False)
    size: int
    duration: int


class Caller(Protocol):
    """Whoever makes requests of other systems."""

    async def call(self, request: Request) -> Reply:
        """Make one attempt. Raises `CallInterrupted`, `CallRefused` or `CallNotPossible`."""
        ...
