"""`punchcard keys`: API keys made, listed and revoked; a secret is shown once and never kept."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from api.instants import to_text
from punchcard.cli.listing import show_list
from punchcard.cli.opening import opened
from punchcard.domain.clock import read_clock
from punchcard.domain.keys import SCOPES, Key, create_key, list_keys, revoke_key
from punchcard.settings import load_settings

ACTOR = "cli"
Name = Annotated[str, typer.Argument(help="Its name, as the log of deeds shows it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode="markdown")


@app.callback()
def keys() -> None:
    """Make, list and revoke the API keys of integrators."""


@app.command()
def create(
    name: Name,
    scopes: Annotated[
        list[str],
        typer.Option("--scope", help="What it may do; repeat it. `punchcard keys scopes` lists them."),
    ],
    source: Annotated[
        str | None,
        typer.Option(help="Whose ids its events carry; keys of one source share them. Its name if unset."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a key and print its secret, which cannot be shown again."""
    with opened(load_settings()) as database, database.begin() as connection:
        now = read_clock(connection).now()
        key, secret = create_key(connection, name, scopes, ACTOR, now, source=source)
    if as_json:
        typer.echo(json.dumps({**_as_data(key), "secret": secret}, indent=2))
        return
    typer.echo(secret)
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    console.print(
        f"The key {escape(key.name)} posts as the source {escape(key.source)}. "
        "It is shown this once: only its hash is kept."
    )


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List all keys, those in use first; of each secret only the beginning is known."""
    with opened(load_settings(), making=False) as database, database.read() as connection:
        found = list_keys(connection)
    if as_json:
        typer.echo(json.dumps([_as_data(key) for key in found], indent=2))
        return
    show_list(
        ("name", "source", "begins with", "last used", "revoked", "may"),
        (
            (
                *(key.name, key.source, key.prefix),
                *(to_text(key.last_used_at), to_text(key.revoked_at)),
                ", ".join(sorted(key.scopes)),
            )
            for key in found
        ),
    )


@app.command()
def revoke(name: Name) -> None:
    """Make a key good for nothing from now on; what it posted stays."""
    with opened(load_settings()) as database, database.begin() as connection:
        revoke_key(connection, name, ACTOR, read_clock(connection).now())
    typer.echo(f"{name} is revoked.")


@app.command()
def scopes() -> None:
    """List what a key may be allowed to do."""
    show_list(("scope", "allows to"), SCOPES.items())


def _as_data(key: Key) -> dict[str, Any]:
    return {
        "name": key.name,
        "source": key.source,
        "begins_with": key.prefix,
        "scopes": sorted(key.scopes),
        "created_at": to_text(key.created_at),
        "last_used_at": to_text(key.last_used_at),
        "revoked_at": to_text(key.revoked_at),
    }
