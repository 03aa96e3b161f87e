"""`punchcard up --demo` as a newcomer meets it: real processes, until customers have redeemed and answered."""

import sqlite3
from dataclasses import replace
from functools import partial
from pathlib import Path

import httpx
import pytest

from punchcard.demo.beginning import begin, import_history
from punchcard.demo.purchases import FILE, PACKAGE
from punchcard.domain.clock import read_clock, set_clock
from punchcard.domain.database import Database
from punchcard.plan.calendar import DAY
from tests.cli.test_main import punchcard
from tests.cli.test_up import Up, environment, up
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


@pytest.mark.timeout(900)
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
            wait_until(partial(comes, tmp_path, statement), seconds=300, what=what)
        assert "the CDNOW sample of Fader and Hardie" in first.said()
        assert first.stop() == 0
    last = ask(tmp_path, "SELECT max(id) FROM event")
    stopped_at = ask(tmp_path, "SELECT business FROM clock")

    with up(environment, tmp_path) as second:
        further = f"SELECT min(received_at) FROM event WHERE id > {last}"
        wait_until(partial(comes, tmp_path, further), seconds=300, what="further events")
        assert ask(tmp_path, further) >= stopped_at
        assert "demo goes on: 2,975 orders as history, 3,944 to be played" in second.said()
        assert second.stop() == 0


@pytest.fixture
def nearly_over(environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo of three purchases, a day before the last one."""
    package, record = tmp_path / "package", f"{PACKAGE}-0.dist-info/RECORD"
    (package / record).parent.mkdir(parents=True)
    (package / record).write_text(f"{FILE},,\n")
    (package / record).with_name("METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: 0\n"
    )
    (package / FILE).write_text(
        "00001 0001 19970101 1 11.77\n00002 0002 19980610 2 25.50\n00003 0003 19980630 1 9.99\n"
    )
    environment["PYTHONPATH"] = str(package)
    monkeypatch.syspath_prepend(package)
    assert punchcard("migrate", **environment).returncode == 0
    database = Database(f"sqlite:///{tmp_path / 'data' / 'punchcard.db'}")
    timeline = begin(database, 0.25).timeline
    import_history(database, timeline, lambda done, total: None)
    with database.begin() as connection:
        clock = read_clock(connection)
        set_clock(connection, replace(clock, business=timeline.orders[-1].at - DAY))
    database.close()


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("nearly_over")
def test_after_the_end_a_day_takes_a_day(environment: dict[str, str], tmp_path: Path) -> None:
    """Worker and API start anew, by the slower clock; the next start has nothing to play."""
    address = f"http://127.0.0.1:{environment['PUNCHCARD_API_PORT']}"
    with up(environment, tmp_path, "--demo") as first:
        assert_said(first, "A business day takes a day from now on.")
        assert "everything that began has come to its end" in first.said()
        assert httpx.get(f"{address}/readyz").status_code == 200
        assert ask(tmp_path, "SELECT count(*) FROM instance WHERE status <> 'closed'") == 0
        assert ask(tmp_path, "SELECT factor FROM clock") == 1
        assert first.stop() == 0
    before = ask(tmp_path, "SELECT wall - business FROM clock")

    with up(environment, tmp_path, "--demo") as second:
        assert_said(second, "Press Ctrl-C")
        assert "demo over" in second.said()
        assert ask(tmp_path, "SELECT wall - business FROM clock") == before
        assert second.stop() == 0


def assert_said(running: Up, words: str) -> None:
    """Wait until it has said something."""
    wait_until(lambda: words in running.said(), seconds=400, what=words)


def test_a_demo_sends_no_mail_out(environment: dict[str, str]) -> None:
    """Where a mail server is set, it is refused before anything is played."""
    environment["PUNCHCARD_SMTP_HOST"] = "mail.example.com"
    result = punchcard("up", "--demo", **environment)
    assert result.returncode == 1
    assert "must not leave this machine. Unset PUNCHCARD_SMTP_HOST for the demo." in result.stderr
