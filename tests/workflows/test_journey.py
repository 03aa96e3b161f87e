"""The Journey on the real servers, where things do not go as planned: pauses, resets, reversals, a full history."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from sqlalchemy import Connection, delete, select, update
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.workflow import Info

from punchcard.domain import ticks
from punchcard.domain.budgets import NO_LIMIT, BudgetUse
from punchcard.domain.campaigns import Campaign
from punchcard.domain.database import table
from punchcard.domain.instances import Tick
from punchcard.domain.operating import cancel, pause, resume, retry, skip
from punchcard.domain.pausing import pause_campaign, resume_campaign
from punchcard.router.ingest import Ingest
from tests.workflows.journeys import JOURNEYS, play
from tests.workflows.records import INCIDENT, INSTANCE, OUTBOX, REWARD
from tests.workflows.stage import DAY, Stage, stage

CAMPAIGN, TICK, BUDGET = table(Campaign), table(Tick), table(BudgetUse)

SAVE = """\
campaign: save
title: 20% off for every $500
currency: USD
when:
  spend: {every: 500}
steps:
  - reward: {discount: 20%, expires: 30 days}
    as: coupon
  - send: earned
  - wait: {for: coupon.redeemed, up_to: 7 days}
    otherwise:
      - send: reminder
      - wait: {for: coupon.redeemed, until: coupon.expires}
  - if: coupon.redeemed
    then:
      - ask: {message: how, answer: 1..5, up_to: 14 days}
        as: reply
messages:
  earned: {purpose: marketing, subject: "{{ coupon.code }}", body: Take it.}
  reminder: {purpose: marketing, subject: Still there, body: "{{ coupon.code }}"}
  how: {purpose: marketing, subject: How was it?, body: Tell us.}
"""
NEXT_STEP_COMMITS = """\
campaign: save
title: A reward, then a wait
currency: USD
when:
  spend: {every: 500}
steps:
  - reward: {discount: 20%, expires: 30 days}
    as: coupon
  - wait: {for: coupon.redeemed, up_to: 7 days}
"""


@pytest.fixture
async def here(temporal_server: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage with a customer, whose workflows run in the sandbox."""
    async with stage(tmp_path, temporal_server) as opened:
        opened.customer("ann")
        yield opened


def after_tick(monkeypatch: pytest.MonkeyPatch, number: int, deed: Callable[[Connection, int], None]) -> None:
    """Do something in the very transaction in which tick `number` is written for the first time."""
    commit = ticks.commit_tick
    done: list[int] = []

    def commit_and_do(connection: Connection, plans: Any, proposal: Any, now: int) -> Any:
        answer = commit(connection, plans, proposal, now)
        if proposal.number == number and answer.verdict == "committed" and not done:
            done.append(number)
            deed(connection, now)
        return answer

    monkeypatch.setattr("activities.ticks.commit_tick", commit_and_do)


def refund_within(here: Stage, connection: Connection, order: str) -> None:
    """Take a refund in within a transaction that is open."""
    database = Mock(attempt=lambda taken: taken(connection))
    refund = {"id": "r", "type": "refund", "occurred_at": "2026-05-28T20:26:40Z", "data": {"order": order}}
    results = Ingest(database, here.clock)("shop", [refund])
    assert [result.status for result in results] == ["accepted"]


# --- pauses -----------------------------------------------------------------------------------------


async def test_a_paused_campaign_keeps_newcomers_until_it_goes_on(here: Stage) -> None:
    """Customers go on earning; nothing is given or sent before the campaign is resumed."""
    here.publish_text(SAVE)
    here.operate(pause_campaign, "save")
    here.order("ann")
    await here.until(lambda: bool(here.instance("ann").held), "the pause to hold it")
    assert here.mails("ann") == []
    here.operate(resume_campaign, "save")
    await here.until(lambda: here.instance("ann").phase == "waiting", "the wait")
    assert len(here.mails("ann")) == 1


