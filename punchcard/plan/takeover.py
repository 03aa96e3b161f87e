"""Taking over: an occasion that stands by another order than before concerns that one from now on.

What its steps have done stays done, and rewards stay what they are. What comes after sees the facts of the order by
which the occasion stands, and what waits for something to happen to its order waits for that one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from punchcard.plan.events import STOP_WHEN, Delivered
from punchcard.plan.model import Beside, DayBeside, Wait
from punchcard.plan.order_facts import ORDER_FACTS
from punchcard.plan.program import told_facts
from punchcard.plan.run import Run

ORDER = "order"

Hear = Callable[[Run, Delivered], bool]


def taken_over(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the journal says: the order that was taken over, and the one before."""
    kept = ("id", "amount", "currency")
    return {
        key: {name: order[name] for name in kept if name in order}
        for key, order in (("order", new), ("instead_of", old))
    }


def stands_again(run: Run, order: Mapping[str, Any]) -> None:
    """Let an instance whose occasion stands again concern the order by which it does.

    What has happened to the very same order stays true, whatever a later revision of it says.
    """
    known = run.state.names.get(ORDER)
    if known is None or not order:
        return
    if known["id"] != order["id"]:
        take_over(run, order)
        return
    happened = {name.removeprefix(f"{ORDER}."): True for name in ORDER_FACTS if run.holds(name)}
    run.state.names[ORDER] = {**_fields(run, order), **happened}


def take_over(run: Run, order: Mapping[str, Any]) -> None:
    """Let the instance concern another order from now on."""
    run.note("taken_over", **taken_over(run.state.names[ORDER], order))
    run.state.names[ORDER] = _fields(run, order)
    run.state.lapse_before_order = run.state.lapse
    _wait_anew(run)


def _fields(run: Run, order: Mapping[str, Any]) -> dict[str, Any]:
    """What the instance is to know of an order: of what has happened to it, what something in the plan asks for."""
    told = told_facts(run.program.plan)
    return {
        name: value
        for name, value in order.items()
        if (event := f"{ORDER}.{name}") not in ORDER_FACTS or event in told
    }


def hear_of_order(run: Run, at: int, hear: Hear) -> None:
    """Let what has happened to the order already be heard by whatever waits for it, as if it happened now."""
    stop = run.program.plan.stop_when
    if run.state.taking_back is None and stop is not None and any(run.holds(name) for name in stop.events):
        run.finish("stopped", STOP_WHEN)
        return
    for name in ORDER_FACTS:
        if run.holds(name) and hear(run, Delivered(at=at, seq=0, name=name)):
            run.note("happened", event=name)


def _wait_anew(run: Run) -> None:
    """Find anew until when is waited beside something of the order, under a key of its own."""
    for token in run.tokens("waiting", "asked"):
        step = run.program.steps[token.path]
        if isinstance(step, Wait) and isinstance(step.until, Beside | DayBeside) and step.until.name == ORDER:
            run.arrive(token, token.path)
