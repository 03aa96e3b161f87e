"""Recorded histories replay by today's code, in a process of its own with another hash seed."""

import os
import subprocess
import sys

from tests.workflows import histories
from tests.workflows.journeys import JOURNEYS


def test_every_journey_has_its_history() -> None:
    """Whoever adds a journey records it."""
    assert histories.names() == sorted(journey.name for journey in JOURNEYS)


def test_recorded_histories_replay_under_another_hash_seed() -> None:
    """Neither the order of sets nor anything else of the process decides."""
    own = os.environ.get("PYTHONHASHSEED")
    seed = "1" if own == "4711" else "4711"
    command = [sys.executable, "-m", "tests.workflows.replay"]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines() == [f"{name}: replays" for name in histories.names()]


async def test_another_course_of_events_is_noticed() -> None:
    """A history in which something else was done than the code does is refused."""
    other = histories.text("welcome.redeemed").replace('"send_message"', '"burn_message"')
    assert (await histories.replay(other)).replay_failure is not None
