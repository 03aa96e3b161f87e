"""One instance whose worker dies right after its commits: every kind of step that asks, waits and reaches outside.

People act, the other system answers and the code is drawn while workers come and go; what has happened in the end is
what happens where nobody dies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from punchcard.domain.answering import record_answer
from punchcard.domain.clock import Clock, read_clock
from punchcard.domain.deciding import Hand, decide
from punchcard.domain.tasks import Verdict
from punchcard.embedded.mailbox import Mailbox
from punchcard.router.ingest import Ingest
from tests.calling.system import Answer, OtherSystem
from tests.crash.system import System
from tests.support.run_servers import wait_until

MORTAL = "tests.crash.mortal_worker"
CAMPAIGN = """\
campaign: storm
currency: USD
starts: 2020-01-01
limit: 1000 per year
max_lateness: 3650 days
when: order
steps:
  - reward: {{discount: 10%, expires: 3650 days}}
    as: coupon
  - split: {{plain: 50%, warm: 50%, keep_best: {{by: customer.ordered, within: 3000 days, after: 100}}}}
    id: tone
    branches:
      plain:
        - update: {{add_tags: drawn}}
      warm:
        - update: {{add_tags: drawn}}
  - call: {{url: "{host}/gifts", body: {{order: order.id}}, timeout: 5 seconds, returns: {{parcel: text}}}}
  - approve: {{do: A mug, by: manager, up_to: 2000 days}}
    branches:
      approved:
        - update: {{add_tags: mug}}
  - task: {{do: Pack it, by: packer, up_to: 2000 days}}
  - ask: {{message: how, answer: 1..5, up_to: 2000 days}}
    as: reply
    then:
      - send: thanks
messages:
  how: {{purpose: transactional, subject: How was it?, body: Tell us.}}
  thanks: {{purpose: transactional, subject: Thank you, body: "Your code is {{{{ coupon.code }}}}."}}
"""
PROGRAMME = """\
hosts: [{host}]
roles: {{manager: ann, packer: bob}}
"""
# What has happened in the end; whether it waited first, and heard of an answer before its message was known to be out,
# depends on who was quicker.
WHOLE: dict[str, Any] = {
    "journal": [
        *("assigned", "called", "finished", "happened", "happened", "happened", "message", "message"),
        *("rewarded", "started", "updated", "updated"),
    ],
    "instance": [("completed", 11)],
    "rewards": [("coupon", "issued")],
    "tasks": [("approve", "approved"), ("task", "done")],
    "tags": [("drawn",), ("mug",)],
    "calls": [("done", '{"parcel":"P-7"}')],
    "answers": [("reply", "5")],
    "variants": [(1,)],
    "messages": [("how", "sent"), ("thanks", "sent")],
    "mails": 2,
}
EVERY_TICK = range(1, 12)
# What becomes of an instance's tasks, and who acts.
DEEDS: dict[str, tuple[Verdict, str]] = {"approve": ("approved", "manager"), "task": ("done", "packer")}


def prepare(folder: Path, other: OtherSystem) -> System:
    """Return a system with the campaign, whose other system answers with a parcel."""
    other.answer(Answer(200, b'{"parcel": "P-7"}'))
    host = f"http://127.0.0.1:{other.port}"
    return System(folder, CAMPAIGN.format(host=host), PROGRAMME.format(host=host))


def run(system: System, deaths: Iterable[int]) -> dict[str, Any]:
    """Let an order start an instance whose workers die right after these ticks of it; return what has happened."""
    ask = _Asking(system)
    order = {"amount": {"amount": "120.00", "currency": "USD"}}
    system.kill("worker")
    ask.post({"id": "p", "type": "profile", "customer": "C", "data": {"email": "c@example.com"}})
    ask.post({"id": "o", "type": "order", "customer": "C", "data": order})
    for number in deaths:
        system.launch("worker", MORTAL, str(number))
        ask.act_until(lambda: system.is_dead("worker"), f"the death after tick {number}")
        system.wait_for_death("worker")
    system.launch("worker")
    ask.act_until(lambda: ask("SELECT status FROM instance") == [("closed",)], "the end")
    return dict(_facts(ask))


def _facts(ask: _Asking) -> Iterator[tuple[str, Any]]:
    told = ask("SELECT kind FROM journal_entry WHERE kind <> 'waiting' ORDER BY kind")
    yield "journal", [kind for (kind,) in told]
    yield "instance", ask("SELECT outcome, tick FROM instance")
    yield "rewards", ask("SELECT name, status FROM reward")
    yield "tasks", ask("SELECT kind, status FROM task ORDER BY id")
    yield "tags", ask("SELECT tag FROM customer_tag")
    yield "calls", ask("SELECT status, result FROM outward_call")
    yield "answers", ask("SELECT name, answer FROM question")
    yield "variants", ask("SELECT count(*) FROM experiment_entry")
    yield "messages", ask("SELECT name, status FROM message ORDER BY id")
    kept = Mailbox(ask.system.folder / "mail").newest(limit=1000)
    yield "mails", len({str(mail.message["Message-ID"]) for mail in kept})


@dataclass(frozen=True, slots=True)
class _Asking:
    """The system's database, and the people who act as it asks them to."""

    system: System

    def __call__(self, query: str) -> list[Any]:
        with self.system.database.read() as connection:
            return [tuple(row) for row in connection.execute(text(query)).all()]

    def clock(self) -> Clock:
        with self.system.database.read() as connection:
            return read_clock(connection)

    def post(self, event: dict[str, Any]) -> None:
        clock = self.clock()
        at = datetime.fromtimestamp(clock.now() / 1000, UTC).isoformat()
        [result] = Ingest(self.system.database, clock)("shop", [event | {"occurred_at": at}])
        assert result.status == "accepted", result

    def act_until(self, condition: Any, what: str) -> None:
        """Let people do what they are asked for, until something is so."""

        def acted() -> bool:
            self.act()
            return bool(condition())

        wait_until(acted, what=what)

    def act(self) -> None:
        """Decide, work and answer once, as soon as somebody is asked to."""
        now = self.clock().now()
        for number, kind in self("SELECT id, kind FROM task WHERE status = 'open'"):
            verdict, role = DEEDS[kind]
            with self.system.database.begin() as connection:
                decide(connection, number, verdict, Hand(f"user:{role}", now, frozenset({role})))
        for (number,) in self(
            "SELECT q.id FROM question q JOIN message m ON m.question_id = q.id"
            " WHERE m.status = 'sent' AND q.answered_at IS NULL"
        ):
            with self.system.database.begin() as connection:
                record_answer(connection, number, "5", now)
