"""Replays every recorded history in this process: `python -m tests.workflows.replay`."""

from __future__ import annotations

import asyncio
import sys

from tests.workflows import histories


async def _failures() -> list[str]:
    failures = []
    for name in histories.names():
        failure = (await histories.replay(histories.text(name))).replay_failure
        sys.stdout.write(f"{name}: {'replays' if failure is None else failure}\n")
        if failure is not None:
            failures.append(name)
    return failures


if __name__ == "__main__":
    sys.exit(1 if asyncio.run(_failures()) else 0)
