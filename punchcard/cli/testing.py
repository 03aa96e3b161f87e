"""`punchcard test`: the tests beside the campaigns, played at virtual time."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from activities.letters import Letters
from activities.preparing import prepare
from punchcard.channels.channel import Envelope
from punchcard.cli.programme import beside
from punchcard.domain.plans import Plans
from punchcard.domain.sending import Claimed, Settled
from punchcard.language.money import share
from punchcard.language.render import render
from punchcard.language.unfit import Unfit
from punchcard.trial.coverage import Coverage
from punchcard.trial.files import Bounded, Surroundings, Tested, bounds, campaigns_of, files_of, run
from punchcard.trial.memory import Memory
from punchcard.trial.play import Played
from punchcard.trial.posting import sender
from punchcard.trial.report import as_data, junit

LETTERS = Letters(
    plans=Plans(),
    base_url="https://shop.example",
    secret="a secret that signs no real link",
    domain="shop.example",
    brand="The Shop",
)


def play_tests(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Files of tests, campaigns with tests beside them, or folders.", exists=True),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")] = False,
    junit_file: Annotated[
        Path | None, typer.Option("--junit", help="Write a report in JUnit's XML here, for CI.")
    ] = None,
    boundaries: Annotated[
        bool,
        typer.Option("--boundaries", help="Derive boundary cases from each campaign as well, and play them."),
    ] = False,
    temporal: Annotated[
        bool,
        typer.Option(
            "--temporal", help="Play each case by workflows on a Temporal server as well, and compare."
        ),
    ] = False,
    cover: Annotated[
        str | None,
        typer.Option(help="How much of each campaign's steps and ways the cases must take, such as 100%."),
    ] = None,
) -> None:
    """Play the tests of campaigns at virtual time. Exit code 0: all passed; 1: some did not, or cannot be read."""
    wanted = _wanted(cover)
    files = files_of(paths, optional=boundaries)
    around = surroundings(paths)
    memory = Memory()
    results = []
    for file in files:
        tested = run(file, around, memory, None if as_json else _show_case)
        results.append(tested)
        if not as_json:
            _show_file(tested)
    apart = _on_temporal(results, around) if temporal else {}
    if not as_json:
        _show_apart(apart)
    bounded = []
    for campaign in campaigns_of(paths) if boundaries else ():
        bounded.append(bounds(campaign, around, memory))
        if not as_json:
            _show_boundaries(bounded[-1])
    memory.close()
    if as_json:
        typer.echo(json.dumps(as_data(results, bounded, apart), ensure_ascii=False, indent=2))
    if junit_file is not None:
        junit_file.write_text(junit(results), "utf-8")
    covered = all(tested.coverage is None or tested.coverage.share >= wanted for tested in results)
    if not covered and not as_json:
        typer.echo(f"The cases take less than {cover} of some campaign.")
    passed = all(each.passed for each in results) and all(each.passed for each in bounded)
    if not (covered and passed) or any(apart.values()):
        raise typer.Exit(1)


def _on_temporal(results: list[Tested], around: Surroundings) -> dict[str, tuple[str, ...]]:
    """Return what went otherwise on a Temporal server, by file and case."""
    from punchcard.cli.testing_on_temporal import Temporal, differences

    with Temporal(LETTERS) as server:
        return {
            f"{tested.path}: {name}": found
            for tested in results
            for name, found in (differences(server, tested, around) if tested.plan else {}).items()
        }


def _show_apart(apart: dict[str, tuple[str, ...]]) -> None:
    for name, found in apart.items():
        for difference in found:
            typer.echo(f"{typer.style('✗', fg=typer.colors.RED)} {name}: {difference}")
    if apart:
        same = sum(not found for found in apart.values())
        typer.echo(f"{same} of {len(apart)} cases went the same on Temporal")


def _show_boundaries(bounded: Bounded) -> None:
    """Show the promises that do not hold, and one line for the campaign."""
    if bounded.plan is None:
        typer.echo(f"{bounded.path}: it has mistakes, so it has no boundaries")
        return
    for held in bounded.cases:
        for broken in held.broken:
            typer.echo(f"{typer.style('✗', fg=typer.colors.RED)} {held.boundary.name}: {broken}")
    holding = sum(not held.broken for held in bounded.cases)
    typer.echo(f"{bounded.path}: {holding} of {len(bounded.cases)} boundary cases hold")


def _wanted(cover: str | None) -> float:
    """Return the share that has to be covered, from 0 to 1."""
    if cover is None:
        return 0.0
    found = share(cover)
    if isinstance(found, Unfit):
        raise typer.BadParameter(f"{found.reason}: write {found.expected}", param_hint="--cover")
    return found / 10_000


def surroundings(files: list[Path]) -> Surroundings:
    """Return what lies beside these files, with the activities' own way to write letters."""
    found = beside(files)
    return Surroundings(found.programme, {"send": sender(_prepare)}, found.schemas, found.text)


def _prepare(
    connection: Connection, instance_id: str, key: str, now: int
) -> tuple[Claimed, Envelope] | Settled:
    return prepare(connection, LETTERS, instance_id, key, now)


def _show_case(played: Played) -> None:
    sign, colour = ("✓", typer.colors.GREEN) if played.passed else ("✗", typer.colors.RED)
    typer.echo(f"{typer.style(sign, fg=colour)} {played.case.name}")


def _show_file(tested: Tested) -> None:
    """Show what was found, with the timeline of each case that failed, and one line for the whole file."""
    texts = {tested.path.as_posix(): tested.text}
    colour = sys.stdout.isatty()
    if tested.diagnostics:
        typer.echo(render(tested.diagnostics, texts, colour=colour))
    for played in tested.cases:
        if not played.passed:
            typer.echo(f"\n{played.case.name}\n")
            typer.echo(render(played.diagnostics, texts, colour=colour))
            for entry in played.timeline:
                typer.echo(f"  {entry.at}  {'→ ' if entry.deed else '    '}{entry.text}")
            typer.echo("")
    passed = sum(played.passed for played in tested.cases)
    typer.echo(f"{tested.path}: {passed} of {len(tested.cases)} cases passed{_covered(tested.coverage)}")
    for part in tested.coverage.missed if tested.coverage else ():
        typer.echo(f"  no case takes {part.words}")


def _covered(found: Coverage | None) -> str:
    if found is None:
        return ""
    steps, all_steps = found.count(ways=False)
    ways, all_ways = found.count(ways=True)
    return f", {steps} of {all_steps} steps and {ways} of {all_ways} ways taken"
