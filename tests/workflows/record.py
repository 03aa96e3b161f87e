"""Records the history of every journey through `definitions/`: `python -m tests.workflows.record`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from sqlalchemy import select

from punchcard.domain.campaigns import Version
from punchcard.domain.database import table
from tests.support import run_servers
from tests.support.temporal import shared_temporal
from tests.workflows import histories
from tests.workflows.journeys import play
from tests.workflows.stage import stage

VERSION = table(Version)


async def record(temporal: str, folder: Path) -> int:
    """Play every journey and store its history; return how many there are."""
    async with stage(folder, temporal) as here:
        played = await play(here)
        found = {
            one.journey.name: await here.client.get_workflow_handle(one.instance.id).fetch_history()
            for one in played
        }
        plans = {row.hash: row.plan for row in here.rows(select(VERSION.c.hash, VERSION.c.plan))}
    histories.keep(found, plans)
    return len(found)


def main() -> None:
    """Record on a server of its own."""
    run_servers.open_run()
    try:
        with tempfile.TemporaryDirectory() as folder:
            number = asyncio.run(record(shared_temporal().address, Path(folder)))
    finally:
        run_servers.close_run()
    sys.stdout.write(f"{number} histories in {histories.FOLDER}\n")


if __name__ == "__main__":
    main()
