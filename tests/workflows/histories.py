"""Recorded histories: one for each journey, and the plans that they name; they must replay for ever.

`python -m tests.workflows.record` records those whose definition or journey is new.
Where the workflow's code changes, the old ones must still replay: don't record over them to silence a failure.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path

from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer, WorkflowReplayResult

from punchcard.payloads import data_converter
from punchcard.plan.codec import plan_hash
from workflows.journey import Journey

FOLDER = Path(__file__).with_name("histories")
PLANS = FOLDER / "plans"


def names() -> list[str]:
    """Return the names of all recorded journeys."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def text(name: str) -> str:
    """Return a recorded history as it is stored."""
    return (FOLDER / f"{name}.json").read_text()


def plans() -> dict[str, str]:
    """Return the plans that the histories name, by their hash."""
    kept = [json.loads(path.read_text()) for path in sorted(PLANS.glob("*.json"))]
    return {hash: plan for each in kept for hash, plan in each.items()}


def is_kept(name: str, plan: str) -> bool:
    """Tell whether a journey has been recorded by this plan."""
    return (FOLDER / f"{name}.json").exists() and plan in plans().values()


def keep(name: str, history: WorkflowHistory) -> None:
    """Store a history, without what names the machine that it was recorded on."""
    data = _without_identities(json.loads(history.to_json()))
    (FOLDER / f"{name}.json").write_text(json.dumps(data, indent=1, sort_keys=True) + "\n")


def keep_plans(texts: Mapping[str, str]) -> None:
    """Store each campaign's plan, in a file of its own."""
    for old in PLANS.glob("*.json"):
        old.unlink()
    for campaign, plan in texts.items():
        (PLANS / f"{campaign}.json").write_text(json.dumps({plan_hash(plan): plan}, indent=1) + "\n")


def forget_all_but(known: Collection[str]) -> None:
    """Remove the histories of journeys that are no more."""
    for name in set(names()) - set(known):
        (FOLDER / f"{name}.json").unlink()


async def replay(history: str) -> WorkflowReplayResult:
    """Replay a stored history by today's code, in the sandbox."""
    replayer = Replayer(workflows=[Journey], data_converter=data_converter(plans().__getitem__))
    read = WorkflowHistory.from_json("recorded", history)
    return await replayer.replay_workflow(read, raise_on_replay_failure=False)


def _without_identities(data: object) -> object:
    match data:
        case dict():
            return {
                key: "worker" if key == "identity" else _without_identities(value)
                for key, value in data.items()
                if key != "stackTrace"
            }
        case list():
            return [_without_identities(item) for item in data]
        case _:
            return data
