"""A running service: its process, its log file, its start until healthy and its end."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Mapping
from pathlib import Path

from punchcard.embedded.parent_death import end_with_parent
from punchcard.embedded.service import Service
from punchcard.errors import BinaryCannotStartError, EmbeddedServerError, UnhealthyError

_POLL_SECONDS = 0.1


class Child:
    """One process of a service. It has a session of its own, so that a Ctrl-C reaches the supervisor alone."""

    def __init__(self, service: Service, process: asyncio.subprocess.Process, log: Path) -> None:
        """Take over the process that `start` made."""
        self.service = service
        self.process = process
        self.log = log

    @classmethod
    async def start(cls, service: Service, environment: Mapping[str, str], log: Path) -> "Child":
        """Run the service's command; BinaryCannotStartError if the system refuses."""
        try:
            with log.open("ab") as output:
                process = await asyncio.create_subprocess_exec(
                    *service.command,
                    env={**environment, **service.environment},
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                    pass_fds=service.inherits,
                    preexec_fn=end_with_parent(),
                )
        except OSError as error:
            raise BinaryCannotStartError(
                f"{service.command[0]} ({service.name}) cannot be run: {error.strerror}.",
                remedy="Install the project's requirements again.",
            ) from None
        service.on_start(process.pid)
        return cls(service, process, log)

    async def become_healthy(self) -> None:
        """Return once the service answers; an error with the log's last line if it ends or stays silent."""
        try:
            async with asyncio.timeout(self.service.start_within_seconds):
                while not await self.service.is_healthy():
                    if self.process.returncode is not None:
                        raise EmbeddedServerError(
                            f"{self.service.name} ended with exit code {self.process.returncode} before it was "
                            f"healthy: {self.last_words()}.",
                            remedy=f"Read {self.log}.",
                        )
                    await asyncio.sleep(_POLL_SECONDS)
        except TimeoutError:
            raise UnhealthyError(
                f"{self.service.name} was not healthy within {self.service.start_within_seconds:.0f} seconds: "
                f"{self.last_words()}.",
                remedy=f"Read {self.log}.",
            ) from None

    async def stop(self) -> bool:
        """End the process, gracefully if it can; return False if it had to be killed."""
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
        try:
            async with asyncio.timeout(self.service.stop_within_seconds):
                await self.process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            await self.process.wait()
            return False
        return True

    def last_words(self) -> str:
        """Return the last line of the log that says something."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return next(
            (line.strip().rstrip(".") for line in reversed(lines) if line.strip()), "it wrote nothing"
        )
