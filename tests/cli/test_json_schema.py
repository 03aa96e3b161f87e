"""`punchcard schema` as a person meets it."""

import json
from pathlib import Path

from typer.testing import CliRunner

from punchcard.authoring.schema.documents import DOCUMENTS, text_of
from punchcard.cli.main import app


def run(*arguments: str) -> str:
    """What the command prints."""
    result = CliRunner().invoke(app, ["schema", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_schema_is_printed() -> None:
    """Of campaigns unless another is asked for."""
    assert json.loads(run())["title"] == "A Punchcard campaign"
    assert json.loads(run("programme"))["title"] == "A Punchcard programme"


def test_the_schemas_are_put_where_campaigns_look_for_them(tmp_path: Path) -> None:
    """Into a folder beside them."""
    assert run("--beside", str(tmp_path)).split() == [
        f"{tmp_path.as_posix()}/schemas/{name}.json" for name in DOCUMENTS
    ]
    assert (tmp_path / "schemas" / "campaign.json").read_text("utf-8") == text_of("campaign")
