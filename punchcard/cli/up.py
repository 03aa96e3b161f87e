"""The command that runs everything on this machine: Temporal, mail sink, worker, API and console."""

import asyncio
import os
import signal
from contextlib import AsyncExitStack
from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from temporalio.envconfig import ClientConfig

from punchcard.cli.demo import (
    SECONDS_A_DAY,
    Demo,
    is_demo,
    play_demo,
    prepare_demo,
    release_clock,
    settle_clock,
)
from punchcard.cli.publishing import publish_paths, show_warnings
from punchcard.cli.schema import upgrade
from punchcard.demo.timeline import Timeline
from punchcard.domain.accounts import create_first_admin
from punchcard.domain.clock import read_clock
from punchcard.domain.database import Database
from punchcard.embedded import installation
from punchcard.embedded.data_directory import FileLock, prepare
from punchcard.embedded.supervisor import Happening, Notice, Supervisor
from punchcard.embedded.temporal_server import is_serving, temporal_lock, temporal_service
from punchcard.errors import ConfigurationError
from punchcard.settings import LOOPBACK, Settings, load_settings, outside_temporal_address

_MARKS = {
    Happening.HEALTHY: "[green]✓[/]",
    Happening.CRASHED: "[red]✗[/]",
    Happening.KILLED: "[red]✗[/]",
}


def up(
    demo: Annotated[
        bool, typer.Option("--demo", help="Play a real purchase history, with business time running faster.")
    ] = False,
    day: Annotated[
        float | None,
        typer.Option(
            min=0.25,
            max=43200,
            help=f"How many seconds a day takes in a new demo; {SECONDS_A_DAY:g} if unset.",
        ),
    ] = None,
) -> None:
    """Start everything on this machine and keep it running until Ctrl-C."""
    settings = load_settings()
    prepare(settings.data_dir)
    console = Console(stderr=True, highlight=False)
    asyncio.run(_run_until_stopped(settings, console, Demo(demo, day)))


async def _run_until_stopped(settings: Settings, console: Console, demo: Demo) -> None:
    running = asyncio.ensure_future(_run(settings, console, demo))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        console.print("Stopped. Start again with the same command to go on where it was.")


async def _run(settings: Settings, console: Console, demo: Demo) -> None:
    with FileLock(settings.data_dir / "punchcard.lock", "Punchcard"):
        async with AsyncExitStack() as stack:
            lock = stack.enter_context(temporal_lock(settings.data_dir))
            supervisor = await stack.enter_async_context(
                Supervisor(
                    settings.data_dir / "logs",
                    lambda notice: _show(console, notice),
                    {**os.environ, **installation.child_environment(settings)},
                )
            )
            timeline = await _start_all(settings, supervisor, lock, console, demo)
            _show_addresses(settings, console)
            if timeline is not None:
                await play_demo(settings, timeline, console)
                await _end_demo(settings, supervisor, console)
            await asyncio.Event().wait()


async def _start_all(
    settings: Settings, supervisor: Supervisor, lock: FileLock, console: Console, demo: Demo
) -> Timeline | None:
    """Start every service in its order; return what a demo has to play, if this is one."""
    if outside_temporal_address() is None:
        await supervisor.start(temporal_service(settings, lock))
    else:
        await _require_outside_temporal()
    if settings.smtp_host is None:
        await supervisor.start(installation.mail_sink_service(settings))
    await asyncio.to_thread(upgrade, settings)
    timeline = None
    if demo.wanted or await asyncio.to_thread(is_demo, settings):
        timeline = await asyncio.to_thread(prepare_demo, settings, demo.seconds_a_day, console)
    await asyncio.to_thread(_publish, settings, console)
    if timeline is not None:
        await asyncio.to_thread(release_clock, settings)
    await supervisor.start(installation.worker_service(settings))
    await supervisor.start(installation.api_service(settings))
    return timeline


async def _end_demo(settings: Settings, supervisor: Supervisor, console: Console) -> None:
    """Let business time pass as on the wall again; those who have read the faster clock start anew."""
    for name in ("api", "worker"):
        await supervisor.stop(name)
    await asyncio.to_thread(settle_clock, settings)
    await supervisor.start(installation.worker_service(settings))
    await supervisor.start(installation.api_service(settings))
    console.print("A business day takes a day from now on.")
    console.print("Look around in the console; press Ctrl-C to stop.")


def _publish(settings: Settings, console: Console) -> None:
    """Make the definitions current, and let the first administrator in."""
    database = Database(settings.database)
    try:
        published = publish_paths(database, [settings.definitions], "cli", show_warnings)
        with database.begin() as connection:
            password = create_first_admin(connection, "cli", read_clock(connection).now())
    finally:
        database.close()
    changed = sum(one.changed for one in published)
    console.print(f"✓ {len(published)} campaigns published, {changed} of them new or changed", style="green")
    if password is not None:
        console.print(f"  Sign in as [bold]admin[/] with the one-time password [bold]{password}[/]")


async def _require_outside_temporal() -> None:
    if not await is_serving(ClientConfig.load_client_connect_config()):
        raise ConfigurationError(
            f"No Temporal server with this namespace answers at {outside_temporal_address()}.",
            remedy="Start it, correct TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE, or unset them for the embedded one.",
        )


def _show(console: Console, notice: Notice) -> None:
    detail = f": {escape(notice.detail)}" if notice.detail else ""
    console.print(f"{_MARKS.get(notice.happening, '·')} {notice.service} {notice.happening}{detail}")


def _show_addresses(settings: Settings, console: Console) -> None:
    say = partial(console.print, soft_wrap=True, markup=False)  # so that a path can be copied whole
    say()
    say(f"  Console and API  {settings.base_url}")
    if outside_temporal_address() is None:
        say(f"  Temporal's page  http://{LOOPBACK}:{settings.temporal_ui_port}")
    if settings.smtp_host is None:
        say(f"  E-mails          {settings.data_dir / 'mail'}")
    say(f"  Data and logs    {settings.data_dir}")
    if outside_temporal_address() is None:
        say("\nTemporal's port and page have no sign-in; they listen on this machine alone.")
    say("Press Ctrl-C to stop.")
