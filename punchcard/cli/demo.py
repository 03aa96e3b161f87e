"""The demo's part of `punchcard up --demo`: what comes before the worker and the API, and what comes after."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from punchcard.demo import pace
from punchcard.demo.beginning import begin, import_history, make_key
from punchcard.demo.player import Player
from punchcard.demo.screen import Screen
from punchcard.demo.script import write_script
from punchcard.demo.shop import open_shop
from punchcard.demo.timeline import Timeline
from punchcard.domain.clock import read_clock
from punchcard.domain.database import Database
from punchcard.embedded.mailbox import Mailbox
from punchcard.errors import ConfigurationError
from punchcard.settings import LOOPBACK, Settings

SECONDS_A_DAY = 2.0
EVERYWHERE = ("0.0.0.0", "::")


@dataclass(frozen=True, slots=True)
class Demo:
    """What the command line says of a demo: whether to begin one, and at which pace."""

    wanted: bool
    seconds_a_day: float | None


def is_demo(settings: Settings) -> bool:
    """Return whether the database is a demo's, which then goes on as one."""
    database = Database(settings.database)
    try:
        with database.read() as connection:
            return pace.is_set(connection)
    finally:
        database.close()


def prepare_demo(settings: Settings, seconds_a_day: float | None, console: Console) -> Timeline | None:
    """Set the clock and take the history in, before any process that reads the clock is started.

    None if the demo is over: there is nothing left to play, and business time passes as on the wall.
    """
    if settings.smtp_host is not None:
        raise ConfigurationError(
            "The demo's customers are made up, and their e-mails must not leave this machine.",
            remedy="Unset PUNCHCARD_SMTP_HOST for the demo.",
        )
    database = Database(settings.database)
    try:
        with database.read() as connection:
            over = pace.is_over(connection)
        if over:
            console.print("✓ demo over: it has been played to its end, and can be looked at", style="green")
            console.print("  To begin a new one, stop this and delete the data directory.")
            return None
        begun = begin(database, seconds_a_day or SECONDS_A_DAY)
        with Progress(
            TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), console=console
        ) as progress:
            task = progress.add_task("Importing the history", total=None)
            import_history(
                database,
                begun.timeline,
                lambda done, total: progress.update(task, completed=done, total=total),
            )
            progress.remove_task(task)
    finally:
        database.close()
    console.print(
        f"✓ demo {'goes on' if begun.goes_on else 'prepared'}: {len(begun.timeline.history()):,} orders as history, "
        f"{len(begun.timeline.live()):,} to be played",
        style="green",
    )
    if begun.goes_on and seconds_a_day is not None:
        console.print(
            "  It keeps the pace that it began with: the waits of its instances are measured by it."
        )
    return begun.timeline


def release_clock(settings: Settings) -> None:
    """Let business time begin, now that the worker and the API are about to start."""
    database = Database(settings.database)
    try:
        with database.begin() as connection:
            pace.release(connection)
    finally:
        database.close()


async def play_demo(settings: Settings, timeline: Timeline, console: Console) -> None:
    """Play the live part against this installation, and return when everything has come to its end."""
    database = Database(settings.database)
    try:
        with database.read() as connection:
            clock = read_clock(connection)
        host = LOOPBACK if settings.api_host in EVERYWHERE else settings.api_host
        async with open_shop(f"http://{host}:{settings.api_port}", make_key(database)) as shop:
            mailbox = Mailbox(settings.data_dir / "mail")
            player = Player(write_script(timeline.live()), shop, mailbox, database, clock)
            with Screen(console, settings.base_url, pace.seconds_a_day(clock)) as screen:
                await player.play(screen.show)
    finally:
        database.close()
    console.print("The history is played, and everything that began has come to its end.")


def settle_clock(settings: Settings) -> None:
    """Let business time pass as on the wall, for all who are started from now on."""
    database = Database(settings.database)
    try:
        with database.begin() as connection:
            pace.settle(connection)
    finally:
        database.close()
