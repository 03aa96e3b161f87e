"""A reader at two terminals: one shell that commands are typed into, and whatever is left running beside it."""

from __future__ import annotations

import contextlib
import secrets
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.run_servers import PATIENCE


class Shell:
    """One shell for all commands, so that variables and the folder carry on from one to the next."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self._environment = dict(environment)
        self._bash = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            cwd=folder,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._beside: list[tuple[subprocess.Popen[bytes], Path]] = []

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the shell and what runs beside it."""
        self._bash.kill()
        self._bash.communicate()
        for process, _ in self._beside:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=PATIENCE)
            process.kill()

    def run(self, words: str) -> str:
        """Type a command and return what it said."""
        assert self._bash.stdin is not None
        mark = secrets.token_hex(8)
        self._bash.stdin.write(f"{words}\nprintf '\\n%s\\n' {mark}\n")
        self._bash.stdin.flush()
        return "".join(self._until(mark)).removesuffix("\n")

    def leave_running(self, words: str) -> Callable[[], str]:
        """Start a command in a terminal of its own; what is returned says what it has said so far."""
        folder = Path(self.run("pwd").strip())
        output = folder / f"{len(self._beside)}.out"
        with output.open("wb") as file:
            process = subprocess.Popen(
                ["bash", "-c", f"exec env {words}"],
                cwd=folder,
                env=self._environment,
                stdout=file,
                stderr=file,
            )
        self._beside.append((process, output))
        return output.read_text

    def runs_beside(self) -> bool:
        """Tell whether what was left running last is running still."""
        return self._beside[-1][0].poll() is None

    def interrupt(self) -> str:
        """Press Ctrl-C in the last terminal of its own, and return all that it said."""
        process, output = self._beside[-1]
        process.send_signal(signal.SIGINT)
        process.wait(timeout=PATIENCE)
        return output.read_text()

    def _until(self, mark: str) -> Iterator[str]:
        assert self._bash.stdout is not None
        for line in self._bash.stdout:
            if line.strip() == mark:
                return
            yield line
        raise AssertionError("the shell has ended")


def eventually(say: Callable[[], str], is_right: Callable[[str], bool]) -> str:
    """Ask until the answer is right or patience ends; return the last one."""
    end = time.monotonic() + PATIENCE
    while True:
        said = say()
        if is_right(said) or time.monotonic() > end:
            return said
        time.sleep(0.1)