async def test_a_pause_before_an_answer_is_taken_in_loses_nothing(
    here: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paused right after its first commit, the instance takes the answer in when it is resumed."""
    here.publish_text(NEXT_STEP_COMMITS)

    def pause_it(connection: Connection, now: int) -> None:
        connection.execute(update(CAMPAIGN).values(status="paused", paused_at=now))

    after_tick(monkeypatch, 1, pause_it)
    here.order("ann")
    await here.until(lambda: bool(here.instance("ann").held), "the pause to hold it")
    here.operate(resume_campaign, "save")
    await here.until(lambda: here.instance("ann").phase == "waiting", "the wait")
    assert here.journal(here.instance("ann").id) == ["started", "rewarded", "resumed", "waiting"]


async def test_what_a_pause_keeps_from_hearing_ends_a_wait_whose_limit_is_yet_unknown(
    here: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paused between asking until when it waits and the answer, it hears of the redemption once it is resumed."""
    here.publish_text(
        NEXT_STEP_COMMITS.replace("up_to: 7 days", "until: 3 days before coupon.expires at 10:00")
    )

    def pause_it(connection: Connection, now: int) -> None:
        connection.execute(update(CAMPAIGN).values(status="paused", paused_at=now))

    after_tick(monkeypatch, 2, pause_it)
    here.order("ann")
    await here.until(lambda: bool(here.instance("ann").held), "the pause to hold it")
    here.redeem("ann")
    here.operate(resume_campaign, "save")
    await here.until(lambda: here.instance("ann").outcome == "completed", "the end")
    assert here.journal(here.instance("ann").id) == ["started", "rewarded", "happened", "finished"]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("skip_stale", [("earned", "sent", None), ("reminder", "suppressed", "too_late")]),
        ("send_all", [("earned", "sent", None), ("reminder", "sent", None)]),
        ("shift", [("earned", "sent", None)]),
    ],
)
async def test_what_a_pause_has_overdue_follows_the_policy(
    here: Stage, policy: str, expected: list[tuple[str, str, str | None]]
) -> None:
    """After eleven days of pause the reminder is stale, sent all the same, or its turn has moved by as much."""
    here.publish_text(f"{SAVE}on_resume: {policy}\n")
    here.order("ann")
    await here.quiet()
    here.operate(pause_campaign, "save")
    here.clock.leap(here.clock.now() + 11 * DAY)
    await here.until(lambda: bool(here.instance("ann").held) or policy == "shift", "the pause to hold it")
    here.operate(resume_campaign, "save")
    await here.quiet()
    assert here.messages("ann") == expected
    if policy == "shift":
        row = here.instance("ann")
        assert (row.step, row.deadline - here.clock.now()) == ("3", 7 * DAY)


async def test_a_paused_instance_hears_what_happened_when_it_goes_on(here: Stage) -> None:
    """A code is redeemed during the pause: the question comes after it, and no reminder ever."""
    here.publish_text(SAVE)
    here.order("ann")
    await here.quiet()
    here.operate(pause, here.instance("ann").id)
    here.redeem("ann")
    await here.until(lambda: bool(here.instance("ann").held), "the pause to hold it")
    here.operate(resume, here.instance("ann").id)
    await here.quiet()
    assert [name for name, *_ in here.messages("ann")] == ["earned", "how"]


async def test_what_ends_an_instance_passes_a_pause(here: Stage) -> None:
    """A refund and an operator's cancelling end a paused instance at once, whatever else waits to be heard."""
    here.customer("ben")
    here.publish_text(SAVE)
    order = here.order("ann")
    here.order("ben")
    await here.quiet()
    here.operate(pause_campaign, "save")
    here.clock.leap(here.clock.now() + 8 * DAY)
    await here.until(lambda: bool(here.instance("ben").held and here.instance("ann").held), "the pause")
    here.refund(order)
    here.operate(cancel, here.instance("ben").id)
    await here.until(lambda: here.instance("ann").outcome == "reversed", "the reversal")
    await here.until(lambda: here.instance("ben").outcome == "cancelled", "the cancelling")


# --- incidents --------------------------------------------------------------------------------------


async def test_an_exhausted_budget_parks_until_somebody_decides(here: Stage) -> None:
    """One skips the reward, the other gets it after the budget was raised; nothing is sent without a reward."""
    here.customer("ben")
    here.publish_text(f"{SAVE}budget: {{rewards: 1}}\n")
    with here.database.begin() as connection:
        connection.execute(
            BUDGET.insert().values(campaign="save", per="", since=0, until=NO_LIMIT, rewards=1, amount=0)
        )
    here.order("ann")
    here.order("ben")
    await here.until(lambda: len(here.rows(select(INCIDENT))) == 2, "two incidents")
    await here.quiet()
    assert here.messages("ann") == []
    assert {row.error for row in here.rows(select(INCIDENT))} == {"budget_exhausted"}
    with here.database.begin() as connection:
        connection.execute(update(BUDGET).values(rewards=0))
    here.operate(retry, here.instance("ann").id)
    await here.until(lambda: here.instance("ann").phase == "waiting", "the wait")
    here.operate(skip, here.instance("ben").id)
    await here.until(lambda: here.instance("ben").incidents == 0, "the incident to be closed")
    found = {row.instance_id: row.resolution for row in here.rows(select(INCIDENT))}
    assert found == {here.instance("ann").id: "retried", here.instance("ben").id: "skipped"}
    assert len(here.rows(select(REWARD))) == 1
    await here.quiet()
    assert here.messages("ben") == [("earned", "suppressed", "reward_refused")]
    assert here.notes(here.instance("ben").id, "message")[0]["reason"] == "reward_refused"
    assert here.instance("ben").phase == "waiting"


# --- reversal and return ----------------------------------------------------------------------------


async def test_an_occasion_that_fell_before_its_first_step_begins_anew(here: Stage) -> None:
    """Reversed while a pause kept it from starting, and earned again: the second generation gives the reward."""
    here.publish_text(SAVE)
    here.operate(pause_campaign, "save")
    order = here.order("ann")
    await here.until(lambda: bool(here.instance("ann").held), "the pause to hold it")
    here.refund(order)
    await here.until(lambda: here.instance("ann").outcome == "reversed", "the reversal")
    here.operate(resume_campaign, "save")
    here.order("ann")
    await here.quiet()
    assert here.instance("ann").id.endswith(".g2")
    assert len(here.mails("ann")) == 1


