"""A storm played to a system whose processes are killed meanwhile, and what has to hold afterwards."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx
from sqlalchemy import Connection, text
from temporalio.client import Client

from punchcard.embedded.mailbox import Mailbox
from tests.crash.storm import Storm
from tests.crash.system import System

VICTIMS = ("worker", "api", "temporal")
QUIET_WITHIN = 240.0


@dataclass(slots=True)
class Summary:
    """What a run was, and every promise that it broke."""

    events: int = 0
    acknowledged: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    standing: int = 0
    reversed: int = 0
    mails: int = 0
    seconds: float = 0.0
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Say it in a few lines."""
        kills = ", ".join(f"{count}× {name}" for name, count in sorted(self.kills.items()))
        verdict = "every promise held" if not self.broken else "BROKEN: " + "; ".join(self.broken)
        return (
            f"{self.events} events posted, {self.acknowledged} acknowledged; killed -9: {kills}\n"
            f"{self.standing} rewards stand, {self.reversed} were reversed, {self.mails} mails arrived; "
            f"{self.seconds:.0f} s\n{verdict}"
        )


def play(system: System, storm: Storm, kills: int, seed: int) -> Summary:
    """Post the storm while processes die, wait until all is quiet, and check every promise."""
    started = time.monotonic()
    summary = Summary(events=len(storm.events))
    chance = random.Random(seed)
    done = threading.Event()
    acknowledged: set[tuple[str, int]] = set()
    poster = threading.Thread(target=_post_all, args=(system, storm, chance, acknowledged, done), daemon=True)
    poster.start()
    killer = random.Random(seed + 1)
    for number in range(kills):
        done.wait(killer.uniform(0.3, 1.5))
        victim = VICTIMS[number % len(VICTIMS)] if number < len(VICTIMS) else killer.choice(VICTIMS)
        system.kill(victim)
        system.start(victim)
        summary.kills[victim] += 1
    done.wait()
    poster.join()
    summary.acknowledged = len(acknowledged)
    _wait_until_quiet(system, summary)
    _check(system, storm, acknowledged, summary)
    summary.seconds = time.monotonic() - started
    return summary


def _post_all(
    system: System,
    storm: Storm,
    chance: random.Random,
    acknowledged: set[tuple[str, int]],
    done: threading.Event,
) -> None:
    """Post as an integrator should: the same batch again until it is answered."""
    with httpx.Client(timeout=60, trust_env=False) as client:
        for batch in storm.batches(chance):
            answer = _post(client, system, batch)
            for item, result in zip(batch, answer["results"], strict=True):
                if result["status"] in ("accepted", "duplicate"):
                    acknowledged.add((item["id"], item.get("revision", 0)))
    done.set()


def _post(client: httpx.Client, system: System, batch: list[dict[str, Any]]) -> dict[str, Any]:
    while True:
        try:
            answer = client.post(
                f"{system.api}/v1/events",
                json={"events": batch},
                headers={"Authorization": f"Bearer {system.key}"},
            )
            if answer.status_code < 300:
                return dict(answer.json())
            if answer.status_code < 500:
                raise AssertionError(answer.text)
        except httpx.HTTPError:
            pass
        time.sleep(0.1)


def _wait_until_quiet(system: System, summary: Summary) -> None:
    """Every instance comes to its end, and nothing is left in the outbox."""
    end = time.monotonic() + QUIET_WITHIN
    while time.monotonic() < end:
        with system.database.read() as connection:
            if _count(connection, "instance WHERE status <> 'closed'") == 0:
                return
        time.sleep(0.25)
    with system.database.read() as connection:
        stuck = _rows(
            connection, "SELECT id, status, step, phase FROM instance WHERE status <> 'closed' LIMIT 5"
        )
    summary.broken.append(f"stuck: {stuck}")


