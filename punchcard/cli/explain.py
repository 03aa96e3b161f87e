"""`punchcard explain`: a campaign in plain sentences."""

import shutil
from typing import Annotated

import typer

from api.shapes.explanations import explanation_shown
from punchcard.cli.plans import plan_of, reader_of
from punchcard.wording.explanation import explain as tell
from punchcard.wording.prose import prose

WIDEST = 100


def explain(
    campaign: Annotated[
        str,
        typer.Argument(
            metavar="FILE|CAMPAIGN",
            help="A campaign's file, or a published campaign: `welcome`, or `welcome@2` for its second version.",
        ),
    ],
    language: Annotated[str, typer.Option(help="The language to tell it in: `en`, `de`, `en-GB`.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")] = False,
) -> None:
    """Tell a campaign in plain sentences: what starts it, who gets it, what it may cost, each step, how it ends."""
    plan = plan_of(campaign)
    explanation = tell(reader_of(language, plan), plan)
    if as_json:
        typer.echo(explanation_shown(explanation).model_dump_json(indent=2))
        return
    width = min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)
    typer.echo(prose(explanation, width), nl=False)
