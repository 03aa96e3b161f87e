"""Taking back: what was done, the latest first, and nothing else."""

from __future__ import annotations

from punchcard.plan.conditions import Field
from punchcard.plan.events import STOP_WHEN, Command, Deadline, EffectDone, EffectFailed, Reversed
from punchcard.plan.facts import Finished, RequestCall, UpdateCustomer, Withdraw
from punchcard.plan.model import Piece
from punchcard.plan.state import from_data, to_data
from tests.plan.samples import DAY, T0, Walk, call, repeat, send, stop, tagged, together, wait, walk, when


def _tags(here: Walk) -> list[str]:
    return [tag for fact in here.facts if isinstance(fact, UpdateCustomer) for tag in fact.add_tags]


def _comes(here: Walk, **values: object) -> None:
    result = {"status": 200, "duration": 1, "size": 1, "values": values}
    here.take(EffectDone(at=here.now, key=here.performed[-1], result=result))


def test_what_was_done_is_taken_back_the_latest_first() -> None:
    """Then the instance ends as its `stop` says; what was not reached, or has no undo, is left alone."""
    here = walk(
        tagged("a", undo=[tagged("not-a")]),
        when("coupon.redeemed", [tagged("other", undo=[tagged("not-other")])]),
        tagged("plain"),
        tagged("b", undo=[tagged("not-b"), tagged("really")]),
        stop("no", takes_back=True),
    )
    assert _tags(here) == ["a", "plain", "b", "not-b", "really", "not-a"]
    assert here.state.outcome == "stopped"
    assert here.facts[-1] == Finished("stopped", "no")
    assert here.whats.count("taking_back") == 2


def test_a_stop_that_does_not_ask_takes_nothing_back() -> None:
    """Nor does the end of the plan, an operator who cancels, or a reversal."""
    step = tagged("a", undo=[tagged("not-a")])
    assert _tags(walk(step, stop("no"))) == ["a"]
    assert _tags(walk(step)) == ["a"]
    cancelled = walk(step, wait())
    cancelled.take(Command(at=T0, seq=2, name="cancel", actor="op"))
    assert _tags(cancelled) == ["a"]
    reversed_ = walk(step, wait())
    reversed_.take(Reversed(at=T0, seq=2))
    assert _tags(reversed_) == ["a"]


def test_a_call_that_failed_is_not_taken_back() -> None:
    """Its `on_error` says what follows; one that came to something is, with what it had said."""
    undo = [call("undo")]
    failed = walk(call("shelf", [tagged("failed")], undo), stop("no", takes_back=True))
    failed.take(EffectFailed(at=T0, key="1#1", error="no"))
    assert failed.performed == ["1#1"]
    assert failed.state.outcome == "stopped"


def test_each_visit_is_taken_back_with_what_it_had_brought() -> None:
    """In rounds of a loop the name stands for another reply each time."""
    release = call("undo").__class__(
        path="", name="undo", url=(Piece(Field(("shelf", "reference"))),), method="DELETE"
    )
    here = walk(repeat(2, [call("shelf", undo=[release])]), stop("no", takes_back=True))
    _comes(here, reference="R-1")
    _comes(here, reference="R-2")
    _comes(here)
    _comes(here)
    asked = [fact for fact in here.facts if isinstance(fact, RequestCall) and ".undo." in fact.path]
    assert [fact.values["shelf.reference"] for fact in asked] == ["R-2", "R-1"]
    assert [fact.key for fact in asked] == ["1.steps.1.undo.1#1", "1.steps.1.undo.1#2"]
    assert here.state.outcome == "stopped"


def test_what_fails_while_taking_back_waits_for_an_operator() -> None:
    """Skipped, the rest is taken back all the same."""
    here = walk(
        tagged("a", undo=[tagged("not-a")]), call("shelf", undo=[call("undo")]), stop("no", takes_back=True)
    )
    _comes(here)
    here.take(EffectFailed(at=T0, key=here.performed[-1], error="no"))
    assert here.place == [("2.undo.1", "parked")]
    here.take(Command(at=T0, seq=2, name="skip", actor="op", path="2.undo.1"))
    assert _tags(here) == ["a", "not-a"]
    assert here.state.outcome == "stopped"


def test_other_ways_end_where_they_are() -> None:
    """What they have asked for and not done is withdrawn, what they have done is taken back."""
    here = walk(
        together(
            "all",
            one=[tagged("a", undo=[tagged("not-a")]), send(), wait()],
            other=[wait(), stop("no", takes_back=True)],
        )
    )
    here.take(Deadline(at=T0 + DAY))
    assert _tags(here) == ["a", "not-a"]
    assert any(isinstance(fact, Withdraw) for fact in here.facts)
    assert here.state.outcome == "stopped"


def test_taking_back_goes_on_whatever_would_end_it_otherwise() -> None:
    """A campaign's `stop_when` has nothing left to stop; a stored state goes on in the middle."""
    here = walk(call("shelf", undo=[call("undo"), tagged("not")]), stop("no", takes_back=True))
    here.answers["1.undo.1#1"] = {"verdict": "granted"}
    here.patient = True
    _comes(here)
    here.unanswered[STOP_WHEN] = {"met": True}
    here.settle()
    assert here.state.outcome is None
    kept = from_data(to_data(here.state))
    assert (kept.taking_back, kept.done) == (here.state.taking_back, here.state.done)