def _check(system: System, storm: Storm, acknowledged: set[tuple[str, int]], summary: Summary) -> None:
    expect = summary.broken.append
    with system.database.read() as connection:
        stored = {(row[0], row[1]) for row in _rows(connection, "SELECT external_id, revision FROM event")}
        if acknowledged - stored:
            expect(f"acknowledged and lost: {sorted(acknowledged - stored)[:5]}")
        if _standing(connection) != storm.crossings:
            expect(f"standing: {_differences(_standing(connection), storm.crossings)}")
        rewarded = Counter(
            row[0]
            for row in _rows(
                connection,
                "SELECT a.external_id FROM reward r JOIN occasion o ON o.id = r.occasion_id"
                " JOIN customer_alias a ON a.customer_id = r.customer_id"
                " WHERE r.status <> 'revoked' AND o.status = 'standing'",
            )
        )
        if dict(rewarded) != storm.crossings:
            expect(f"rewards: {_differences(dict(rewarded), storm.crossings)}")
        unearned = "reward r JOIN occasion o ON o.id = r.occasion_id WHERE o.status <> 'standing'"
        if _count(connection, f"{unearned} AND r.status <> 'revoked'"):
            expect("a reward of a reversed occasion can be used")
        for what, column, name in (
            ("code", "code", "reward"),
            ("occasion's reward", "occasion_id, key", "reward"),
        ):
            if _rows(connection, f"SELECT {column} FROM {name} GROUP BY {column} HAVING count(*) > 1"):
                expect(f"a {what} twice")
        if _count(connection, "incident WHERE closed_at IS NULL"):
            expect("an incident is open")
        summary.standing = sum(rewarded.values())
        summary.reversed = _count(connection, "occasion WHERE status = 'reversed'")
        sent = {row[0] for row in _rows(connection, "SELECT mail_id FROM message WHERE status = 'sent'")}
    arrived = Counter(
        str(mail.message["Message-ID"]) for mail in Mailbox(system.folder / "mail").newest(limit=10**9)
    )
    summary.mails = sum(arrived.values())
    if sent - set(arrived):
        expect(f"sent and never arrived: {sorted(sent - set(arrived))[:3]}")
    _no_mail_twice(system, arrived, expect)
    running = asyncio.run(_running(system))
    if running:
        expect(f"Temporal runs what the database has closed: {running[:5]}")


def _no_mail_twice(system: System, arrived: Counter[str], expect: Any) -> None:
    """A message under one Message-ID again is the one window that SMTP leaves: only after a recorded attempt."""
    with system.database.read() as connection:
        retried = {row[0] for row in _rows(connection, "SELECT mail_id FROM message WHERE attempts > 1")}
    twice = [name for name, count in arrived.items() if count > 1 and name not in retried]
    if twice:
        expect(f"a mail twice: {twice[:3]}")


def _standing(connection: Connection) -> dict[str, int]:
    return dict(
        Counter(
            row[0]
            for row in _rows(
                connection,
                "SELECT a.external_id FROM occasion o JOIN customer_alias a ON a.customer_id = o.customer_id"
                " WHERE o.status = 'standing'",
            )
        )
    )


def _differences(found: dict[str, int], wanted: dict[str, int]) -> list[tuple[str, int, int]]:
    names = sorted(found.keys() | wanted.keys())
    return [(n, found.get(n, 0), wanted.get(n, 0)) for n in names if found.get(n, 0) != wanted.get(n, 0)][:5]


def _count(connection: Connection, what: str) -> int:
    return int(connection.execute(text(f"SELECT count(*) FROM {what}")).scalar_one())


def _rows(connection: Connection, query: str) -> list[Any]:
    return list(connection.execute(text(query)).all())


async def _running(system: System) -> list[str]:
    """Workflows that run although every instance has closed; a finished one may take a moment to be listed so."""
    client = await Client.connect(system.temporal)
    found: list[str] = []
    for _ in range(300):
        found = [w.id async for w in client.list_workflows("ExecutionStatus = 'Running'")]
        if not found:
            return []
        await asyncio.sleep(0.5)
    return found
