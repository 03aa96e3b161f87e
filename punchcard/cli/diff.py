"""`punchcard diff`: what changes from one version of a campaign to another, in plain sentences."""

import sys
from typing import Annotated

import typer

from api.shapes.comparisons import comparison_shown
from punchcard.cli.plans import plan_of, reader_of
from punchcard.domain.clock import Clock
from punchcard.wording.comparing.comparison import compare
from punchcard.wording.comparing.prose import prose

WHAT = (
    "a campaign's file, a published campaign, or one of its versions: `welcome.yaml`, `welcome`, `welcome@2`"
)


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help=f"What was: {WHAT}.")],
    after: Annotated[
        str | None,
        typer.Argument(
            metavar="B", help="What comes, the same way; without it, A's published version is what was."
        ),
    ] = None,
    language: Annotated[str, typer.Option(help="The language to tell it in: `en`, `de`, `en-GB`.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with exit code 1 if they differ, for scripts.")
    ] = False,
) -> None:
    """Tell what changes from A to B, and what it means for running instances and for counting.

    `punchcard diff welcome.yaml` compares the file with the published version of its campaign.
    """
    new = plan_of(after if after is not None else before)
    old = plan_of(before if after is not None else new.campaign)
    speech = reader_of(language, new)
    comparison = compare(speech, old, new, Clock().now())
    if as_json:
        typer.echo(comparison_shown(comparison).model_dump_json(indent=2))
    else:
        typer.echo(prose(speech, comparison, colour=sys.stdout.isatty()), nl=False)
    if exit_code and not comparison.equal:
        raise typer.Exit(1)
