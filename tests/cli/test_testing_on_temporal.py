"""`punchcard test --temporal`: the same cases by real workflows, and what went otherwise."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from punchcard.cli.main import app
from punchcard.shipped import shipped
from punchcard.trial import walk


def run(*arguments: str | Path) -> tuple[int, dict[str, list[str]]]:
    """Run the command; return its exit code, and what differs by case."""
    said = CliRunner().invoke(
        app, ["test", "--json", "--temporal", *map(str, arguments)], catch_exceptions=False
    )
    return said.exit_code, json.loads(said.stdout)["temporal"]


def test_workflows_do_what_the_core_does() -> None:
    """Reminders, refunds and what comes back after them, at the same minutes."""
    code, apart = run(shipped("definitions") / "welcome.test.yaml")
    assert code == 0
    assert len(apart) == 5
    assert not any(apart.values())


def test_what_goes_otherwise_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the core by itself woke nobody, say."""
    (tmp_path / "cups.yaml").write_text(
        "campaign: cups\nwhen: order\nsteps:\n  - wait: 1 day\n  - stop: enough\n"
    )
    story = "tests: cups\ncases:\n  - case: One\n    story:\n      - order: 5\n      - expect: nothing\n"
    (tmp_path / "cups.test.yaml").write_text(story)
    monkeypatch.setattr(walk.Walk, "deadline", None)
    code, apart = run(tmp_path)
    assert code == 1
    assert list(apart.values()) == [["Temporal alone: 2026-03-03 10:00 the instance ended: stopped (enough)"]]
