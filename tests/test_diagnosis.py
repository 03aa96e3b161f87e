"""What `doctor` finds."""

from pathlib import Path

import pytest
from temporalio.client import Client

from punchcard.diagnosis import Finding, Installation, examine
from punchcard.domain.database import Database
from punchcard.settings import Settings


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


async def findings(folder: Path, settings: Settings) -> list[Finding]:
    """Examine an installation whose database was not migrated yet."""

    async def connect() -> Client:
        raise RuntimeError("Temporal is not there")

    database = Database(f"sqlite:///{folder / 'punchcard.db'}")
    try:
        return await examine(Installation(settings, database, connect))
    finally:
        database.close()
