"""Crashes at the very moments at which a system of this kind is easily wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from punchcard.domain.clock import Clock, read_clock
from punchcard.embedded.mailbox import Mailbox
from punchcard.router.ingest import Ingest
from tests.calling.system import Answer, other_system
from tests.crash import errands
from tests.crash.storm import CAMPAIGN
from tests.crash.system import System
from tests.support.run_servers import wait_until

MORTAL = "tests.crash.mortal_worker"
MORTAL_CALLER = "tests.crash.mortal_caller"
CALLING = """\
campaign: storm
currency: USD
starts: 2020-01-01
limit: 1000 per year
when: order
steps:
  - call: {{url: "{host}/gifts", body: {{order: order.id}}, timeout: 5 seconds, returns: {{parcel: text}}}}
  - update: {{add_tags: packed}}
"""


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    """A system whose customers have a business week (14 seconds) to redeem."""
    with System(tmp_path / "system", CAMPAIGN.replace("up_to: 1 day", "up_to: 7 days")) as running:
        yield running


def test_what_a_dead_worker_committed_stands_although_a_refund_came_meanwhile(system: System) -> None:
    """The reward was committed, the worker died, a refund came: no second reward, and the first is revoked."""
    system.kill("worker")
    system.start("worker", MORTAL, "1")
    _order(system, "C-1")
    system.wait_for_death("worker")
    _post(system, {"id": "r-1", "type": "refund", "data": {"order": "o-C-1"}})
    system.start("worker")
    _wait_until_closed(system)
    assert _ask(system, "SELECT status FROM reward") == [("revoked",)]
    assert _ask(system, "SELECT outcome FROM instance") == [("reversed",)]
    assert len(_mails(system)) <= 1


def test_a_deadline_that_was_committed_is_not_taken_back_by_a_redemption(system: System) -> None:
    """The reminder was granted, the worker died, the coupon was used: the tick stands, and nothing is sent twice."""
    system.kill("worker")
    system.start("worker", MORTAL, "3")
    _order(system, "C-2")
    system.wait_for_death("worker")
    [(code,)] = _ask(system, "SELECT code FROM reward")
    _post(system, {"id": "u-1", "type": "redemption", "data": {"code": code}})
    system.start("worker")
    _wait_until_closed(system)
    assert _ask(system, "SELECT count(*) FROM reward") == [(1,)]
    assert '"Deadline"' in _ask(system, "SELECT event FROM tick WHERE number = 3")[0][0]
    assert len(set(_mails(system))) == len(_mails(system)) <= 2


def test_an_empty_temporal_is_filled_again_from_the_database(system: System) -> None:
    """Temporal loses everything; `doctor --reconcile` starts each open instance where it stood."""
    for number in range(4):
        _order(system, f"C-{number}")
    wait_until(lambda: _waiting(system) == 4, what="four instances that wait")
    system.kill("worker")
    system.kill("temporal")
    for file in system.folder.glob("temporal.db*"):
        file.unlink()
    system.start("temporal")
    system.start("worker")
    _post(system, {"id": "r-1", "type": "refund", "data": {"order": "o-C-0"}})
    said = system.run("doctor", "--reconcile", "--json")
    assert "were started again" in said, said
    for (code,) in _ask(system, "SELECT code FROM reward WHERE customer_id <> 1"):
        _post(system, {"id": f"u-{code}", "type": "redemption", "data": {"code": code}})
    _wait_until_closed(system)
    outcomes = _ask(system, "SELECT outcome, count(*) FROM instance GROUP BY outcome ORDER BY outcome")
    assert outcomes == [("completed", 3), ("reversed", 1)]
    assert _ask(system, "SELECT count(*) FROM reward") == [(4,)]
    assert len(set(_mails(system))) == len(_mails(system))


@pytest.mark.parametrize(("moment", "requests"), [("before", 2), ("after", 1)])
def test_a_call_whose_reply_is_lost_is_made_again_under_its_id(
    tmp_path: Path, moment: str, requests: int
) -> None:
    """The other system has acted, the worker died: it can tell the repetition. A recorded reply is not asked for."""
    with other_system() as other:
        other.answer(Answer(200, b'{"parcel": "P-7"}'))
        host = f"http://127.0.0.1:{other.port}"
        with System(tmp_path / "system", CALLING.format(host=host), f"hosts: [{host}]\n") as system:
            system.kill("worker")
            system.start("worker", MORTAL_CALLER, moment)
            _order(system, "C-1")
            system.wait_for_death("worker")
            system.start("worker")
            _wait_until_closed(system)
            assert _ask(system, "SELECT outcome FROM instance") == [("completed",)]
            assert _ask(system, "SELECT count(*) FROM journal_entry WHERE kind = 'called'") == [(1,)]
            assert _ask(system, "SELECT status, result FROM outward_call") == [("done", '{"parcel":"P-7"}')]
    assert len(other.received) == requests
    assert len({(got.headers["webhook-id"], got.body) for got in other.received}) == 1


def test_whoever_acts_while_a_worker_dies_has_acted_once(tmp_path: Path) -> None:
    """The question is out, and the worker dies; `python -m tests.crash` lets it die after every commit."""
    with other_system() as other, errands.prepare(tmp_path / "system", other) as system:
        assert errands.run(system, (9,)) == errands.WHOLE
    assert len({got.headers["webhook-id"] for got in other.received}) == 1


def _order(system: System, customer: str) -> None:
    email = f"{customer.lower()}@example.com"
    _post(system, {"id": f"p-{customer}", "type": "profile", "customer": customer, "data": {"email": email}})
    amount = {"amount": {"amount": "120.00", "currency": "USD"}}
    _post(system, {"id": f"o-{customer}", "type": "order", "customer": customer, "data": amount})


def _post(system: System, event: dict[str, Any]) -> None:
    """Take an event in as the API does, at the present of business time."""
    with system.database.read() as connection:
        clock: Clock = read_clock(connection)
    at = datetime.fromtimestamp(clock.now() / 1000, UTC).isoformat()
    [result] = Ingest(system.database, clock)("shop", [event | {"occurred_at": at}])
    assert result.status == "accepted", result


def _waiting(system: System) -> int:
    return int(_ask(system, "SELECT count(*) FROM instance WHERE phase = 'waiting'")[0][0])


def _wait_until_closed(system: System) -> None:
    def closed() -> bool:
        return _ask(system, "SELECT count(*) FROM instance WHERE status <> 'closed'") == [(0,)]

    wait_until(closed, what="the end of every instance")


def _mails(system: System) -> list[str]:
    kept = Mailbox(system.folder / "mail").newest(limit=1000)
    return [str(mail.message["Message-ID"]) for mail in kept]


def _ask(system: System, query: str) -> list[Any]:
    with system.database.read() as connection:
        return [tuple(row) for row in connection.execute(text(query)).all()]
