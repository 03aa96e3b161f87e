"""`punchcard backup` and `punchcard restore`: an installation on a single machine, saved and brought back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from punchcard.embedded.backup import back_up, restore
from punchcard.settings import load_settings


def backup(target: Annotated[Path, typer.Argument(help="A new folder for this backup.")]) -> None:
    """Copy this machine's installation while it runs: Temporal's file, then the database, secret and mails."""
    copied = back_up(load_settings().data_dir, target)
    typer.echo(f"{', '.join(copied)} copied to {target}. The folder holds personal data and the secret key.")


def restore_backup(
    source: Annotated[Path, typer.Argument(help="A folder that `punchcard backup` made.", exists=True)],
) -> None:
    """Put a backup into this machine's data directory, which must hold no installation yet."""
    settings = load_settings()
    restored = restore(source, settings.data_dir)
    typer.echo(f"{', '.join(restored)} restored to {settings.data_dir}. Start it with `punchcard up`,")
    typer.echo(
        "then run `punchcard doctor --reconcile`, which starts again what only the database remembers."
    )
