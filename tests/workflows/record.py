"""Records the journeys that have no history by today's definitions: `python -m tests.workflows.record`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from punchcard.language.files import campaigns, load
from punchcard.plan.codec import plan_json
from punchcard.shipped import shipped
from tests.support import run_servers
from tests.support.temporal import shared_temporal
from tests.workflows import histories
from tests.workflows.journeys import JOURNEYS, Journey, play
from tests.workflows.stage import stage


def plans() -> dict[str, str]:
    """Return the canonical text of each definition's plan by its campaign."""
    checked = [load(path).check().plan for path in campaigns(shipped("definitions"))]
    return {plan.campaign: plan_json(plan) for plan in checked if plan is not None}


async def record(temporal: str, folder: Path, journeys: list[Journey]) -> None:
    """Play these journeys and store their histories."""
    async with stage(folder, temporal) as here:
        for one in await play(here, journeys):
            handle = here.client.get_workflow_handle(one.instance.id)
            histories.keep(one.journey.name, await handle.fetch_history())


def main() -> None:
    """Record what is new or changed on a server of its own, and forget what is gone."""
    today = plans()
    due = [one for one in JOURNEYS if not histories.is_kept(one.name, today[one.campaign])]
    run_servers.open_run()
    try:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(record(shared_temporal().address, Path(folder), due))
    finally:
        run_servers.close_run()
    histories.keep_plans(today)
    histories.forget_all_but({one.name for one in JOURNEYS})
    sys.stdout.write("".join(f"{one.name}: recorded\n" for one in due))


if __name__ == "__main__":
    main()
