"""The `punchcard` command: every group of commands under one name, and errors as one line."""

import gc
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from types import MappingProxyType, ModuleType
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from punchcard.errors import PunchcardError


@dataclass(frozen=True, slots=True)
class Row:
    """One command of the list: where its function or group is, and what it does in a few words."""

    target: str
    short: str


WRITE, RUN, WATCH, KEEP = "Campaigns", "Running", "What happens, and who may", "Keeping it well"
LISTS: Mapping[str, Mapping[str, Row]] = MappingProxyType(
    {
        WRITE: MappingProxyType(
            {
                "init": Row("punchcard.cli.beginning:init", "Write a new campaign from a template"),
                "check": Row("punchcard.cli.check:check", "Show every mistake at its place"),
                "format": Row("punchcard.cli.formatting:format_files", "Lay campaign files out"),
                "test": Row("punchcard.cli.testing:play_tests", "Play the tests beside campaigns"),
                "preview": Row("punchcard.cli.preview:show", "Show a message as a customer gets it"),
                "explain": Row("punchcard.cli.explain:explain", "Tell a campaign in plain sentences"),
                "diff": Row("punchcard.cli.diff:diff", "Tell what a new version changes"),
                "bpmn": Row("punchcard.cli.bpmn:bpmn", "Print a campaign as BPMN 2.0"),
                "publish": Row("punchcard.cli.publishing:publish", "Let campaigns run, all or none"),
                "schema": Row("punchcard.cli.json_schema:schema", "Print the JSON Schemas for editors"),
                "language-server": Row(
                    "punchcard.cli.language_server:language_server", "Serve an editor; editors start it"
                ),
            }
        ),
        RUN: MappingProxyType(
            {
                "up": Row("punchcard.cli.up:up", "Start everything on this machine"),
                "worker": Row("punchcard.cli.processes:worker", "Run workflows and activities"),
                "api": Row("punchcard.cli.processes:api", "Serve the API and the console"),
                "mail-sink": Row("punchcard.cli.processes:mail_sink", "Accept e-mail and keep it"),
            }
        ),
        WATCH: MappingProxyType(
            {
                "instances": Row("punchcard.cli.instances:app", "Find process instances, and steer them"),
                "rewards": Row("punchcard.cli.rewards:rewards", "List rewards and what became of them"),
                "mail": Row("punchcard.cli.mail:mail", "Print the e-mails that the mail sink kept"),
                "import": Row("punchcard.cli.importing:import_file", "Import orders, refunds or customers"),
                "keys": Row("punchcard.cli.keys:app", "Make, list and revoke integrators' API keys"),
                "users": Row("punchcard.cli.users:app", "Let people sign in to the console"),
            }
        ),
        KEEP: MappingProxyType(
            {
                "doctor": Row("punchcard.cli.doctor:doctor", "Examine this installation"),
                "backup": Row("punchcard.cli.backup:backup", "Copy this installation while it runs"),
                "restore": Row("punchcard.cli.backup:restore_backup", "Put a backup into an empty place"),
                "migrate": Row("punchcard.cli.schema:migrate", "Bring the database to this version"),
            }
        ),
    }
)
COMMANDS: Mapping[str, str] = MappingProxyType(
    {name: row.target for rows in LISTS.values() for name, row in rows.items()}
)


class Commands(TyperGroup):
    """The commands, each imported when it is wanted: so that none waits for what the others need.

    `Any` stands for types that Typer keeps to itself.
    """

    _listing = False

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands, for which none of them has to be imported."""
        self._listing = True
        super().format_help(ctx, formatter)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return their names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of this name; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        if self._listing:
            return _listed(cmd_name)
        module, _, name = COMMANDS[cmd_name].partition(":")
        found = getattr(_imported(module), name)
        if not isinstance(found, typer.Typer):
            single = typer.Typer(add_completion=False, rich_markup_mode="markdown")
            single.command(cmd_name)(found)
            found = single
        made = get_command(found)
        made.name = cmd_name
        return made


def _listed(name: str) -> TyperCommand:
    panel, row = next((panel, rows[name]) for panel, rows in LISTS.items() if name in rows)
    return TyperCommand(name, short_help=row.short, rich_help_panel=panel)


def _imported(name: str) -> ModuleType:
    """Import a module to stay: the collector goes through it neither now nor later, nor when the process ends."""
    if name in sys.modules:
        return sys.modules[name]
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.enable()
        gc.freeze()


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
