"""`call` in the machine: what is asked for, what is kept of it, and what follows when it came to nothing."""

from __future__ import annotations

from dataclasses import replace

from punchcard.plan.conditions import Field
from punchcard.plan.effects import Perform
from punchcard.plan.events import Command, EffectDone, EffectFailed
from punchcard.plan.facts import CloseIncident, OpenIncident, RequestCall
from punchcard.plan.model import Piece
from tests.plan.samples import HOUR, T0, Walk, call, repeat, send, stop, wait, walk, when

CAME = {"status": 201, "duration": 12, "size": 30, "values": {"reference": "A-7"}}


def _failed(here: Walk, error: str = "erp.shop.example answered 503", *, ours: bool = False) -> None:
    here.take(EffectFailed(at=T0 + HOUR, key=here.performed[-1], error=error, ours=ours))


def test_its_reply_is_known_to_what_follows() -> None:
    """By the name of the call, in conditions; its status, time and size are in the journal, its values are not."""
    here = walk(call("packing"), when("packing.failed", [stop("no")], [wait()]))
    assert here.performed == ["1#1"]
    assert isinstance(here.effects[-1], Perform)
    (asked,) = [fact for fact in here.facts if isinstance(fact, RequestCall)]
    assert (asked.method, asked.values) == ("POST", {"order.id": None})
    here.take(EffectDone(at=T0 + 5, key="1#1", result=CAME))
    assert here.state.names["packing"] == {"failed": False, "reference": "A-7"}
    assert here.place == [("2.otherwise.1", "waiting")]
    assert "called" in here.whats


def test_without_on_error_it_waits_for_an_operator() -> None:
    """Tried again it has the same key, so that the receiver can tell; skipped, its fields are absent."""
    here = walk(call("packing"), wait())
    _failed(here)
    assert here.place == [("1", "parked")]
    assert any(isinstance(fact, OpenIncident) for fact in here.facts)
    here.take(Command(at=T0 + HOUR, seq=2, name="retry", actor="op", path="1"))
    assert here.performed == ["1#1", "1#1"]
    _failed(here)
    here.take(Command(at=T0 + HOUR, seq=3, name="skip", actor="op", path="1"))
    assert here.place == [("2", "waiting")]
    assert "packing" not in here.state.names


def test_with_on_error_the_campaign_says_what_follows() -> None:
    """The reason is known there; then the flow goes on behind the step, without an incident."""
    here = walk(call("packing", [send(), wait()]), send("other"), wait())
    _failed(here, "no answer")
    assert here.state.names["packing"] == {"failed": True, "error": "no answer"}
    assert here.performed == ["1#1", "1.on_error.1#1"]
    assert not any(isinstance(fact, OpenIncident | CloseIncident) for fact in here.facts)
    here.take_sent()
    assert here.place == [("1.on_error.2", "waiting")]
    assert here.state.tokens[0].since == T0 + HOUR


def test_what_the_installation_has_to_mend_is_an_incident_all_the_same() -> None:
    """A missing secret concerns everybody's call: no campaign makes up for it."""
    here = walk(call("packing", [stop("failed")]), wait())
    _failed(here, "The secret has no value here.", ours=True)
    assert here.place == [("1", "parked")]


def test_a_request_that_cannot_be_made_has_failed() -> None:
    """As when a name in its address has no value: the database says so, and nothing leaves the house."""
    refused = {"1#1": {"verdict": "failed", "error": "`order.id` has no value."}}
    here = walk(call("packing", [wait()]), answers=refused)
    assert (here.performed, here.place) == ([], [("1.on_error.1", "waiting")])
    without = walk(call(), answers=refused)
    assert without.place == [("1", "parked")]


def test_what_no_longer_stands_is_not_called() -> None:
    """Neither if the database refuses it at first, nor if it does once the request is on its way."""
    refused = {"1#1": {"verdict": "superseded", "reason": "reversed"}}
    assert walk(call(), wait(), answers=refused).place == [("2", "waiting")]
    here = walk(call(), wait())
    here.take(EffectDone(at=T0, key="1#1", result={"reason": "erased"}))
    assert here.place == [("2", "waiting")]
    assert ("not_called", "1") in here.notes


def test_each_visit_is_a_call_of_its_own() -> None:
    """What an earlier visit brought is forgotten when the next begins."""
    here = walk(repeat(2, [call("packing")]), wait())
    here.take(EffectDone(at=T0, key="1.steps.1#1", result=CAME))
    assert here.performed == ["1.steps.1#1", "1.steps.1#2"]
    assert "packing" not in here.state.names


def test_values_of_the_instance_are_handed_over() -> None:
    """What its own names stand for goes with the request; the customer's fields are read where it is granted."""
    step = replace(call(), url=(*call().url, Piece(Field(("reply", "answer")))))
    here = walk(step)
    (asked,) = [fact for fact in here.facts if isinstance(fact, RequestCall)]
    assert asked.values == {"reply.answer": None, "order.id": None}
