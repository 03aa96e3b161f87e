"""Schemathesis against the running API: whatever it thinks of, every answer is one that the document describes."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from punchcard.cli.schema import upgrade
from punchcard.plan.calendar import DAY
from tests.support.run_servers import PATIENCE, wait_until
from tests.support.shop import BY_HAND, Shop

EXAMPLES = 2
SEED = 1


@pytest.fixture
def ready_shop(tmp_path: Path, temporal_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """An installation that is ready, with a customer, a reward, and a campaign to start by hand."""
    monkeypatch.setenv("TEMPORAL_ADDRESS", temporal_server)
    # No worker is there to tell instances anything, for however long this takes; the server serves other tests too.
    monkeypatch.setattr("api.readiness.TEMPORAL_SECONDS", PATIENCE)
    monkeypatch.setattr("api.readiness.STUCK_AFTER", DAY)
    made = Shop(f"sqlite:///{tmp_path / 'shop.db'}", tmp_path, tables=upgrade)
    made.publish(BY_HAND)
    made.reward("C-17")
    yield made
    made.here.database.close()


@pytest.fixture
def address(ready_shop: Shop, free_port: int) -> Iterator[str]:
    """Where the installation's API answers."""
    server = uvicorn.Server(uvicorn.Config(ready_shop.app, port=free_port, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started, what="the API to answer")
    yield f"http://127.0.0.1:{free_port}"
    server.should_exit = True
    thread.join()


@pytest.mark.timeout(400)
def test_schemathesis_finds_nothing(address: str, ready_shop: Shop, tmp_path: Path) -> None:
    """Its examples, coverage, fuzzing and stateful phases, with all checks, a few examples for each operation."""
    run = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json"),
            *("--header", f"Authorization: Bearer {ready_shop.key}"),
            *("--max-examples", str(EXAMPLES), "--seed", str(SEED), "--no-color"),
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-6000:]
    assert "passed" in run.stdout
