"""`punchcard schema`: the JSON Schema by which an editor completes and checks what is written."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from punchcard.authoring.schema.documents import DOCUMENTS, FOLDER, text_of

Document = Literal["campaign", "programme", "tests"]


def schema(
    document: Annotated[
        Document, typer.Argument(help="Which kind of file: campaign, programme or tests.")
    ] = "campaign",
    beside: Annotated[
        Path | None,
        typer.Option(
            help="A folder of campaigns: put all schemas into its folder `schemas`, where the first lines of "
            "campaigns look for them.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
) -> None:
    """Print the JSON Schema (draft 2020-12) of campaigns, of the programme, or of campaign tests."""
    if beside is None:
        typer.echo(text_of(document), nl=False)
        return
    for name in put(beside):
        typer.echo(name.as_posix())


def put(folder: Path) -> list[Path]:
    """Write all schemas beside the campaigns of a folder, and return where they lie."""
    schemas = folder / FOLDER
    schemas.mkdir(exist_ok=True)
    written = []
    for name in DOCUMENTS:
        path = schemas / f"{name}.json"
        path.write_text(text_of(name), "utf-8")
        written.append(path)
    return written
