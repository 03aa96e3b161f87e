"""Every campaign in `definitions/`, on the real servers, to each of its ends."""

from pathlib import Path

from sqlalchemy import select

from tests.workflows.journeys import JOURNEYS, play
from tests.workflows.stage import INSTANCE, MESSAGE, OUTBOX, stage


async def test_every_definition_reaches_each_of_its_ends(temporal_server: str, tmp_path: Path) -> None:
    """Each journey ends as it should and sends what it should, each message once; nothing is left over."""
    async with stage(tmp_path, temporal_server) as here:
        played = await play(here, JOURNEYS)
        found = {one.journey.name: (one.instance.outcome, one.mails) for one in played}
        assert found == {each.name: (each.outcome, each.mails) for each in JOURNEYS}
        assert {row.status for row in here.rows(select(OUTBOX.c.status))} <= {"done", "too_late"}
        sent = here.rows(select(MESSAGE.c.mail_id).where(MESSAGE.c.status == "sent"))
        arrived = [str(mail["Message-ID"]) for mail in here.mail.kept]
        assert sorted(arrived) == sorted(row.mail_id for row in sent)
        assert len(set(arrived)) == len(arrived)
        assert all(row.closed_at for row in here.rows(select(INSTANCE.c.closed_at)))