async def test_a_reversal_between_commit_and_answer_forgets_no_reward(
    here: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refund arrives right after the commit that gave the reward: earned again, it is the same reward."""
    here.publish_text(NEXT_STEP_COMMITS)
    after_tick(monkeypatch, 1, lambda connection, _now: refund_within(here, connection, "order-1"))
    here.order("ann", id="order-1")
    await here.until(lambda: here.instance("ann").outcome == "reversed", "the reversal")
    here.order("ann")
    await here.quiet()
    row = here.instance("ann")
    assert (row.generation, row.phase, len(here.rows(select(REWARD)))) == (2, "waiting", 1)
    here.redeem("ann")
    await here.until(lambda: here.instance("ann").outcome == "completed", "the end")


async def test_who_is_restored_hears_what_happened_meanwhile(here: Stage) -> None:
    """An answer given while no instance could be told is taken in by the next generation."""
    here.publish_text(SAVE)
    order = here.order("ann")
    await here.quiet()
    here.redeem("ann")
    await here.quiet()
    assert here.instance("ann").step == "4.then.1"
    here.refund(order)
    await here.until(lambda: here.instance("ann").outcome == "reversed", "the reversal")
    here.answer("ann", "4")
    here.order("ann")
    await here.quiet()
    row = here.instance("ann")
    assert (row.generation, row.outcome) == (2, "completed")
    assert here.notes(row.id, "happened") == [{"event": "reply.answered", "answer": 4, "key": "4.then.1#1"}]


# --- Temporal's own ways ----------------------------------------------------------------------------


async def test_continue_as_new_at_any_quiet_moment_changes_nothing(
    temporal_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a new run at every wait, journeys end as they do in a single one."""
    monkeypatch.setattr(
        Info, "is_continue_as_new_suggested", lambda info: info.get_current_history_length() > 6
    )
    mine = [journey for journey in JOURNEYS if journey.campaign == "spend-and-save"]
    async with stage(tmp_path, temporal_server, sandboxed=False) as here:
        played = await play(here, mine)
        found = {one.journey.name: (one.instance.outcome, one.mails) for one in played}
        assert found == {each.name: (each.outcome, each.mails) for each in mine}
        runs = [
            each.run_id
            async for each in here.client.list_workflows(f'WorkflowId = "{played[1].instance.id}"')
        ]
        assert len(runs) > 1


async def test_a_reset_sends_and_gives_nothing_twice(here: Stage) -> None:
    """Temporal starts the workflow over from its first task: the database says what stands, and it goes on."""
    here.publish_text(SAVE)
    here.order("ann")
    await here.quiet()
    name = here.instance("ann").id
    history = await here.client.get_workflow_handle(name).fetch_history()
    finished = next(
        event.event_id
        for event in history.events
        if event.HasField("workflow_task_completed_event_attributes")
    )
    await here.client.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace=here.client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=name, run_id=history.run_id),
            workflow_task_finish_event_id=finished,
            request_id="reset",
            reason="test",
        )
    )
    here.redeem("ann")
    await here.until(lambda: here.instance("ann").step == "4.then.1", "the question")
    await here.quiet()
    assert [name for name, *_ in here.messages("ann")] == ["earned", "how"]
    assert len(here.mails("ann")) == 2
    assert len(here.rows(select(REWARD))) == 1


async def test_what_comes_after_the_end_is_too_late(here: Stage) -> None:
    """A delivery that finds its instance closed is marked so, and journaled."""
    here.publish_text(SAVE)
    here.order("ann")
    await here.quiet()
    name = here.instance("ann").id
    here.operate(cancel, name)
    here.redeem("ann")
    with here.database.begin() as connection:
        connection.execute(update(OUTBOX).where(OUTBOX.c.kind == "deliver").values(not_before=1 << 60))
    await here.until(lambda: here.instance("ann").outcome == "cancelled", "the end")
    with here.database.begin() as connection:
        connection.execute(update(OUTBOX).values(not_before=0))
    await here.quiet()
    assert here.notes(name, "too_late") == [{"kind": "deliver", "seq": 3}]


async def test_a_database_behind_its_workflow_is_an_incident_and_never_an_advance(here: Stage) -> None:
    """Restored from an older backup, the database lacks a tick: somebody is called, nothing is done twice."""
    here.publish_text(SAVE)
    here.order("ann")
    await here.quiet()
    name = here.instance("ann").id
    with here.database.begin() as connection:
        connection.execute(delete(TICK).where(TICK.c.number == 2))
        connection.execute(update(INSTANCE).values(tick=1))
    here.redeem("ann")
    await here.until(lambda: len(here.rows(select(INCIDENT))) == 1, "the incident")
    assert here.rows(select(INCIDENT.c.key))[0].key == "database"
    assert here.rows(select(INSTANCE.c.tick))[0].tick == 1
    await here.client.get_workflow_handle(name).terminate()
