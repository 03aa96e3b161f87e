"""Plans as a command is given them: a file that is checked, or the version of a campaign that was published."""

from __future__ import annotations

import sys
from pathlib import Path

import typer
from babel import Locale, UnknownLocaleError
from sqlalchemy import Connection

from punchcard.cli.opening import opened
from punchcard.cli.programme import beside
from punchcard.domain.campaign_list import VersionText, find_version, list_versions
from punchcard.domain.campaign_names import find_campaign_name
from punchcard.domain.refusals import VersionUnknown
from punchcard.errors import FinalError
from punchcard.language.files import SUFFIXES, load
from punchcard.language.nearest import listed
from punchcard.language.render import render
from punchcard.plan.model import Plan
from punchcard.settings import load_settings
from punchcard.wording.reader import reader
from punchcard.wording.speech import Speech
from punchcard.wording.translation import languages


class PlanMissing(FinalError):
    """There is no campaign to read."""


def plan_of(given: str) -> Plan:
    """Return the plan of a file, of a published campaign, or of one of its versions (`welcome@2`).

    A file with mistakes ends the command with all of them on standard error and exit code 1.
    """
    path = Path(given)
    if path.is_file():
        return _checked(path)
    if path.suffix in SUFFIXES or path.is_dir():
        raise PlanMissing(
            f"There is no file {given}.", remedy="Name a campaign's file, or a published campaign."
        )
    with opened(load_settings(), making=False) as database, database.read() as connection:
        return published(connection, given).plan


def published(connection: Connection, given: str) -> VersionText:
    """Return a campaign's current version, or the one that is numbered or named behind an `@`."""
    name, _, wanted = given.partition("@")
    if not wanted:
        return find_version(connection, find_campaign_name(connection, name).version)
    for line in list_versions(connection, name):
        if wanted == str(line.number) or (len(wanted) >= 8 and line.hash.startswith(wanted)):
            return find_version(connection, line.hash)
    raise VersionUnknown(
        f"{name} has no version {wanted}.", remedy=f"Name it by its number or its hash: {name}@1."
    )


def reader_of(language: str, plan: Plan) -> Speech:
    """Return how a plan is told in a language; a language that nobody has written is a mistake of the command line."""
    try:
        locale = Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        locale = None
    if locale is None or locale.language not in languages():
        known = listed(languages(), "or")
        raise typer.BadParameter(f"{language} is none of the languages {known}", param_hint="--language")
    return reader(locale, plan.timezone)


def _checked(path: Path) -> Plan:
    written = load(path)
    checked = written.check(beside([path]).programme)
    if checked.plan is None:
        typer.echo(render(checked.diagnostics, written.texts, colour=sys.stderr.isatty()), err=True)
        raise typer.Exit(1)
    return checked.plan
