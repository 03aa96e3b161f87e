"""`punchcard up --demo` as a newcomer meets it: real processes, until customers have redeemed and answered."""

import sqlite3
from functools import partial
from pathlib import Path

import pytest

from tests.cli.test_main import punchcard
from tests.cli.test_up import environment, up
from tests.support.run_servers import wait_until

__all__ = ["environment"]


def ask(folder: Path, statement: str) -> int:
    """The number that the demo's database answers; 0 before it has its tables."""
    path = folder / "data" / "punchcard.db"
    if not path.exists():
        return 0
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
    try:
        return int(connection.execute(statement).fetchone()[0] or 0)
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return 0
        raise
    finally:
        connection.close()


def comes(folder: Path, statement: str) -> bool:
    """Whether the number is more than 0."""
    return ask(folder, statement) > 0


@pytest.mark.timeout(420)
def test_a_demo_plays_stops_and_goes_on(environment: dict[str, str], tmp_path: Path) -> None:
    """Orders become rewards, e-mails and redemptions; stopped and started again, it goes on where it was."""
    with up(environment, tmp_path, "--demo", "--day", "1") as first:
        for statement, what in (
            ("SELECT count(*) FROM reward", "a reward"),
            ("SELECT count(*) FROM message WHERE status = 'sent'", "an e-mail"),
            ("SELECT count(*) FROM redemption", "a code to be used"),
            ("SELECT count(*) FROM instance WHERE status = 'closed'", "an instance to end"),
            ("SELECT count(*) FROM question WHERE answered_at IS NOT NULL", "an answer"),
        ):
            wait_until(partial(comes, tmp_path, statement), seconds=180, what=what)
        assert "the CDNOW sample of Fader and Hardie" in first.said()
        assert first.stop() == 0
    last = ask(tmp_path, "SELECT max(id) FROM event")
    stopped_at = ask(tmp_path, "SELECT business FROM clock")

    with up(environment, tmp_path) as second:
        further = f"SELECT min(received_at) FROM event WHERE id > {last}"
        wait_until(partial(comes, tmp_path, further), seconds=180, what="further events")
        assert ask(tmp_path, further) >= stopped_at
        assert "demo goes on: 2,975 orders as history, 3,944 to be played" in second.said()
        assert second.stop() == 0


def test_a_demo_sends_no_mail_out(environment: dict[str, str]) -> None:
    """Where a mail server is set, it is refused before anything is played."""
    environment["PUNCHCARD_SMTP_HOST"] = "mail.example.com"
    result = punchcard("up", "--demo", **environment)
    assert result.returncode == 1
    assert "must not leave this machine. Unset PUNCHCARD_SMTP_HOST for the demo." in result.stderr
