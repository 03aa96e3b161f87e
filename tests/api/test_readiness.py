"""Whether the API tells the truth about what it needs."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import insert

from api.app import create_app
from api.installation import Installation
from api.readiness import STUCK_AFTER, readiness
from punchcard.cli.schema import upgrade
from punchcard.domain.outbox import TABLE as OUTBOX
from punchcard.settings import Settings
from tests.support.run_servers import PATIENCE
from tests.support.shop import SECRET, Shop


def installed(folder: Path, url: str) -> Installation:
    """An installation on a database, as the API sees it."""
    settings = Settings(data_dir=folder, database_url=SecretStr(url), secret_key=SecretStr(SECRET))
    made: Installation = create_app(settings).state.installation
    return made


async def found(here: Installation) -> dict[str, bool]:
    """Which checks pass."""
    return {check.name: check.ok for check in (await readiness(here)).checks}


@pytest.fixture
def temporal(temporal_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Temporal server that the environment names, and that may be busy with other tests."""
    monkeypatch.setenv("TEMPORAL_ADDRESS", temporal_server)
    monkeypatch.setattr("api.readiness.TEMPORAL_SECONDS", PATIENCE)


@pytest.mark.usefixtures("temporal")
async def test_all_that_is_needed_is_there(tmp_path: Path) -> None:
    """Database migrated, Temporal answering, nothing waiting in the outbox."""
    here = installed(tmp_path, f"sqlite:///{tmp_path / 'shop.db'}")
    upgrade(here.settings)
    answer = await readiness(here)
    assert answer.status == "ready", answer
    assert set(await found(here)) == {"database", "migrations", "outbox", "temporal"}


async def test_each_thing_that_is_missing_is_named_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty database and no Temporal."""
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    here = installed(tmp_path, f"sqlite:///{tmp_path / 'shop.db'}")
    answer = await readiness(here)
    assert answer.status == "not ready"
    failed = {check.name: check for check in answer.checks if not check.ok}
    assert set(failed) == {"migrations", "temporal"}
    assert all(check.reason and check.remedy for check in failed.values())
    away = installed(tmp_path, "postgresql://nobody@127.0.0.1:1/none")
    assert (await found(away))["database"] is False


@pytest.mark.usefixtures("temporal")
async def test_an_outbox_that_nobody_empties_is_noticed(tmp_path: Path) -> None:
    """The age of its oldest row counts, not how full it is."""
    here = installed(tmp_path, f"sqlite:///{tmp_path / 'shop.db'}")
    upgrade(here.settings)
    row = {"instance_id": "i", "kind": "start", "payload": "{}", "status": "pending", "attempts": 0}
    row |= {"not_before": 0, "leased_until": 0}
    with here.database.begin() as connection:
        connection.execute(insert(OUTBOX).values(**row, seq=1, created_at=here.now()))
    assert (await found(here))["outbox"] is True
    with here.database.begin() as connection:
        connection.execute(insert(OUTBOX).values(**row, seq=2, created_at=here.now() - STUCK_AFTER - 1000))
    assert (await found(here))["outbox"] is False


async def test_a_process_lives_whatever_else_is_away(shop: Shop) -> None:
    """`/healthz` looks at nothing; `/readyz` answers 503 with the checks."""
    async with shop.client() as client:
        assert (await client.get("/healthz")).json() == {"status": "alive"}
        answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert {check["name"] for check in answer.json()["checks"]} >= {"database", "migrations", "temporal"}
