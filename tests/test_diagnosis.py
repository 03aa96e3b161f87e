"""What `doctor` finds."""

from dataclasses import replace
from pathlib import Path

import pytest
from temporalio.client import Client

from punchcard.cli.schema import upgrade
from punchcard.diagnosis import Finding, Installation, examine
from punchcard.domain.database import Database
from punchcard.errors import TemporalAway
from punchcard.router.publishing import publish
from punchcard.settings import Settings
from tests.plan.samples import call, plan


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        (Settings(smtp_host="mail.example"), True),
        (Settings(smtp_host="mail.example", postal_address="1 Main St"), False),
        (Settings(), False),
    ],
)
async def test_e_mails_without_a_postal_address_are_noticed(
    tmp_path: Path, settings: Settings, found: bool
) -> None:
    """Once they leave this machine; what the mail sink keeps needs none."""
    missing = [finding for finding in await findings(tmp_path, settings) if "postal address" in finding.what]
    assert [finding.state for finding in missing] == ["warning"] * found
    assert all("PUNCHCARD_POSTAL_ADDRESS" in str(finding.remedy) for finding in missing)


async def test_secrets_of_calls_that_have_no_value_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the variable that is to be set; those of campaigns that have ended do not matter."""
    monkeypatch.delenv("PUNCHCARD_SECRET_ERP_KEY", raising=False)
    monkeypatch.setenv("PUNCHCARD_SECRET_TILL_KEY", "whsec_…")
    settings = Settings(data_dir=tmp_path)
    upgrade(settings)
    database = Database(settings.database)
    steps = (replace(call("one"), secret="erp_key"), replace(call("two"), secret="till_key"), call("three"))
    with database.begin() as connection:
        publish(connection, plan(*steps), "", {}, "test", 1)
    database.close()
    missing = [each for each in await findings(tmp_path, settings) if "PUNCHCARD_SECRET_" in each.what]
    assert [(each.state, each.what) for each in missing] == [
        ("warning", "PUNCHCARD_SECRET_ERP_KEY is not set here.")
    ]


async def findings(folder: Path, settings: Settings) -> list[Finding]:
    """Examine an installation whose database was not migrated yet."""

    async def connect() -> Client:
        raise TemporalAway("Temporal does not answer at home: it is not there.", remedy="Start it.")

    database = Database(f"sqlite:///{folder / 'punchcard.db'}")
    try:
        return await examine(Installation(settings, database, connect))
    finally:
        database.close()
