"""`punchcard doctor`: what is wrong with this installation, and the remedy."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from punchcard.diagnosis import Finding, Installation, examine
from punchcard.domain.clock import read_clock
from punchcard.domain.database import Database
from punchcard.router.reconcile import reconcile
from punchcard.settings import Settings, load_settings

MARKS = {"fine": "[green]✓[/]", "warning": "[yellow]![/]", "wrong": "[red]✗[/]"}


def doctor(
    mend: Annotated[
        bool,
        typer.Option(
            "--reconcile", help="Start instances again that the database holds and Temporal has lost."
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")] = False,
) -> None:
    """Examine this installation. Exit code 0: nothing is wrong; 1: something is."""
    settings = load_settings()
    findings = asyncio.run(_examine(settings, mend))
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        _print(findings)
    if any(finding.state == "wrong" for finding in findings):
        raise typer.Exit(1)


async def _examine(settings: Settings, mend: bool) -> list[Finding]:
    from worker import connect

    database = Database(settings.database)
    try:
        installation = Installation(settings, database, lambda: connect(database, settings.temporal_port))
        if mend:
            client = await connect(database, settings.temporal_port)
            with database.read() as connection:
                clock = read_clock(connection)
            restarted = await reconcile(database, clock, client, settings.task_queue)
            Console(stderr=True).print(f"{len(restarted)} instances were started again.")
        return await examine(installation)
    finally:
        database.close()


def _print(findings: list[Finding]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for finding in findings:
        console.print(f"{MARKS[finding.state]} {escape(finding.what)}")
        if finding.remedy:
            console.print(f"    {escape(finding.remedy)}")
