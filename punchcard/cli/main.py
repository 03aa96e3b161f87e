"""The `punchcard` command: every group of commands under one name, and errors as one line."""

import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import version
from types import MappingProxyType
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from typer.core import TyperGroup
from typer.main import get_command

from punchcard.errors import PunchcardError

# In the order of the help: what runs it, what a campaign needs, what happens, who may, what keeps it well.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "up": "punchcard.cli.up:up",
        "init": "punchcard.cli.beginning:init",
        "check": "punchcard.cli.check:check",
        "language-server": "punchcard.cli.language_server:language_server",
        "format": "punchcard.cli.formatting:format_files",
        "schema": "punchcard.cli.json_schema:schema",
        "test": "punchcard.cli.testing:play_tests",
        "preview": "punchcard.cli.preview:show",
        "explain": "punchcard.cli.explain:explain",
        "diff": "punchcard.cli.diff:diff",
        "bpmn": "punchcard.cli.bpmn:bpmn",
        "publish": "punchcard.cli.publishing:publish",
        "import": "punchcard.cli.importing:import_file",
        "instances": "punchcard.cli.instances:app",
        "rewards": "punchcard.cli.rewards:rewards",
        "mail": "punchcard.cli.mail:mail",
        "keys": "punchcard.cli.keys:app",
        "users": "punchcard.cli.users:app",
        "doctor": "punchcard.cli.doctor:doctor",
        "backup": "punchcard.cli.backup:backup",
        "restore": "punchcard.cli.backup:restore_backup",
        "migrate": "punchcard.cli.schema:migrate",
        "worker": "punchcard.cli.processes:worker",
        "api": "punchcard.cli.processes:api",
        "mail-sink": "punchcard.cli.processes:mail_sink",
    }
)


class Commands(TyperGroup):
    """The commands, each imported when it is wanted: so that none waits for what the others need.

    `Any` stands for types that Typer keeps to itself.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        """Return their names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of this name; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(module), name)
        if not isinstance(found, typer.Typer):
            single = typer.Typer(add_completion=False, rich_markup_mode="markdown")
            single.command(cmd_name)(found)
            found = single
        made = get_command(found)
        made.name = cmd_name
        return made


app = typer.Typer(
    cls=Commands,
    name="punchcard",
    help="Loyalty campaigns as durable workflows: check, publish, run and watch them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)


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
