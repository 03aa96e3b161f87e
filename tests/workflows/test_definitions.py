"""Every campaign in `definitions/`, on the real servers, to each of its ends."""

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.definitions import definitions
from tests.workflows.journeys import JOURNEYS, play
from tests.workflows.records import INSTANCE, MESSAGE, OUTBOX
from tests.workflows.stage import stage


@pytest.mark.parametrize("campaign", definitions())
async def test_a_definition_reaches_each_of_its_ends(
    temporal_server: str, tmp_path: Path, campaign: str
) -> None:
    """Each journey ends as it should and sends what it should, each message once; nothing is left over.

    Outside the sandbox, which their histories are replayed in (test_histories.py).
    """
    mine = [journey for journey in JOURNEYS if journey.campaign == campaign]
    async with stage(tmp_path, temporal_server, sandboxed=False) as here:
        played = await play(here, mine)
        found = {one.journey.name: (one.instance.outcome, one.mails) for one in played}
        assert found == {each.name: (each.outcome, each.mails) for each in mine}
        assert {row.status for row in here.rows(select(OUTBOX.c.status))} <= {"done", "too_late"}
        sent = here.rows(select(MESSAGE.c.mail_id).where(MESSAGE.c.status == "sent"))
        arrived = [str(mail["Message-ID"]) for mail in here.mail.kept]
        assert sorted(arrived) == sorted(row.mail_id for row in sent)
        assert len(set(arrived)) == len(arrived)
        assert all(row.closed_at for row in here.rows(select(INSTANCE.c.closed_at)))
