"""`punchcard preview`: a message as a customer gets it, with made-up values."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from punchcard.cli.plans import plan_of
from punchcard.domain.clock import Clock
from punchcard.errors import FinalError
from punchcard.language.nearest import listed, nearest
from punchcard.messages.email import RenderedEmail
from punchcard.messages.mistake import RenderFailure
from punchcard.plan.model import Message, Plan
from punchcard.preview import Sender, preview
from punchcard.samples import Sample
from punchcard.settings import load_settings


class NothingToPreview(FinalError):
    """There is no such message, or none in this language."""


def show(
    campaign: Annotated[
        str,
        typer.Argument(
            metavar="FILE|CAMPAIGN",
            help="A campaign's file, or a published campaign: `welcome`, or `welcome@2` for its second version.",
        ),
    ],
    message: Annotated[
        str | None, typer.Argument(help="The message's name; all of them if left out.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The language of its words: `de`; the campaign's own if left out.")
    ] = None,
    customer: Annotated[
        list[str] | None,
        typer.Option(
            help="What is known of the customer, such as `first_name=Ben` or `birthday=1990-12-01`; again for more."
        ),
    ] = None,
    count: Annotated[
        int, typer.Option(min=1, help="How many occasions a `digest` has gathered, for plurals.")
    ] = 2,
    html: Annotated[
        Path | None,
        typer.Option(help="Write the message as HTML to this file, for a browser.", dir_okay=False),
    ] = None,
) -> None:
    """Show a message as a customer gets it, with made-up values for codes, amounts and names.

    Rewards are on the campaign's own terms, given now, and of several on the first way to the message. For a birthday
    or an anniversary it begins now, or with the next one of the customer whose date is given.

    Whatever Punchcard cannot guess stands there as its own name in brackets, such as `[event.product]`.
    """
    if html is not None and message is None:
        raise typer.BadParameter("one message is written to a file: name it", param_hint="--html")
    plan, settings = plan_of(campaign), load_settings()
    sender = Sender(settings.brand, settings.postal_address)
    sample = Sample(plan, Clock().now(), dict(map(_known, customer or ())), count)
    chosen = plan.messages if message is None else (_message(plan, message),)
    for place, each in enumerate(chosen):
        spoken = _language(plan, each, language)
        letter = _letter(sample, sender, each, spoken)
        if html is not None:
            html.write_text(letter.html, "utf-8")
            typer.echo(f"wrote {html}")
            return
        if place:
            typer.echo("")
        typer.echo(f"{each.name} ({spoken}, {each.purpose})")
        typer.echo(f"Subject: {letter.subject}\n\n{letter.text.rstrip()}")


def _letter(sample: Sample, sender: Sender, message: Message, language: str) -> RenderedEmail:
    try:
        return preview(sample, sender, message, language)
    except RenderFailure as failure:
        raise NothingToPreview(
            f"{message.name} cannot be shown: {failure}.", remedy="Give what it needs with --customer."
        ) from None


def _message(plan: Plan, name: str) -> Message:
    known = [each.name for each in plan.messages]
    found = next((each for each in plan.messages if each.name == name), None)
    if found is None:
        meant = nearest(name, known)
        remedy = f"Did you mean {meant}?" if meant else f"It has {listed(known, 'and') or 'none'}."
        raise NothingToPreview(f"{plan.campaign} has no message {name}.", remedy=remedy)
    return found


def _language(plan: Plan, message: Message, wanted: str | None) -> str:
    spoken = [text.language for text in message.texts]
    if wanted is None:
        return spoken[0]
    if wanted not in spoken:
        raise NothingToPreview(
            f"{message.name} has no words in {wanted}.",
            remedy=f"Customers of that language get it in {spoken[0]}."
            + (f" There is {listed(spoken, 'and')}." if len(spoken) > 1 else ""),
        )
    return wanted


def _known(given: str) -> tuple[str, object]:
    """Read `name=value`; a birthday is a date, digits are a number, `yes` and `no` what they say."""
    name, sign, value = given.partition("=")
    if not sign or not name.isidentifier():
        raise typer.BadParameter(f"{given} is not like first_name=Ben", param_hint="--customer")
    if value in ("yes", "no"):
        return name, value == "yes"
    try:
        return name, date.fromisoformat(value)
    except ValueError:
        if name == "birthday":
            raise typer.BadParameter(
                f"{value} is not a day like 1990-12-01", param_hint="--customer"
            ) from None
        return name, int(value) if value.isascii() and value.isdecimal() else value
