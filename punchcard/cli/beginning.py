"""`punchcard init`: a new campaign from the gallery, ready to be changed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from punchcard.authoring import gallery
from punchcard.authoring.gallery import Template
from punchcard.errors import FinalError
from punchcard.language.labels import kebab, language_tag
from punchcard.language.unfit import Unfit


class CampaignExistsError(FinalError):
    """There is a file of this name."""


def init(
    name: Annotated[
        str | None, typer.Argument(help="The new campaign's name; asked for if left out.")
    ] = None,
    template: Annotated[
        str | None, typer.Option(help="The campaign to begin with; asked for if left out. See --list.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="What people call it; else the template's title.")] = None,
    languages: Annotated[
        list[str] | None,
        typer.Option(
            "--language",
            help="A language of its messages, such as de; again for another one. Else the programme's alone.",
        ),
    ] = None,
    folder: Annotated[
        Path, typer.Option("--in", help="The folder of the campaigns.", file_okay=False)
    ] = Path("campaigns"),
    show: Annotated[bool, typer.Option("--list", help="Show the templates, and write nothing.")] = False,
) -> None:
    """Write a new campaign from a template: its file, its messages, its tests, and what it needs beside it.

    The templates are the campaigns that come with Punchcard. The new one leaves to `programme.yaml` what that gives,
    and counts in its currency. Nothing that exists is changed.
    """
    templates = gallery.gallery()
    if show:
        _show(templates)
        return
    asks = name is None or template is None
    name = _name(name)
    path = folder / f"{name}.yaml"
    if path.exists():
        raise CampaignExistsError(
            f"{path} exists already.", remedy="Choose another name, or change that file."
        )
    chosen = gallery.template(template) if template is not None else _chosen(templates)
    if asks and title is None:
        title = typer.prompt("What do people call it?", default=chosen.title)
    from punchcard.cli.fitting import tried  # loads what plays tests, which `--list` has no use for

    found = tried(chosen, name, title, folder, tuple(_language(each) for each in languages or ()))
    _write(folder, found.files)
    _write(folder, gallery.schemas(), quiet=True)
    for each in found.missing:
        typer.echo(f"{chosen.name} has no words in {each}: the messages are in English, for you to change.")
    for case in found.left_out:
        typer.echo(
            f"Its test “{case}” is left out: it needs another language, currency, zone or calendar than yours."
        )
    for other in found.expected:
        typer.echo(
            f"It expects the campaign {other} beside it: "
            f"`punchcard init {other} --template {other} --in {folder}` writes it, too."
        )
    typer.echo(f"Next: change {path}, and run `punchcard check {folder}` and `punchcard test {folder}`.")


def _language(text: str) -> str:
    found = language_tag(text)
    if isinstance(found, Unfit):
        raise typer.BadParameter(f"{found.reason}: write {found.expected}", param_hint="--language")
    return found


def _name(name: str | None) -> str:
    """Return the name, asked for if there is none."""
    given = typer.prompt("Name of the campaign, such as autumn-thanks") if name is None else name
    found = kebab(given)
    if isinstance(found, Unfit):
        meant = f"; did you mean {found.suggestion}?" if found.suggestion else ""
        raise typer.BadParameter(f"{found.reason}: {found.expected}{meant}", param_hint="NAME")
    return found


def _show(templates: tuple[Template, ...]) -> None:
    for number, each in enumerate(templates, start=1):
        typer.echo(f"{number:>2}. {each.name}: {each.title}")
        if each.says:
            typer.echo(f"    {each.says}")


def _chosen(templates: tuple[Template, ...]) -> Template:
    """Ask which template; its number or its name is an answer."""
    _show(templates)
    answer = str(typer.prompt("Begin with which, by its number or name")).strip()
    if answer.isdigit() and 1 <= int(answer) <= len(templates):
        return templates[int(answer) - 1]
    return gallery.template(answer)


def _write(folder: Path, files: Mapping[str, str], *, quiet: bool = False) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
        if not quiet:
            typer.echo(f"wrote {path}")
