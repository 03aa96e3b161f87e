"""`punchcard import` shows what it will do, does it once, and says what it could not do."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from punchcard.cli.main import app
from punchcard.importing.errors import UnusableFileError

ORDERS = "Order ID,Customer,Date,Total,Note\no-1,C-1,2026-05-04,500.00,\no-2,C-2,2026-05-05,free,[red]\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of two orders, the second of which is bad, and a data directory of its own."""
    monkeypatch.setenv("PUNCHCARD_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "shop.csv"
    path.write_text(ORDERS)
    return path


def run(*words: object) -> Result:
    """Run the command line."""
    return CliRunner().invoke(app, ["import", *map(str, words)])


def test_a_file_is_shown_and_imported(shop: Path) -> None:
    """Guesses are marked; the row that failed is named, kept, and decides the exit code."""
    result = run(shop, "--currency", "USD", "--yes")
    assert result.exit_code == 3
    for text in ("Order ID", "guessed", "not read: Note", "line 3", "1 imported", "shop.csv.rejects.csv"):
        assert text in result.stderr
    assert "o-2,C-2,2026-05-05,free,[red],3," in shop.with_name("shop.csv.rejects.csv").read_text()


def test_the_summary_is_there_for_scripts(shop: Path) -> None:
    """One JSON document on the standard output, and nothing else."""
    run(shop, "--currency", "USD", "--yes")
    summary = json.loads(run(shop, "--currency", "USD", "--yes", "--json").stdout)
    assert (summary["rows"], summary["accepted"], summary["duplicates"], summary["rejected_rows"]) == (
        2,
        0,
        1,
        1,
    )
    assert [(each["line"], each["column"]) for each in summary["first_mistakes"]] == [(3, "Total")]
    assert summary["rejects"] == str(shop.with_name("shop.csv.rejects.csv"))


def test_a_dry_run_changes_nothing(shop: Path) -> None:
    """Afterwards every order is still new, and no reject file is there."""
    result = run(shop, "--currency", "USD", "--dry-run")
    assert "1 would be imported" in result.stderr
    assert not shop.with_name("shop.csv.rejects.csv").exists()
    assert "1 imported, 0 known before" in run(shop, "--currency", "USD", "--yes").stderr


def test_guesses_are_not_acted_on_unseen(shop: Path) -> None:
    """Where nobody can be asked, they must be stated or accepted beforehand."""
    result = run(shop, "--currency", "USD")
    assert isinstance(result.exception, UnusableFileError)
    assert "State them with --map, or say --yes" in str(result.exception)


def test_what_is_stated_needs_no_answer(shop: Path) -> None:
    """A script that names its columns is not asked."""
    shop.write_text("a,b,c\nC-1,2026-05-04,5\n")
    maps = [word for each in ("customer=a", "date=b", "amount=c") for word in ("--map", each)]
    result = run(shop, *maps, "--currency", "USD")
    assert result.exit_code == 0
    assert "1 imported" in result.stderr


def test_a_zone_that_is_none_is_refused(shop: Path) -> None:
    """Before the file is looked at."""
    result = run(shop, "--zone", "Mars")
    assert str(result.exception) == (
        "--zone Mars is not a time zone. Write an IANA name, such as Europe/Berlin."
    )
