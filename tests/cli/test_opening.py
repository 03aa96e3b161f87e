"""The database as commands find it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from punchcard.cli.main import app
from punchcard.domain.refusals import CampaignUnknown


@pytest.mark.parametrize("command", ["diff cups.yaml", "explain cups", "preview cups"])
def test_a_command_that_reads_leaves_nothing_behind(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no database there is nothing published, which is said."""
    monkeypatch.delenv("PUNCHCARD_DATABASE_URL", raising=False)
    monkeypatch.delenv("PUNCHCARD_DATA_DIR", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("cups.yaml").write_text("campaign: cups\nlimit: 1 per year\nwhen: order\nsteps:\n  - reward: 10%\n")
    with pytest.raises(CampaignUnknown, match="There is no campaign cups"):
        CliRunner().invoke(app, command.split(), catch_exceptions=False)
    assert [path.name for path in tmp_path.iterdir()] == ["cups.yaml"]
