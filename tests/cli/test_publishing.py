"""`punchcard publish` as a person and a script meet it."""

import json
from pathlib import Path

import pytest

from tests.support.command import punchcard

FINE = "campaign: cups\nlimit: 1 per year\nwhen: order\nsteps:\n  - reward: 10%\n"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An installation whose database is up to date."""
    found = {"PUNCHCARD_DATA_DIR": str(tmp_path / "data")}
    assert punchcard("migrate", **found).returncode == 0
    return found


@pytest.fixture
def cups(tmp_path: Path) -> Path:
    """A campaign that is fine."""
    path = tmp_path / "cups.yaml"
    path.write_text(FINE)
    return path


def test_what_is_current_is_said_in_one_line(environment: dict[str, str], cups: Path) -> None:
    """And once more that it is so already."""
    first = punchcard("publish", str(cups), **environment)
    assert first.stdout.startswith("cups: version 1 is current now (")
    assert first.stderr == ""
    assert "is current already" in punchcard("publish", str(cups), **environment).stdout


def test_warnings_are_shown_and_stop_nothing(environment: dict[str, str], cups: Path) -> None:
    """As `check` shows them, apart from what scripts read."""
    cups.write_text(FINE.replace("limit: 1 per year\n", ""))
    result = punchcard("publish", "--json", str(cups), **environment)
    assert result.returncode == 0
    assert [one["campaign"] for one in json.loads(result.stdout)] == ["cups"]
    assert result.stderr.startswith("warning[PC")
    assert f"--> {cups.as_posix()}:" in result.stderr
    assert result.stderr in punchcard("check", str(cups)).stdout


def test_mistakes_publish_nothing(environment: dict[str, str], cups: Path, tmp_path: Path) -> None:
    """Not even the campaigns that have none."""
    (tmp_path / "mugs.yaml").write_text(FINE.replace("cups", "mugs").replace("10%", "10"))
    result = punchcard("publish", str(tmp_path), **environment)
    assert result.returncode == 1
    assert "mugs.yaml:5:13" in result.stderr
    assert "Nothing was published." in result.stderr
    assert "is current now" in punchcard("publish", str(cups), **environment).stdout


def test_the_programme_is_published_with_the_campaigns(environment: dict[str, str], cups: Path) -> None:
    """From then on it counts for campaigns that are published without it."""
    programme = cups.with_name("programme.yaml")
    programme.write_text("customer_fields: {favourite_store: text}\n")
    steps = "  - if: customer.favourite_store == 'Bern'\n    then: {stop: x}\n"
    cups.write_text(FINE + steps)
    assert punchcard("publish", str(cups), **environment).returncode == 0
    programme.unlink()
    cups.write_text(FINE + steps.replace("Bern", "Basel"))
    assert punchcard("publish", str(cups), **environment).returncode == 0
    programme.write_text("customer_fields: {}\n")
    refused = punchcard("publish", str(cups), **environment)
    assert refused.returncode == 1
    assert "there is no `customer.favourite_store` here" in refused.stderr
