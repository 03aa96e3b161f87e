"""`punchcard up --demo` as a newcomer meets it: real processes, until customers have redeemed and answered."""

import os
import signal
import sqlite3
from dataclasses import replace
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from punchcard.cli.demo import prepare_demo
from punchcard.demo.beginning import begin
from punchcard.demo.purchases import FILE, PACKAGE
from punchcard.domain.clock import read_clock, set_clock
from punchcard.domain.database import Database
from punchcard.errors import ConfigurationError
from punchcard.plan.calendar import DAY
from punchcard.settings import Settings
from punchcard.shipped import shipped
from tests.cli.test_up import Up, environment, is_ready, up
from tests.support.run_servers import PATIENCE, is_running, wait_until

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


@pytest.fixture
def few_purchases(environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A history in the sample's form: one older customer, and a few who buy much on the first day that is played."""
    package, record = tmp_path / "package", f"{PACKAGE}-0.dist-info/RECORD"
    (package / record).parent.mkdir(parents=True)
    (package / record).write_text(f"{FILE},,\n")
    (package / record).with_name("METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: 0\n"
    )
    few = (f"{number:05} {number:04} 19970322 20 520.00\n" for number in range(2, 7))
    (package / FILE).write_text(
        "".join(["00001 0001 19970321 1 11.77\n", *few, "00001 0001 19980630 1 9.99\n"])
    )
    environment["PYTHONPATH"] = str(package)
    environment["PUNCHCARD_DEFINITIONS"] = str(shipped("definitions") / "spend-and-save.yaml")
    monkeypatch.syspath_prepend(package)


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("few_purchases")
def test_a_demo_plays_stops_goes_on_and_ends(environment: dict[str, str], tmp_path: Path) -> None:
    """Orders become rewards, e-mails and redemptions; stopped and started again, it goes on where it was.

    After the last order, when nothing is open any more, worker and API start anew, by the slower clock. What is
    killed comes back; SIGTERM ends all of it cleanly, and nothing is left.
    """
    settings = Settings(data_dir=tmp_path / "data")
    with up(environment, tmp_path, "--demo", "--day", "1", module="tests.cli.eager_demo") as first:
        for statement, what in (
            ("SELECT count(*) FROM reward", "a reward"),
            ("SELECT count(*) FROM message WHERE status = 'sent'", "an e-mail"),
            ("SELECT count(*) FROM redemption", "a code to be used"),
            ("SELECT count(*) FROM instance WHERE status = 'closed'", "an instance to end"),
            ("SELECT count(*) FROM question WHERE answered_at IS NOT NULL", "an answer"),
        ):
            wait_until(partial(comes, tmp_path, statement), what=what)
        assert "demo prepared: 1 orders as history, 6 to be played" in first.said()
        assert "the CDNOW sample of Fader and Hardie" in first.said()
        assert first.stop() == 0
    last = ask(tmp_path, "SELECT max(id) FROM event")
    leap_to_the_last_order(settings)

    with up(environment, tmp_path, module="tests.cli.eager_demo") as second:
        assert_said(second, "A business day takes a day from now on.")
        assert "demo goes on: 1 orders as history, 6 to be played" in second.said()
        assert "everything that began has come to its end" in second.said()
        assert ask(tmp_path, f"SELECT count(*) FROM event WHERE id > {last} AND type = 'order'") == 1
        address = f"http://127.0.0.1:{environment['PUNCHCARD_API_PORT']}"
        wait_until(lambda: is_ready(address), what="the API to be ready again")
        assert ask(tmp_path, "SELECT count(*) FROM instance WHERE status <> 'closed'") == 0
        assert ask(tmp_path, "SELECT factor FROM clock") == 1
        log = tmp_path / "data" / "logs" / "api.log.1"
        logged = log.read_bytes()
        running = kill_the_api(second)
        wait_until(lambda: is_ready(address), what="the API to be ready once more")
        assert second.stop() == 0
    assert second.said().rstrip().endswith("Start again with the same command to go on where it was.")
    assert not any(map(is_running, running))
    assert log.read_bytes() == logged, "a crash begins no new log"
    before = ask(tmp_path, "SELECT wall - business FROM clock")
    said = StringIO()
    assert prepare_demo(settings, 1, Console(file=said)) is None
    assert "demo over" in said.getvalue()
    assert ask(tmp_path, "SELECT wall - business FROM clock") == before


def kill_the_api(running: Up) -> set[int]:
    """Kill the API and wait until it has come back; return every process that ran before or after."""
    before, healthy = running.children(), running.said().count("api healthy")
    assert set(before) == {"temporal", "mail-sink", "worker", "api"}
    os.kill(before["api"], signal.SIGKILL)
    wait_until(lambda: running.said().count("api healthy") > healthy, what="the API to come back")
    return {*before.values(), *running.children().values()}


def leap_to_the_last_order(settings: Settings) -> None:
    """Let the demo, which is off, go on a day before its last purchase."""
    database = Database(settings.database)
    last = begin(database, 1).timeline.orders[-1].at
    with database.begin() as connection:
        clock = read_clock(connection)
        assert clock.business < last - DAY
        set_clock(connection, replace(clock, business=last - DAY))
    database.close()


def assert_said(running: Up, words: str) -> None:
    """Wait until it has said something."""
    wait_until(lambda: words in running.said(), seconds=2 * PATIENCE, what=words)


def test_a_demo_sends_no_mail_out(tmp_path: Path) -> None:
    """Where a mail server is set, it is refused before anything is played."""
    settings = Settings(data_dir=tmp_path, smtp_host="mail.example.com")
    with pytest.raises(ConfigurationError, match="must not leave this machine") as refusal:
        prepare_demo(settings, None, Console())
    assert refusal.value.remedy == "Unset PUNCHCARD_SMTP_HOST for the demo."
