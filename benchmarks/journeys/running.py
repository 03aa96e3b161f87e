"""A side's program while it runs: what it is told, what its tables say, and what it has used."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.journeys.intake import READY, Orders
from benchmarks.journeys.side import Side
from punchcard.embedded.parent_death import end_with_parent
from punchcard.errors import PunchcardError


class Running:
    """One side's process and a look into its database."""

    def __init__(self, side: Side, process: asyncio.subprocess.Process, log: Path) -> None:
        self.side = side
        self._process = process
        self._log = log
        self._connection: sqlite3.Connection | None = None

    @classmethod
    async def start(cls, side: Side, orders: Orders, customers: int) -> Running:
        """Start the program and have it enrol its customers."""
        log = Path(orders.folder) / "program.log"
        with log.open("wb") as errors:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", side.module, str(orders)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                env={**os.environ, "TEMPORAL_ADDRESS": orders.address},
                preexec_fn=end_with_parent(),
            )
        running = cls(side, process, log)
        running.tell("customers", customers)
        await running.answered(READY)
        running._connection = sqlite3.connect(f"file:{side.database(orders)}?mode=ro", uri=True)
        return running

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def tell(self, name: str, *arguments: Any) -> None:
        """Tell the program that something happened."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([name, *arguments]).encode() + b"\n")

    async def answered(self, word: str) -> None:
        """Return once the program has said this; an error if it ends before."""
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            if line.decode().strip() == word:
                return
        await self._process.wait()
        self.must_run()

    def must_run(self) -> None:
        """Raise the program's last words as an error if it has ended."""
        if self._process.returncode is not None:
            lines = self._log.read_text(errors="replace").strip().splitlines()
            raise PunchcardError(
                f"{self.side.module} ended with exit code {self._process.returncode}: {' | '.join(lines[-5:])}",
                remedy=f"Read {self._log}.",
            )

    def ask(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Read the program's database."""
        assert self._connection is not None
        return self._connection.execute(query, parameters or {}).fetchall()

    async def stop(self) -> None:
        """End the input, and wait until the program has ended by itself."""
        assert self._process.stdin is not None
        if self._connection is not None:
            self._connection.close()
        self._process.stdin.close()
        await self._process.wait()
        if self._process.returncode:
            self.must_run()
