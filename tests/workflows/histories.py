"""Recorded histories: one for each journey, and the plans that they name; they must replay for ever.

They are recorded anew by `python -m tests.workflows.record`, which is due when a definition or a journey is new.
Where the workflow's code changes, the old ones must still replay: don't record over them to silence a failure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer, WorkflowReplayResult

from punchcard.payloads import data_converter
from workflows.journey import Journey

FOLDER = Path(__file__).with_name("histories")
PLANS = FOLDER / "plans.json"


def names() -> list[str]:
    """Return the names of all recorded journeys."""
    return sorted(path.stem for path in FOLDER.glob("*.json") if path != PLANS)


def text(name: str) -> str:
    """Return a recorded history as it is stored."""
    return (FOLDER / f"{name}.json").read_text()


def keep(histories: Mapping[str, WorkflowHistory], plans: Mapping[str, str]) -> None:
    """Store histories, without what names the machine that they were recorded on."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name, history in histories.items():
        data = _without_identities(json.loads(history.to_json()))
        (FOLDER / f"{name}.json").write_text(json.dumps(data, indent=1, sort_keys=True) + "\n")
    PLANS.write_text(json.dumps(dict(plans), indent=1, sort_keys=True) + "\n")


async def replay(history: str) -> WorkflowReplayResult:
    """Replay a stored history by today's code, in the sandbox."""
    plans = json.loads(PLANS.read_text())
    replayer = Replayer(workflows=[Journey], data_converter=data_converter(plans.__getitem__))
    read = WorkflowHistory.from_json("recorded", history)
    return await replayer.replay_workflow(read, raise_on_replay_failure=False)


def _without_identities(data: object) -> object:
    match data:
        case dict():
            return {
                key: "worker" if key == "identity" else _without_identities(value)
                for key, value in data.items()
            }
        case list():
            return [_without_identities(item) for item in data]
        case _:
            return data
