"""`punchcard check`: every mistake of a campaign at its line, with what to write instead."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal, TypeAlias, get_args

import typer

from punchcard.authoring.annotations import annotation
from punchcard.authoring.sarif import sarif
from punchcard.cli.companions import companion, is_companion
from punchcard.cli.programme import beside
from punchcard.errors import FinalError
from punchcard.event_files import EventFile
from punchcard.language.across import together
from punchcard.language.compiler import Checked
from punchcard.language.files import NAMELESS, Written, campaigns, load, typed
from punchcard.language.nearest import listed
from punchcard.language.neighbours import neighbours
from punchcard.language.render import render
from punchcard.plan.clockwork import earliest_day
from punchcard.plan.codec import plan_hash, plan_json
from punchcard.plan.exactness import triggers_class
from punchcard.plan.model import walk

STANDARD_INPUT = Path("-")

Format = Literal["text", "json", "sarif", "github"]
Result: TypeAlias = tuple[Written, Checked]


class NothingToCheckError(FinalError):
    """There is no campaign to check."""


def check(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Campaign files, folders of them, or `-` for standard input; also files of tests and programme.yaml."
        ),
    ],
    shape: Annotated[
        Format,
        typer.Option(
            "--format",
            help="How to answer: for people, as JSON, as SARIF 2.1.0 for code hosts, or as GitHub's annotations.",
        ),
    ] = "text",
    as_json: Annotated[bool, typer.Option("--json", help="The same as `--format json`.")] = False,
    name: Annotated[
        str | None,
        typer.Option(help="The path that standard input stands for; its messages are read from beside it."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail the check too.")] = False,
    currency: Annotated[
        str | None, typer.Option(help="The currency of files that name none, instead of the programme's.")
    ] = None,
    timezone: Annotated[
        str | None, typer.Option(help="The time zone of files that name none, instead of the programme's.")
    ] = None,
    today: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="The day by which dates are over, such as 2026-05-04, instead of the clock's.",
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The language of files that name none, instead of the programme's.")
    ] = None,
) -> None:
    """Check campaign files, with the programme.yaml and the other campaigns beside them.

    Exit code 0: all can be published; 1: some cannot.
    """
    if name is not None and STANDARD_INPUT not in paths:
        raise typer.BadParameter("it names standard input, so `-` must be checked", param_hint="--name")
    for path in paths:
        if path != STANDARD_INPUT and not path.exists():
            raise typer.BadParameter(f"{path} does not exist", param_hint="PATHS")
    around = beside(Path(name or ".") if path == STANDARD_INPUT else path for path in paths)
    found = around.programme
    programme = replace(
        found,
        currency=currency or found.currency,
        timezone=timezone or found.timezone,
        language=language or found.language,
    )
    others = [_as_result(each) for each in around.events if each.diagnostics]
    others += [companion(path, programme) for path in paths if is_companion(path)]
    day = earliest_day(time.time_ns() // 1_000_000) if today is None else today.date()
    own = [path for path in paths if not is_companion(path)]
    asked = [(written, written.check(programme, day)) for written in (_written(own, name) if own else ())]
    beside_them = map(load, neighbours(written.path for written, _ in asked))
    results = together(asked, [(written, written.check(programme)) for written in beside_them])
    _ANSWERS["json" if as_json else shape]([*others, *results])
    refused = any(each.severity == "error" for _, checked in others for each in checked.diagnostics)
    refused = refused or any(checked.plan is None for _, checked in results)
    if refused or (strict and any(checked.diagnostics for _, checked in (*others, *results))):
        raise typer.Exit(1)


def _written(paths: list[Path], name: str | None) -> Iterator[Written]:
    """Yield each campaign; standard input is read where it stands among the paths."""
    for path in _files(paths):
        if path == STANDARD_INPUT:
            text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
            yield typed(text, Path(name) if name else NAMELESS)
        else:
            yield load(path)


def _files(paths: list[Path]) -> list[Path]:
    found = [each for path in paths for each in (campaigns(path) if path.is_dir() else (path,))]
    if not found:
        raise NothingToCheckError(
            f"There is no campaign in {listed(map(str, paths), 'and')}.",
            remedy="Campaign files end with .yaml.",
        )
    return found


def _print_text(results: Sequence[Result]) -> None:
    for written, checked in results:
        _print(written, checked)


def _print_json(results: Sequence[Result]) -> None:
    typer.echo(json.dumps([_as_data(*each) for each in results], ensure_ascii=False, indent=2))


def _print_sarif(results: Sequence[Result]) -> None:
    log = sarif((checked for _, checked in results), version("punchcard"))
    typer.echo(json.dumps(log, ensure_ascii=False, indent=2))


def _print_annotations(results: Sequence[Result]) -> None:
    for _, checked in results:
        for found in checked.diagnostics:
            typer.echo(annotation(found))


_ANSWERS: dict[Format, Callable[[Sequence[Result]], None]] = {
    "text": _print_text,
    "json": _print_json,
    "sarif": _print_sarif,
    "github": _print_annotations,
}
assert set(_ANSWERS) == set(get_args(Format)), "every format is printed by a function of its own"


def _print(written: Written, checked: Checked) -> None:
    """Print the diagnostics, and one line that says how the file fared."""
    if checked.diagnostics:
        typer.echo(render(checked.diagnostics, written.texts, colour=sys.stdout.isatty()))
    errors = sum(each.severity == "error" for each in checked.diagnostics)
    warnings, silenced = len(checked.diagnostics) - errors, len(checked.silenced)
    counts = [
        f"{count} {word}{'' if count == 1 else 's'}"
        for count, word in ((errors, "error"), (warnings, "warning"), (silenced, "silenced warning"))
        if count
    ]
    if checked.plan is None:
        fine = "" if errors else f"fine ({listed(counts, 'and')})" if counts else "fine"
        typer.echo(f"{written.path}: {fine or listed(counts, 'and')}")
        return
    version = plan_hash(plan_json(checked.plan))[:12]
    steps = sum(1 for _ in walk(checked.plan.steps))
    what = f"version {version}, {steps} step{'' if steps == 1 else 's'}, class {triggers_class(checked.plan)}"
    typer.echo(f"{written.path}: fine ({', '.join([what, *counts])})")


def _as_result(event: EventFile) -> Result:
    """Return an event type beside the campaigns as what was checked, too."""
    return Written(event.path, event.text, {}), Checked(None, event.diagnostics)


def _as_data(written: Written, checked: Checked) -> dict[str, object]:
    return {
        "file": written.path.as_posix(),
        "ok": not any(each.severity == "error" for each in checked.diagnostics),
        "campaign": checked.plan.campaign if checked.plan else None,
        "version": plan_hash(plan_json(checked.plan)) if checked.plan else None,
        "class": triggers_class(checked.plan) if checked.plan else None,
        "diagnostics": [each.as_data() for each in checked.diagnostics],
        "silenced": [{**each.diagnostic.as_data(), "reason": each.reason} for each in checked.silenced],
    }
