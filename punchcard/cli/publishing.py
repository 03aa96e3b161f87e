"""`punchcard publish`: campaigns checked, frozen and made current, all of them or none."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from punchcard.cli.programme import beside
from punchcard.domain import audit
from punchcard.domain.clock import read_clock
from punchcard.domain.database import Database
from punchcard.domain.plans import running_plans
from punchcard.domain.programmes import publish_programme
from punchcard.errors import FinalError
from punchcard.event_files import with_events
from punchcard.language import across
from punchcard.language.compiler import Checked
from punchcard.language.files import Written, campaigns, load
from punchcard.language.render import render
from punchcard.plan.clockwork import earliest_day
from punchcard.programmes import known_programme
from punchcard.router.publishing import Published
from punchcard.router.shelf import Draft, publish_all, register_events
from punchcard.settings import load_settings


class CampaignsRefused(FinalError):
    """A campaign has mistakes, so nothing was published."""


def publish(
    paths: Annotated[list[Path], typer.Argument(help="Campaign files, or folders of them.", exists=True)],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")] = False,
) -> None:
    """Publish campaigns: new instances start on the new version, running ones keep theirs. All or none.

    Warnings are shown on standard error, and publishing goes on; `punchcard check --strict` is for those who want none.
    """
    database = Database(load_settings().database)
    try:
        published = publish_paths(database, paths, "cli", show_warnings)
    finally:
        database.close()
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in published], indent=2))
        return
    for one in published:
        typer.echo(_line(one))


def publish_paths(
    database: Database,
    paths: Sequence[Path],
    actor: str,
    warn: Callable[[Written, Checked], None] | None = None,
) -> list[Published]:
    """Check and publish files and folders; CampaignsRefused names every mistake, and then nothing is published.

    `warn` is told of each campaign that can be published and has warnings all the same.
    """
    written = [load(file) for path in paths for file in (campaigns(path) if path.is_dir() else (path,))]
    found = beside(paths)
    with database.read() as connection:
        clock = read_clock(connection)
        known, running = known_programme(connection), running_plans(connection)
    today = earliest_day(clock.now())
    own = (
        known
        if found.text is None
        else replace(found.programme, events=known.events, choices=known.choices, required=known.required)
    )
    programme = with_events(own, found.events)
    checked = across.beside(
        across.together([(each, each.check(programme, today)) for each in written]), running
    )
    refused = [each for each in checked if each[1].plan is None]
    if refused:
        raise CampaignsRefused(
            _mistakes(refused), remedy="Nothing was published. Mend them, and publish again."
        )
    if warn is not None:
        for each, one in checked:
            if one.diagnostics:
                warn(each, one)
    drafts = [Draft(one.plan, each.text, each.files) for each, one in checked if one.plan is not None]
    with database.begin() as connection:
        now = clock.now()
        register_events(connection, found.schemas, now)
        if found.text is not None and publish_programme(connection, found.text, actor, now):
            audit.log(connection, actor, "programme.publish", "programme", now)
        return publish_all(connection, drafts, actor, now)


def show_warnings(written: Written, checked: Checked) -> None:
    """Show warnings on standard error, so that a script's standard output stays what it asked for."""
    typer.echo(render(checked.diagnostics, written.texts, colour=sys.stderr.isatty()), err=True)


def _mistakes(refused: Sequence[tuple[Written, Checked]]) -> str:
    shown = [render(checked.diagnostics, written.texts, colour=False) for written, checked in refused]
    return "\n".join(["Some campaigns have mistakes:", *shown])


def _line(one: Published) -> str:
    if not one.changed:
        return f"{one.campaign}: version {one.number} is current already ({one.version[:12]})"
    epoch = f", counting begins anew as epoch {one.epoch}" if one.new_epoch and one.epoch > 1 else ""
    return f"{one.campaign}: version {one.number} is current now ({one.version[:12]}{epoch})"
