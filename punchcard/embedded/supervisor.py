"""The supervisor: starts services in order, restarts what crashes, and stops all in reverse order."""

import asyncio
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from punchcard.embedded.child import Child
from punchcard.embedded.service import Service
from punchcard.errors import EmbeddedServerError

_BACKOFF_SECONDS = (0.2, 1.0, 5.0, 15.0)
_STEADY_AFTER_SECONDS = 60


class Happening(StrEnum):
    """What can happen to a service."""

    STARTING = "starting"
    HEALTHY = "healthy"
    CRASHED = "crashed"
    STOPPING = "stopping"
    STOPPED = "stopped"
    KILLED = "killed"


@dataclass(frozen=True, slots=True)
class Notice:
    """What the supervisor reports: which service, what happened, and a detail for people."""

    service: str
    happening: Happening
    detail: str = ""


class Supervisor:
    """Keeps services running for as long as its `async with` block lasts.

    A service that ends by itself is started again, at once for the first time and then less and less often.
    """

    def __init__(
        self,
        log_dir: Path,
        report: Callable[[Notice], None],
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        """Prepare a supervisor whose services write to `log_dir`, each to its own file."""
        self._log_dir = log_dir
        self._report = report
        self._environment = environment
        self._children: dict[str, Child] = {}
        self._watchers: dict[str, asyncio.Task[None]] = {}

    async def __aenter__(self) -> Self:
        """Begin; nothing runs yet."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop everything, the last started first."""
        for name in reversed([*self._watchers]):
            await self.stop(name)

    async def start(self, service: Service) -> None:
        """Start a service and return once it is healthy; an EmbeddedServerError if it does not get there."""
        self._turn_log(service.name)
        self._report(Notice(service.name, Happening.STARTING))
        child = await self._spawn(service)
        try:
            await child.become_healthy()
        except BaseException:
            await child.stop()
            raise
        self._report(Notice(service.name, Happening.HEALTHY))
        self._watchers[service.name] = asyncio.create_task(self._keep_running(service), name=service.name)

    async def stop(self, name: str) -> None:
        """Stop a service, gracefully if it can; it may be started again."""
        watcher = self._watchers[name]
        watcher.cancel()
        await asyncio.wait([watcher])
        self._report(Notice(name, Happening.STOPPING))
        child = self._children[name]
        if await child.stop():
            self._report(Notice(name, Happening.STOPPED))
        else:
            seconds = child.service.stop_within_seconds
            self._report(Notice(name, Happening.KILLED, f"it did not stop within {seconds:.0f} s"))
        del self._watchers[name]

    def process_id(self, name: str) -> int:
        """Return the process that now runs the service `name`."""
        return self._children[name].process.pid

    async def _spawn(self, service: Service) -> Child:
        child = await Child.start(service, self._environment, self._log_of(service.name))
        self._children[service.name] = child
        return child

    async def _keep_running(self, service: Service) -> None:
        loop = asyncio.get_running_loop()
        attempt = 0
        while True:
            child = self._children[service.name]
            began = loop.time()
            code = await child.process.wait()
            attempt = 0 if loop.time() - began > _STEADY_AFTER_SECONDS else attempt
            pause = _BACKOFF_SECONDS[min(attempt, len(_BACKOFF_SECONDS) - 1)]
            attempt += 1
            self._report(
                Notice(service.name, Happening.CRASHED, f"exit code {code}; starting again in {pause:g} s")
            )
            await asyncio.sleep(pause)
            await self._revive(service)

    async def _revive(self, service: Service) -> None:
        """Start a crashed service again. What fails here ends the process, and so leads to the next attempt."""
        try:
            child = await self._spawn(service)
            await child.become_healthy()
            self._report(Notice(service.name, Happening.HEALTHY))
        except EmbeddedServerError as error:
            self._report(Notice(service.name, Happening.CRASHED, str(error)))
            await self._children[service.name].stop()

    def _log_of(self, name: str) -> Path:
        return self._log_dir / f"{name}.log"

    def _turn_log(self, name: str) -> None:
        log = self._log_of(name)
        if log.exists():
            log.replace(log.with_suffix(".log.1"))
