"""`punchcard format`: the canonical layout of campaign files."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from punchcard.authoring.formatting.layout import Formatted, formatted
from punchcard.language.files import SUFFIXES
from punchcard.language.render import render

STANDARD_INPUT = Path("-")


def format_files(
    paths: Annotated[
        list[Path], typer.Argument(help="Campaign files, folders of them, or `-` for standard input.")
    ],
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit code 1 if a file is laid out otherwise.")
    ] = False,
    name: Annotated[
        str, typer.Option(help="What standard input is called, since a programme is laid out otherwise.")
    ] = "campaign.yaml",
) -> None:
    """Lay out campaign files canonically: order of keys, spacing, texts as blocks. Comments and meaning stay.

    A file that is not YAML stays as it is, and its mistakes are shown.
    """
    unlike = False
    for path in _files(paths):
        if path == STANDARD_INPUT:
            text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
            found = formatted(text, name=name)
        else:
            text = path.read_bytes().decode("utf-8", errors="replace")
            found = formatted(text, name=path.as_posix())
        unlike = (
            _answer(path, name if path == STANDARD_INPUT else path.as_posix(), text, found, check) or unlike
        )
    if unlike:
        raise typer.Exit(1)


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (each for each in sorted(path.iterdir()) if each.suffix in SUFFIXES and each.is_file())
        elif path == STANDARD_INPUT or path.exists():
            yield path
        else:
            raise typer.BadParameter(f"{path} does not exist", param_hint="PATHS")


def _answer(path: Path, name: str, text: str, found: Formatted, check: bool) -> bool:
    """Say or write what came of one file; returns whether the command fails by it."""
    if any(each.severity == "error" for each in found.diagnostics):
        typer.echo(render(found.diagnostics, {name: text}), err=True)
        if path == STANDARD_INPUT and not check:
            typer.echo(text, nl=False)
        return True
    if path == STANDARD_INPUT and not check:
        typer.echo(found.text, nl=False)
        return False
    if found.text == text:
        return False
    if check:
        typer.echo(f"{path}: would be laid out otherwise")
        return True
    path.write_text(found.text, "utf-8", newline="\n")
    typer.echo(f"{path}: laid out")
    return False
