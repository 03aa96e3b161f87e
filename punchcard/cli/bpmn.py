"""`punchcard bpmn`: a campaign for other BPM tools."""

from typing import Annotated

import typer

from punchcard.bpmn.document import document
from punchcard.cli.plans import plan_of, reader_of


def bpmn(
    campaign: Annotated[
        str,
        typer.Argument(
            metavar="FILE|CAMPAIGN",
            help="A campaign's file, or a published campaign: `welcome`, or `welcome@2` for its second version.",
        ),
    ],
    language: Annotated[str, typer.Option(help="The language of its words: `en`, `de`, `en-GB`.")] = "en",
) -> None:
    """Print a campaign as BPMN 2.0 with its diagram: `punchcard bpmn welcome.yaml > welcome.bpmn`."""
    plan = plan_of(campaign)
    typer.echo(document(reader_of(language, plan), plan), nl=False)
