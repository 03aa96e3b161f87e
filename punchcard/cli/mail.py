"""`punchcard mail`: what the mail sink on this machine has kept, as a person reads it."""

from __future__ import annotations

from typing import Annotated

import typer

from punchcard.embedded.mailbox import KeptMail, Mailbox
from punchcard.settings import load_settings


def mail(
    to: Annotated[str | None, typer.Option(help="Only those to this address.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many.")] = 1,
) -> None:
    """Print the latest e-mails that the mail sink kept instead of delivering them."""
    folder = load_settings().data_dir / "mail"
    kept = Mailbox(folder)
    mails = (kept.read(name) for name in kept.ids())
    wanted = (each for each in mails if to is None or to in each.recipients)
    shown = [_as_text(each) for each, _ in zip(wanted, range(limit), strict=False)]
    if not shown:
        typer.echo(f"No e-mail {f'to {to} ' if to else ''}is in {folder}.", err=True)
    typer.echo(f"\n{'-' * 60}\n".join(shown), nl=False)


def _as_text(mail: KeptMail) -> str:
    head = f"To: {', '.join(mail.recipients)}\nSubject: {mail.subject}\n"
    text = "\n".join(
        mail.text.splitlines()
    )  # mail ends its lines with a carriage return, scripts trip over it
    return f"{head}\n{text.rstrip()}\n"
