"""`punchcard users`: who may sign in to the console, and as what."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from api.instants import to_text
from punchcard.cli.listing import show_list
from punchcard.cli.opening import opened
from punchcard.domain.accounts import (
    Role,
    create_account,
    disable_account,
    list_accounts,
    one_time_password,
    set_password,
)
from punchcard.domain.clock import read_clock
from punchcard.settings import load_settings

ACTOR = "cli"
Name = Annotated[str, typer.Argument(help="The name to sign in with.")]

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode="markdown")


@app.callback()
def users() -> None:
    """Let people sign in to the console, and keep them from it."""


@app.command()
def create(
    name: Name, role: Annotated[Role, typer.Option(help="What the person may do; the reference lists it.")]
) -> None:
    """Let a person sign in, and print a one-time password; a password is chosen at the first sign-in."""
    password = one_time_password()
    with opened(load_settings()) as database, database.begin() as connection:
        now = read_clock(connection).now()
        create_account(connection, name, password, role, ACTOR, now, one_time=True)
    typer.echo(password)


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")] = False,
) -> None:
    """List all accounts by name."""
    with opened(load_settings(), making=False) as database, database.read() as connection:
        found = list_accounts(connection)
    lines = [(each.name, each.role, to_text(each.created_at), to_text(each.disabled_at)) for each in found]
    if as_json:
        names = ("name", "role", "created_at", "disabled_at")
        typer.echo(json.dumps([dict(zip(names, line, strict=True)) for line in lines], indent=2))
        return
    show_list(("name", "role", "created", "disabled"), lines)


@app.command()
def password(name: Name) -> None:
    """Give a person a new one-time password, and print it; sessions with the old one end."""
    chosen = one_time_password()
    with opened(load_settings()) as database, database.begin() as connection:
        set_password(connection, name, chosen, ACTOR, read_clock(connection).now(), one_time=True)
    typer.echo(chosen)


@app.command()
def disable(name: Name) -> None:
    """Keep a person from signing in, and end what they have open."""
    with opened(load_settings()) as database, database.begin() as connection:
        disable_account(connection, name, ACTOR, read_clock(connection).now())
    typer.echo(f"{name} cannot sign in any more.")
