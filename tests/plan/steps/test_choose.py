"""`choose` in the machine: each value goes its way."""

import pytest

from punchcard.plan.events import Delivered
from punchcard.plan.facts import Pick
from tests.plan.samples import T0, ask, choose, send, walk


@pytest.mark.parametrize(
    ("answer", "path"), [(1, "1.then.1.1..3.1"), (3, "1.then.1.1..3.1"), (5, "1.then.1.5.1")]
)
def test_a_number_goes_the_way_of_its_range(answer: int, path: str) -> None:
    """Both ends of a range belong to it."""
    begun = walk(ask(then=[choose("reply.answer", {"1..3": [send()], "5": [send()]})]))
    begun.take_sent()
    begun.take(Delivered(at=T0, seq=2, name="reply.answered", data={"answer": answer}))
    assert begun.place == [(path, "performing")]


def test_what_no_branch_names_goes_on_otherwise() -> None:
    """So does what is absent."""
    begun = walk(choose("order.nothing", {"gold": [send()]}, otherwise=[send()]))
    assert begun.place == [("1.otherwise.1", "performing")]
    assert begun.whats == ["started", "chosen"]


def test_a_yes_is_no_number() -> None:
    """True is not one."""
    begun = walk(choose("order.gift", {"1": [send()]}), send())
    begun.state.names["order"]["gift"] = True
    assert begun.place == [("2", "performing")]


def test_what_is_asked_of_the_customer_is_found_in_the_commit() -> None:
    """Only the way comes back, not what was read."""
    begun = walk(
        choose("customer.orders", {"1": [send()], "2..9": [send()]}), answers={"1#1": {"way": "2..9"}}
    )
    assert [type(fact) for fact in begun.facts][:1] == [Pick]
    assert begun.place == [("1.2..9.1", "performing")]
