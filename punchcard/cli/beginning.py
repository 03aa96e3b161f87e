"""`punchcard init`: a new campaign from the gallery, ready to be changed."""

from pathlib import Path
from typing import Annotated

import typer

from punchcard.authoring import gallery
from punchcard.authoring.gallery import Template
from punchcard.cli.programme import beside
from punchcard.errors import FinalError
from punchcard.language.files import load
from punchcard.language.labels import kebab
from punchcard.language.render import render
from punchcard.language.unfit import Unfit
from punchcard.plan.model import Plan, Start, walk
from punchcard.plan.triggers import RewardTrigger


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
    folder: Annotated[
        Path, typer.Option("--in", help="The folder of the campaigns.", file_okay=False)
    ] = Path("campaigns"),
    show: Annotated[bool, typer.Option("--list", help="Show the templates, and write nothing.")] = False,
) -> None:
    """Write a new campaign from a template: its file, its messages, its tests, and what it needs beside it.

    The templates are the campaigns that come with Punchcard. Nothing that exists is changed.
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
    _write(folder, {**chosen.campaign(name, title), **chosen.events(folder)})
    if load(path).check(beside([path]).programme).plan is None:
        _write(folder, dict(gallery.around(folder)))
    _write(folder, gallery.schemas(), quiet=True)
    checked = load(path).check(beside([path]).programme)
    if checked.diagnostics:
        typer.echo(render(checked.diagnostics, load(path).texts))
    for other in _expected(folder, checked.plan):
        typer.echo(
            f"It expects the campaign {other} beside it: "
            f"`punchcard init {other} --template {other} --in {folder}` writes it, too."
        )
    typer.echo(f"Next: change {path}, and run `punchcard check {folder}` and `punchcard test {folder}`.")


def _expected(folder: Path, plan: Plan | None) -> list[str]:
    """Return the campaigns that a plan names and that its folder lacks."""
    if plan is None:
        return []
    named = [step.campaign for step in walk(plan.steps) if isinstance(step, Start)]
    if isinstance(plan.trigger, RewardTrigger):
        named.append(plan.trigger.of)
    return [each for each in dict.fromkeys(named) if not (folder / f"{each}.yaml").exists()]


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


def _write(folder: Path, files: dict[str, str], *, quiet: bool = False) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
        if not quiet:
            typer.echo(f"wrote {path}")
