"""The command line as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from punchcard.cli.main import COMMANDS
from tests.support.command import punchcard

ROOT = Path(__file__).parents[2]


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own and return what it said."""
    return subprocess.run(
        [sys.executable, "-m", "punchcard.cli", *arguments],
        env={**os.environ, "COLUMNS": "120", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_version_is_told() -> None:
    """`--version` names the program and its version."""
    result = process("--version")
    assert (result.returncode, result.stdout.split()[0]) == (0, "punchcard")


def test_what_punchcard_reports_is_one_line() -> None:
    """A wrong environment ends with exit code 1, one line and no traceback."""
    result = process("mail-sink", PUNCHCARD_SMTP_PORT="none")
    assert result.returncode == 1
    assert result.stderr.startswith("error: The environment cannot be used: PUNCHCARD_SMTP_PORT: ")
    assert result.stderr.count("\n") == 1


def test_the_shell_completes_commands() -> None:
    """What the completion script asks for is answered with the commands that begin so."""
    result = process(_PUNCHCARD_COMPLETE="complete_bash", COMP_WORDS="punchcard mail-", COMP_CWORD="1")
    assert result.stdout.split() == ["mail-sink"]


def test_every_command_has_its_line_of_help() -> None:
    """All of them are listed, and each says of itself what it is for."""
    shown = punchcard("--help").stdout
    for name in COMMANDS:
        assert f"│ {name} " in shown
        assert f"Usage: punchcard {name}" in punchcard(name, "--help").stdout
    assert punchcard("burn").returncode == 2


@pytest.mark.parametrize("arguments", [("--help",), ("check", "definitions/spend-and-save.yaml")])
def test_what_needs_no_database_waits_for_none(arguments: tuple[str, ...]) -> None:
    """The list of commands and the check of a file import nothing that takes long."""
    shown = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "punchcard.cli", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {line.rpartition("|")[2].strip() for line in shown.stderr.splitlines()}
    assert "punchcard.cli.main" in imported
    assert imported & {"sqlalchemy", "temporalio", "fastapi"} == set()
