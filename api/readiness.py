"""What the API needs to do its work, looked at afresh whenever somebody asks."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError

from api.installation import Installation
from api.shapes.health import CheckShown, Readiness
from punchcard.domain.database import table
from punchcard.domain.outbox import OutboxRow
from punchcard.settings import LOOPBACK
from punchcard.shipped import shipped

OUTBOX = table(OutboxRow)
STUCK_AFTER = 2 * 60 * 1000  # milliseconds that a row may wait while dispatchers run
TEMPORAL_SECONDS = 3


async def readiness(here: Installation) -> Readiness:
    """Return what is needed and whether it is there; nothing here raises."""
    database, temporal = await asyncio.gather(asyncio.to_thread(_database, here), _temporal(here))
    checks = [*database, temporal]
    return Readiness(status="ready" if all(check.ok for check in checks) else "not ready", checks=checks)


def _database(here: Installation) -> list[CheckShown]:
    try:
        with here.database.read() as connection:
            migrated = _migrated(connection)
            return [CheckShown(name="database", ok=True), migrated] + (
                [_outbox(connection, here)] if migrated.ok else []
            )
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()[0]
        return [
            CheckShown(
                name="database",
                ok=False,
                reason=f"cannot be used: {reason}",
                remedy="Check that it runs and that PUNCHCARD_DATABASE_URL is right.",
            )
        ]


def _migrated(connection: Connection) -> CheckShown:
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    wanted = ScriptDirectory.from_config(config).get_current_head()
    found = MigrationContext.configure(connection).get_current_revision()
    if found == wanted:
        return CheckShown(name="migrations", ok=True)
    return CheckShown(
        name="migrations",
        ok=False,
        reason=f"the tables are at {found or 'no version'}, and this process needs {wanted}",
        remedy="Run `punchcard migrate`.",
    )


def _outbox(connection: Connection, here: Installation) -> CheckShown:
    """Instances have to be told what happened: rows that nobody sends for minutes say that no worker runs."""
    clock = here.clock
    oldest = connection.execute(
        select(func.min(OUTBOX.c.created_at), func.count()).where(
            OUTBOX.c.status == "pending", OUTBOX.c.created_at < clock.now() - STUCK_AFTER * clock.factor
        )
    ).one()
    if not oldest[1]:
        return CheckShown(name="outbox", ok=True)
    minutes = (clock.now() - oldest[0]) // (60_000 * clock.factor)
    return CheckShown(
        name="outbox",
        ok=False,
        reason=f"{oldest[1]} messages to instances wait to be sent, the oldest for {minutes} minutes",
        remedy="Check that a worker runs and reaches Temporal: `punchcard doctor`.",
    )


async def _temporal(here: Installation) -> CheckShown:
    config = ClientConfig.load_client_connect_config()
    config.setdefault("target_host", f"{LOOPBACK}:{here.settings.temporal_port}")
    try:
        async with asyncio.timeout(TEMPORAL_SECONDS + 1):
            client = await Client.connect(**config, lazy=True)
            await client.service_client.check_health(timeout=timedelta(seconds=TEMPORAL_SECONDS))
    except (RPCError, RuntimeError, OSError, TimeoutError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        return CheckShown(
            name="temporal",
            ok=False,
            reason=f"{config['target_host']} does not answer: {reason}",
            remedy="Check that Temporal runs and that TEMPORAL_ADDRESS is right.",
        )
    return CheckShown(name="temporal", ok=True)
