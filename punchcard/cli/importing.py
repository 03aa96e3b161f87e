"""`punchcard import`: a shop's file of orders, refunds or customers, once and for all."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import available_timezones

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from punchcard.cli.opening import opened
from punchcard.domain.clock import read_clock
from punchcard.importing.amounts import Mark
from punchcard.importing.checkpoint import Checkpoint, CheckpointFile, still_holds
from punchcard.importing.errors import UnusableFileError
from punchcard.importing.fields import Kind
from punchcard.importing.layout import DELIMITERS
from punchcard.importing.proposal import Options, Proposal, propose
from punchcard.importing.rejects import RejectFile
from punchcard.importing.run import Outcome, Take, checking, run_import, taking
from punchcard.router.ingest import Ingest
from punchcard.settings import load_settings

SOME_REJECTED = 3
STOPPED = 130

_screen = Console(stderr=True, highlight=False)
_say = partial(_screen.print, soft_wrap=True)


def import_file(
    file: Annotated[Path, typer.Argument(help="The file.", exists=True, dir_okay=False, readable=True)],
    kind: Annotated[Kind, typer.Option(help="What its rows are.")] = Kind.ORDERS,
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Which column holds a field; repeat it."),
    ] = None,
    source: Annotated[
        str, typer.Option(help="Whose ids these are: the same name as the shop's API key has.")
    ] = "import",
    history: Annotated[
        bool, typer.Option("--history", help="Events of the past: they reward nobody.")
    ] = False,
    currency: Annotated[str | None, typer.Option(help="The currency of all amounts, such as USD.")] = None,
    date_format: Annotated[
        str | None, typer.Option(help='Such as "%d.%m.%Y %H:%M", or iso, epoch-seconds, epoch-milliseconds.')
    ] = None,
    zone: Annotated[str, typer.Option(help="The time zone of dates that name none.")] = "UTC",
    decimal: Annotated[Mark | None, typer.Option(help="What stands before the decimal places.")] = None,
    lines: Annotated[
        bool | None, typer.Option("--sum-lines/--no-sum-lines", help="Rows are lines of orders: add them up.")
    ] = None,
    delimiter: Annotated[str | None, typer.Option(help=f"One of {', '.join(DELIMITERS)}.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Such as utf-8 or cp1252.")] = None,
    header: Annotated[
        bool, typer.Option("--header/--no-header", help="Without one, columns go by number.")
    ] = True,
    rejects: Annotated[
        Path | None, typer.Option(help="Where rows that are rejected go; FILE.rejects.csv if unset.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Do not ask whether the guesses are right.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check the file; change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document at the end.")] = False,
) -> None:
    """Import orders, refunds or customers from a file.

    Columns are found by their headers and shown before anything happens. What was imported before changes nothing,
    so an interrupted import is repeated with the same command and goes on where it stopped.

    Exit code 0: everything was imported; 3: some rows were rejected, and are kept with the reason;
    130: stopped before the end.
    """
    _zone_is_known(zone)
    options = Options(
        kind=kind,
        maps=tuple(maps or ()),
        header=header,
        delimiter=delimiter,
        encoding=encoding,
        date_format=date_format,
        zone=zone,
        decimal=decimal,
        currency=currency,
        lines=lines,
    )
    proposal = propose(file, options)
    _show(proposal, options, source, history=history)
    _agree(proposal, yes=yes or dry_run)
    if dry_run:
        outcome = _check(proposal)
        kept = None
    else:
        kept = rejects or file.with_name(f"{file.name}.rejects.csv")
        outcome = _import(proposal, source, kept, history=history)
    _finish(outcome, kept, as_json=as_json)


def _import(proposal: Proposal, source: str, kept: Path, *, history: bool) -> Outcome:
    settings = load_settings()
    with opened(settings) as database:
        note = CheckpointFile(
            settings.data_dir / "imports",
            *(proposal.contents.digest, proposal.reading, kept.absolute()),
            *(source, history, database.url.render_as_string(hide_password=True)),
        )
        with database.read() as connection:
            clock = read_clock(connection)
            start = note.read()
            if not still_holds(connection, source, start):
                start = Checkpoint()
        with RejectFile(kept, proposal.reading.layout, go_on_at=start.rejects) as rejects:
            take = taking(Ingest(database, clock), source, history=history)
            return _with_progress(proposal, take, rejects=rejects, note=note, start=start)


def _check(proposal: Proposal) -> Outcome:
    with opened(load_settings(), making=False) as database, database.read() as connection:
        now = read_clock(connection).now()
    return _with_progress(proposal, checking(now))


def _with_progress(proposal: Proposal, take: Take, **rest: Any) -> Outcome:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    rows = TextColumn("{task.fields[rows]:,} rows")
    with Progress(*columns, rows, console=_screen, transient=False) as progress:
        task = progress.add_task(escape(proposal.path.name), total=proposal.contents.size, rows=0)
        try:
            outcome = run_import(
                proposal,
                take,
                report=lambda counts, position: progress.update(task, completed=position, rows=counts.rows),
                **rest,
            )
        except KeyboardInterrupt:
            progress.stop()
            _say("Stopped. The same command goes on where it stopped.")
            raise typer.Exit(STOPPED) from None
        progress.update(task, completed=proposal.contents.size)
    return outcome


def _show(proposal: Proposal, options: Options, source: str, *, history: bool) -> None:
    """Show what the file is taken for, and which of that was guessed."""
    reading, layout = proposal.reading, proposal.reading.layout
    table = Table("field", "column", "first value", "", box=None, pad_edge=False, header_style="dim")
    for field, index in reading.columns.columns.items():
        guess = "[yellow]guessed[/]" if field in reading.columns.guessed else ""
        table.add_row(field, escape(layout.columns[index]), escape(proposal.example(field)), guess)
    _say(
        f"[bold]{escape(proposal.path.name)}[/]: {options.kind.value} of the source [bold]{source}[/]", end=""
    )
    _say(", as history: they reward nobody" if history else "")
    _screen.print(table)
    if ignored := proposal.ignored():
        _say(f"[dim]not read:[/] {escape(', '.join(ignored))}")
    dates = f"dates as {reading.instants.pattern}, in {options.zone} where they name no zone"
    money = f"decimal {reading.mark.value}, {reading.currency or 'currency by row'}"
    shape = f"{layout.encoding}, delimiter {layout.delimiter!r}"
    _say(f"[dim]{dates}; {money}; {shape}{'; rows are lines of orders' if reading.lines else ''}[/]")


def _agree(proposal: Proposal, *, yes: bool) -> None:
    if yes or not proposal.reading.columns.guessed:
        return
    if not sys.stdin.isatty():
        raise UnusableFileError(
            "The columns were guessed, and there is nobody to ask whether that is right.",
            remedy="State them with --map, or say --yes.",
        )
    typer.confirm("Import it like this?", abort=True, err=True)


def _finish(outcome: Outcome, kept: Path | None, *, as_json: bool) -> None:
    counts = outcome.counts
    for line, mistake in outcome.examples:
        _say(f"[red]line {line}[/]: {escape(str(mistake))}")
    if as_json:
        rejected = [{"line": line, **asdict(mistake)} for line, mistake in outcome.examples]
        where = str(kept) if kept and counts.rejected_rows else None
        data = asdict(counts) | {"resumed_at": outcome.resumed_at, "first_mistakes": rejected}
        typer.echo(
            json.dumps(data | {"dry_run": kept is None, "rejects": where}, ensure_ascii=False, indent=2)
        )
    verb = "would be imported" if kept is None else "imported"
    _say(
        f"{counts.rows:,} rows: {counts.accepted:,} {verb}, {counts.duplicates:,} known before, "
        f"{counts.rejected_rows:,} rows rejected."
    )
    if counts.rejected_rows:
        if kept is not None:
            _say(
                f"Correct the rejected rows in {escape(str(kept))} and import that file with the same options."
            )
        raise typer.Exit(SOME_REJECTED)


def _zone_is_known(zone: str) -> None:
    if zone not in available_timezones():
        raise UnusableFileError(
            f"--zone {zone} is not a time zone.", remedy="Write an IANA name, such as Europe/Berlin."
        )
