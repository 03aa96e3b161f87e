"""The worker: settings → clients → channels → activities → Worker, with the dispatcher beside it."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.worker import UnsandboxedWorkflowRunner, Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from activities.calling import CallingActivities
from activities.letters import Letters
from activities.sending import SendingActivities
from activities.starting import StartingActivities
from activities.sweeping import SweepingActivities
from activities.ticks import TickActivities
from punchcard.calling.http_caller import HttpCaller
from punchcard.calling.networks import Networks
from punchcard.calling.request import Caller
from punchcard.channels.channel import Channel
from punchcard.channels.email import EmailChannel, EmailSettings
from punchcard.contracts import CALLS
from punchcard.domain.clock import Clock, read_clock
from punchcard.domain.database import Database
from punchcard.domain.group_commit import GroupCommit
from punchcard.domain.plans import Plans, plan_text
from punchcard.errors import ConfigurationError, TemporalAway
from punchcard.health import serve_health
from punchcard.logs import configure_logs
from punchcard.payloads import data_converter
from punchcard.router.dispatch import Dispatcher
from punchcard.router.sweep import Sweeper
from punchcard.router.timetable import keep_sweeping
from punchcard.settings import LOOPBACK, Settings
from workflows.journey import Journey
from workflows.sweep import Sweep

# How many e-mails are with the mail server at a time, how many requests with other systems, and how many ticks wait
# for a commit that they share.
SENDS = 16
REQUESTS = 64
TICKS = 64
# Workflows only compute; as many threads as the SDK would take only stand in each other's way.
WORKFLOW_THREADS = 4
CACHED_INSTANCES = 4000
GRACE = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a worker is composed of; tests and benchmarks compose it around servers of their own."""

    database: Database
    clock: Clock
    channel: Channel
    letters: Letters
    task_queue: str
    caller: Caller = field(default_factory=lambda: HttpCaller(Networks(), os.environ.get))


async def main(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM; what is under way is finished first."""
    configure_logs(settings, "worker")
    collect_less_often()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    database = Database(settings.database)
    parts = compose(settings, database)
    client = await connect(database, settings.temporal_port)
    try:
        async with running(client, parts):
            await keep_sweeping(client, parts.task_queue, parts.clock.factor)
            checks = {"database": lambda: _reaches(database), "temporal": lambda: _answers(client)}
            async with serve_health(settings.worker_host, settings.worker_port, checks):
                await stop.wait()
    finally:
        await parts.channel.aclose()
        database.close()


def collect_less_often() -> None:
    """Look for garbage seldom: a worker keeps thousands of instances, and each look goes through them in vain."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def compose(settings: Settings, database: Database) -> Parts:
    """Return the parts that the settings ask for."""
    if settings.secret_key is None:
        raise ConfigurationError(
            "There is no secret key to sign links with.",
            remedy="Set PUNCHCARD_SECRET_KEY to a long random text, the same for the API and each worker.",
        )
    with database.read() as connection:
        clock = read_clock(connection)
    domain = settings.mail_from.rpartition("@")[2]
    letters = Letters(
        plans=Plans(),
        base_url=settings.base_url,
        secret=settings.secret_key.get_secret_value(),
        domain=domain,
        brand=settings.brand,
        address=settings.postal_address,
    )
    channel = EmailChannel(email_settings(settings))
    caller = HttpCaller(Networks(settings.opened_networks), os.environ.get)
    return Parts(database, clock, channel, letters, settings.task_queue, caller)


def email_settings(settings: Settings) -> EmailSettings:
    """Return how the settings would have e-mail sent."""
    password = settings.smtp_password
    return EmailSettings(
        host=settings.smtp_host or LOOPBACK,
        port=settings.smtp_port,
        sender=settings.mail_from,
        sender_name=settings.brand,
        reply_to=settings.mail_reply_to,
        security=settings.smtp_security,
        username=settings.smtp_username,
        password=None if password is None else password.get_secret_value(),
    )


async def connect(database: Database, embedded_port: int = 7233) -> Client:
    """Connect to the Temporal server that the SDK's environment names, else to this machine's embedded one.

    TemporalAway if it does not answer.
    """

    def find(hash: str) -> str:
        with database.read() as connection:
            return plan_text(connection, hash)

    config: Any = {"target_host": f"{LOOPBACK}:{embedded_port}"}
    config.update(ClientConfig.load_client_connect_config())
    try:
        return await Client.connect(**config, data_converter=data_converter(find))
    except RuntimeError as error:
        raise TemporalAway(
            f"Temporal does not answer at {config['target_host']}: {error}.",
            remedy="Start it (`punchcard up` does), or correct TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.",
        ) from None


@contextlib.asynccontextmanager
async def running(client: Client, parts: Parts, *, sandboxed: bool = False) -> AsyncIterator[Dispatcher]:
    """Work while the block lasts; the dispatcher starts workflows through the worker's own client.

    The sandbox guards development and tests; unsandboxed, a worker carries about twice as many journeys.
    """
    with (
        contextlib.closing(GroupCommit(parts.database)) as commits,
        ThreadPoolExecutor(WORKFLOW_THREADS, "workflow") as workflow_threads,
    ):
        ticks = TickActivities(commits, parts.clock)
        starting = StartingActivities(commits, parts.clock)
        sending = SendingActivities(commits, parts.clock, parts.channel, parts.letters)
        calling = CallingActivities(
            commits, parts.clock, parts.letters.plans, parts.caller, parts.letters.secret
        )
        sweeping = SweepingActivities(Sweeper(parts.database, parts.clock))
        dispatcher = Dispatcher(parts.database, commits, parts.clock, client, parts.task_queue)
        stop = asyncio.Event()
        worker = Worker(
            client,
            task_queue=parts.task_queue,
            workflows=[Journey, Sweep],
            activities=[
                ticks.commit_tick,
                sending.send_message,
                starting.start_campaign,
                sweeping.sweep_round,
            ],
            workflow_task_executor=workflow_threads,
            max_cached_workflows=CACHED_INSTANCES,
            max_concurrent_activities=SENDS,
            max_concurrent_local_activities=TICKS,
            graceful_shutdown_timeout=GRACE,
            workflow_runner=SandboxedWorkflowRunner() if sandboxed else UnsandboxedWorkflowRunner(),
        )
        caller = Worker(
            client,
            task_queue=f"{parts.task_queue}{CALLS}",
            activities=[calling.call_system],
            max_concurrent_activities=REQUESTS,
            graceful_shutdown_timeout=GRACE,
        )
        async with worker, caller:
            sender = asyncio.create_task(dispatcher.run(stop))
            try:
                yield dispatcher
            finally:
                stop.set()
                await sender


async def _reaches(database: Database) -> bool:
    def ask() -> bool:
        with database.read() as connection:
            return connection.exec_driver_sql("SELECT 1").scalar() == 1

    return await asyncio.to_thread(ask)


async def _answers(client: Client) -> bool:
    return await client.service_client.check_health()
