"""The short form of the crash run; the long one is `python -m tests.crash`."""

from pathlib import Path

import pytest

from tests.crash.proof import play
from tests.crash.storm import CAMPAIGN, make_storm
from tests.crash.system import System


@pytest.mark.timeout(300)
def test_nothing_is_lost_and_nothing_happens_twice_when_processes_are_killed(tmp_path: Path) -> None:
    """Worker, API and Temporal die at random while orders, revisions and refunds pour in, shuffled and repeated."""
    storm = make_storm(orders=250, customers=40, seed=7)
    with System(tmp_path / "system", CAMPAIGN) as system:
        summary = play(system, storm, kills=4, seed=7)
    assert not summary.broken, str(summary)
    assert summary.standing > 20
