"""What a commit's facts ask for, fact by fact: the one table of what each kind writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from punchcard.domain.facts.decide import decide
from punchcard.domain.facts.finished import finished
from punchcard.domain.facts.give_reward import give_reward
from punchcard.domain.facts.granting import Granting, Result
from punchcard.domain.facts.incidents import close_incident, open_incident
from punchcard.domain.facts.pick import pick_way
from punchcard.domain.facts.recall import recall
from punchcard.domain.facts.request_call import request_call
from punchcard.domain.facts.request_message import request_message
from punchcard.domain.facts.request_start import request_start
from punchcard.domain.facts.resolve import resolve_moment
from punchcard.domain.facts.stopping import INWARD, stops
from punchcard.domain.facts.take_variant import take_variant
from punchcard.domain.facts.tasks import close_task, move_task, open_task, pass_task
from punchcard.domain.facts.update_customer import update_customer
from punchcard.domain.facts.withdraw import withdraw
from punchcard.plan.effects import Note
from punchcard.plan.events import STOP_WHEN
from punchcard.plan.facts import (
    CloseIncident,
    CloseTask,
    Decide,
    Fact,
    Finished,
    GiveReward,
    MoveTask,
    OpenIncident,
    OpenTask,
    PassTask,
    Pick,
    Recall,
    RequestCall,
    RequestMessage,
    RequestStart,
    Resolve,
    TakeVariant,
    UpdateCustomer,
    Withdraw,
)


def settle(granting: Granting, facts: tuple[Fact, ...]) -> dict[str, Result]:
    """Write each fact in order and return the answers by key.

    Where the campaign's `stop_when` holds, what would take effect is left out, and the answer says so. Once a reward
    is refused, what follows it in the same commit is refused too: it was to come after it.
    """
    stop = stops(granting, facts)
    results: dict[str, Result] = {} if stop is None else {STOP_WHEN: stop}
    for fact in facts:
        if stop is not None and not isinstance(fact, INWARD):
            if isinstance(fact, UpdateCustomer):
                granting.notes.append(Note("not_updated", fact.path, {"reason": "stopped"}))
            continue
        answer = FACTS[type(fact)](granting, fact)
        if answer is not None:
            results[fact.key] = answer  # type: ignore[union-attr]
    return results


FACTS: Mapping[type, Callable[[Granting, Any], Result | None]] = MappingProxyType(
    {
        GiveReward: give_reward,
        RequestMessage: request_message,
        Decide: decide,
        Pick: pick_way,
        TakeVariant: take_variant,
        Resolve: resolve_moment,
        Recall: recall,
        UpdateCustomer: update_customer,
        OpenTask: open_task,
        PassTask: pass_task,
        RequestStart: request_start,
        RequestCall: request_call,
        MoveTask: move_task,
        CloseTask: close_task,
        Withdraw: withdraw,
        OpenIncident: open_incident,
        CloseIncident: close_incident,
        Finished: finished,
    }
)
