"""The `punchcard` command: every group of commands under one name, and errors as one line."""

import sys
from importlib.metadata import version
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from punchcard.cli import (
    backup,
    check,
    doctor,
    importing,
    instances,
    keys,
    mail,
    processes,
    publishing,
    rewards,
    schema,
    up,
    users,
)
from punchcard.errors import PunchcardError

app = typer.Typer(
    name="punchcard",
    help="Loyalty campaigns as durable workflows: check, publish, run and watch them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)

app.command()(up.up)
app.command()(check.check)
app.command("import")(importing.import_file)
app.command()(publishing.publish)
app.add_typer(instances.app, name="instances")
app.command()(rewards.rewards)
app.add_typer(keys.app, name="keys")
app.add_typer(users.app, name="users")
app.command()(doctor.doctor)
app.command()(backup.backup)
app.command("restore")(backup.restore_backup)
app.command()(processes.worker)
app.command()(processes.api)
app.command()(processes.mail_sink)
app.command()(mail.mail)
app.command()(schema.migrate)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"punchcard {version('punchcard')}")
        raise typer.Exit


@app.callback()
def options(
    show: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Loyalty campaigns as durable workflows: check, publish, run and watch them."""


def main() -> None:
    """Run the command line; what Punchcard itself reports ends as one line and exit code 1."""
    try:
        app(prog_name="punchcard")
    except PunchcardError as error:
        Console(stderr=True, soft_wrap=True).print(
            f"[bold red]error:[/] {escape(str(error))}", highlight=False
        )
        sys.exit(1)
