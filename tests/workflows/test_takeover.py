"""On the real servers: another order makes the occasion stand, and a pause in which it falls and stands again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.workflow import Info

from punchcard.domain.operating import pause, resume
from punchcard.domain.pausing import pause_campaign, resume_campaign
from tests.workflows.stage import DAY, Stage, stage

FIRST = """\
campaign: save
currency: USD
on_resume: shift
when:
  order: {first: yes}
steps:
  - reward: {discount: 10%, expires: 60 days}
    as: coupon
  - wait: {for: order.delivered, up_to: 30 days}
  - if: order.amount > 50
    then:
      - ask: {message: how, answer: 1..5, up_to: 14 days}
        as: reply
messages:
  how: {purpose: transactional, subject: "How was {{ order.id }}?", body: Tell us.}
"""


@pytest.fixture(params=[False, True], ids=["one run", "a run for each wait"])
async def here(
    temporal_server: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Stage]:
    """A stage with a customer; in one run, or with a new one at every quiet moment."""
    if request.param:
        monkeypatch.setattr(
            Info, "is_continue_as_new_suggested", lambda info: info.get_current_history_length() > 6
        )
    async with stage(tmp_path, temporal_server, sandboxed=not request.param) as opened:
        opened.customer("ann")
        opened.publish_text(FIRST)
        yield opened


async def test_an_instance_goes_on_with_the_order_that_stands(here: Stage) -> None:
    """It waits for the second order once the first is refunded, and asks about that one; its reward stays."""
    here.order("ann", "40.00", "o-1")
    here.order("ann", "70.00", "o-2")
    await here.quiet()
    here.refund("o-1")
    here.comes_to("o-1", "ann", "40.00", "delivered", 1)
    await here.quiet()
    assert here.instance("ann").phase == "waiting"
    here.comes_to("o-2", "ann", "70.00", "delivered", 1)
    await here.until(lambda: here.mails("ann") == ["How was o-2?"], "the question")
    assert here.journal(here.instance("ann").id).count("taken_over") == 1
    assert here.journal(here.instance("ann").id).count("rewarded") == 1


async def test_the_next_generation_begins_with_the_order_that_stands(here: Stage) -> None:
    """Which was delivered already: it asks at once."""
    here.order("ann", "40.00", "o-1")
    await here.quiet()
    here.refund("o-1")
    await here.until(lambda: here.instance("ann").outcome == "reversed", "the reversal")
    here.order("ann", "70.00", "o-2", "delivered")
    await here.until(lambda: here.mails("ann") == ["How was o-2?"], "the question")
    assert here.instance("ann").generation == 2


@pytest.mark.parametrize("whole", [False, True], ids=["instance", "campaign"])
async def test_a_pause_outlasts_what_falls_and_stands_again(here: Stage, whole: bool) -> None:
    """Both generations are kept; then as much time is left as there was, and nobody is asked before."""
    here.order("ann", "40.00", "o-1")
    await here.quiet()
    left = here.instance("ann").deadline - here.clock.now()
    here.operate(*((pause_campaign, "save") if whole else (pause, here.instance("ann").id)))
    here.clock.leap(here.clock.now() + 2 * DAY)
    here.refund("o-1")
    await here.until(lambda: here.instance("ann").outcome == "reversed", "the reversal")
    here.clock.leap(here.clock.now() + 3 * DAY)
    here.order("ann", "70.00", "o-2")
    await here.until(lambda: bool(here.instance("ann").held), "the pause to hold it")
    here.clock.leap(here.clock.now() + 4 * DAY)
    here.operate(*((resume_campaign, "save") if whole else (resume, here.instance("ann").id)))
    await here.quiet()
    row = here.instance("ann")
    assert (row.generation, row.phase, row.deadline - here.clock.now()) == (2, "waiting", left)
    assert here.mails("ann") == []
