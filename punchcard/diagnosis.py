"""Examining an installation: each check says what it found and, where something is wrong, what to do."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import Client
from temporalio.service import RPCError

from punchcard.calling.http_caller import variable_of
from punchcard.domain.campaigns import Campaign
from punchcard.domain.database import Database, table
from punchcard.domain.instances import Incident, Instance
from punchcard.domain.outbox import OutboxRow
from punchcard.domain.plans import Plans
from punchcard.errors import TemporalAway
from punchcard.plan.model import Call
from punchcard.router.reconcile import strays
from punchcard.settings import LOOPBACK, Settings
from punchcard.shipped import shipped

INSTANCE, INCIDENT, OUTBOX = table(Instance), table(Incident), table(OutboxRow)
CAMPAIGN = table(Campaign)
STUCK_AFTER = 5 * 60 * 1000
LITTLE_SPACE = 1 << 30


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: `fine`, a `warning`, or something `wrong`; and what to do about it."""

    state: Literal["fine", "warning", "wrong"]
    what: str
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class Installation:
    """What is examined."""

    settings: Settings
    database: Database
    connect: Callable[[], Awaitable[Client]]


async def examine(installation: Installation) -> list[Finding]:
    """Return what every check found; without a database the rest cannot be told."""
    findings = [_secret(installation), *_imprint(installation.settings)]
    findings.append(await asyncio.to_thread(_space, installation))
    database = await asyncio.to_thread(_database, installation)
    findings.append(database)
    if database.state == "wrong":
        return findings
    findings += await asyncio.to_thread(_work, installation.database)
    findings += await asyncio.to_thread(_secrets_of_calls, installation.database)
    findings += await _temporal(installation)
    findings.append(await _mail(installation))
    return findings


def _secret(installation: Installation) -> Finding:
    settings = installation.settings
    if settings.secret_key is not None:
        if len(settings.secret_key.get_secret_value()) < 32:
            remedy = "Set a long random text, for instance from `openssl rand -base64 36`."
            return Finding("warning", "The secret key is short.", remedy)
        return Finding("fine", "The secret key is set.")
    kept = settings.data_dir / "secret.key"
    if kept.exists():
        return Finding("fine", f"The secret key is kept in {kept}.")
    remedy = "`punchcard up` makes one; elsewhere set PUNCHCARD_SECRET_KEY, the same for API and workers."
    return Finding("warning", "There is no secret key yet.", remedy)


def _imprint(settings: Settings) -> list[Finding]:
    """Mail that leaves this machine should name its sender's postal address; what the mail sink keeps need not."""
    if settings.smtp_host is None or settings.postal_address is not None:
        return []
    remedy = "Set PUNCHCARD_POSTAL_ADDRESS: the law of many countries asks for it in marketing."
    return [Finding("warning", "E-mails do not name their sender's postal address.", remedy)]


def _space(installation: Installation) -> Finding:
    folder = installation.settings.data_dir
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < LITTLE_SPACE:
        remedy = "Make room: a full disk stops the database and Temporal."
        return Finding("wrong", f"{free >> 20} MiB are free where the data lies.", remedy)
    return Finding("fine", f"{free >> 30} GiB are free where the data lies.")


def _database(installation: Installation) -> Finding:
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    wanted = ScriptDirectory.from_config(config).get_current_head()
    try:
        with installation.database.read() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        return Finding(
            "wrong",
            f"The database cannot be reached: {reason}.",
            "Start it, or correct PUNCHCARD_DATABASE_URL.",
        )
    if current != wanted:
        return Finding(
            "wrong",
            f"The database is at migration {current}, and this version needs {wanted}.",
            "Run `punchcard migrate`; if the database is newer, run the newer version of Punchcard.",
        )
    return Finding("fine", f"The database is reachable and at migration {current}.")


def _work(database: Database) -> list[Finding]:
    with database.read() as connection:
        incidents = connection.execute(
            select(func.count()).select_from(INCIDENT).where(INCIDENT.c.closed_at.is_(None))
        ).scalar_one()
        waiting = connection.execute(
            select(func.count(), func.min(OUTBOX.c.not_before), func.max(OUTBOX.c.error)).where(
                OUTBOX.c.status == "pending", OUTBOX.c.attempts > 3
            )
        ).one()
        held = connection.execute(
            select(func.count()).select_from(INSTANCE).where(INSTANCE.c.held.is_(True))
        ).scalar_one()
    findings = []
    if incidents:
        remedy = "See them under Incidents in the console: retry, skip or cancel each."
        findings.append(Finding("warning", f"{incidents} incidents are open.", remedy))
    if waiting[0]:
        remedy = "Start a worker; if one runs, see whether Temporal answers, and run `punchcard doctor --reconcile`."
        findings.append(
            Finding("wrong", f"{waiting[0]} outbox rows cannot be delivered: {waiting[2]}.", remedy)
        )
    if held:
        findings.append(Finding("fine", f"{held} instances are held by a pause."))
    return findings or [Finding("fine", "No incident is open, and nothing is stuck.")]


def _secrets_of_calls(database: Database) -> list[Finding]:
    """Which secrets of the campaigns that run have no value in this environment, which may not be the workers'."""
    plans = Plans()
    with database.read() as connection:
        hashes = connection.execute(select(CAMPAIGN.c.version).where(CAMPAIGN.c.status != "ended")).scalars()
        programs = [plans.program(connection, each) for each in hashes.all()]
    wanted = {step.secret for each in programs for step in each.steps.values() if isinstance(step, Call)}
    missing = sorted(variable_of(name) for name in wanted if name and not os.environ.get(variable_of(name)))
    if not missing:
        return []
    remedy = "Set it for every worker; until then, the calls that it signs are incidents."
    return [Finding("warning", f"{name} is not set here.", remedy) for name in missing]


async def _temporal(installation: Installation) -> list[Finding]:
    started = time.monotonic()
    try:
        client = await asyncio.wait_for(installation.connect(), 10)
        await client.service_client.check_health()
    except TemporalAway as away:
        return [Finding("wrong", away.message, away.remedy)]
    except (RPCError, TimeoutError) as error:
        remedy = "Start it (`punchcard up` does), or correct TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE."
        return [Finding("wrong", f"Temporal does not answer: {error}.", remedy)]
    took = time.monotonic() - started
    findings = [
        Finding("fine", f"Temporal answers at {client.service_client.config.target_host} ({took:.2f} s).")
    ]
    lost = await strays(installation.database, client)
    if lost:
        remedy = "Run `punchcard doctor --reconcile`: it starts them again from where the database has them."
        findings.append(Finding("wrong", f"{len(lost)} open instances do not run in Temporal.", remedy))
    else:
        findings.append(Finding("fine", "Every open instance runs in Temporal."))
    return findings


async def _mail(installation: Installation) -> Finding:
    settings = installation.settings
    host, port = settings.smtp_host or LOOPBACK, settings.smtp_port
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(host, port), 5)
    except (OSError, TimeoutError):
        return Finding(
            "wrong",
            f"No mail server answers at {host}:{port}.",
            "Start it, or correct PUNCHCARD_SMTP_HOST and PUNCHCARD_SMTP_PORT; messages wait and are retried.",
        )
    writer.close()
    await writer.wait_closed()
    return Finding("fine", f"A mail server answers at {host}:{port}.")
