"""What happens is always the same, and holds all that goes wrong with orders."""

from collections import Counter, defaultdict
from itertools import groupby

import pytest

from punchcard.demo.script import TWISTS, HelpCall, Posting, twist_of, write_script
from punchcard.demo.timeline import Timeline
from punchcard.plan.calendar import DAY
from punchcard.router.wire import Incoming, read


@pytest.fixture(scope="module")
def script(timeline: Timeline) -> list[Posting | HelpCall]:
    """All that happens in the live part."""
    return write_script(timeline.live())


def test_it_is_sorted_and_repeatable(timeline: Timeline, script: list[Posting | HelpCall]) -> None:
    """A demo that goes on plays the same."""
    assert [each.due for each in script] == sorted(each.due for each in script)
    assert write_script(timeline.live()) == script


def test_every_event_is_taken_when_it_is_due(script: list[Posting | HelpCall]) -> None:
    """None lies ahead of business time, and each is well-formed."""
    for each in script:
        if isinstance(each, Posting):
            found = read(each.event, 0, each.due)
            assert isinstance(found, Incoming), (each, found)


def test_everything_that_can_happen_to_an_order_does(timeline: Timeline) -> None:
    """In about the shares that are meant."""
    twists = Counter(map(twist_of, timeline.live()))
    count = len(timeline.live())
    assert all(share * count * 0.5 < twists[twist] < share * count * 1.7 for twist, share in TWISTS.items())


def test_repeated_orders_are_the_same_and_revised_ones_are_not(script: list[Posting | HelpCall]) -> None:
    """A repetition must change nothing; what changes has a higher revision."""
    orders = defaultdict(list)
    for each in script:
        if isinstance(each, Posting) and each.event["type"] == "order":
            orders[each.event["id"]].append(each)
    for versions in orders.values():
        revisions = [each.event.get("revision", 0) for each in versions]
        if versions[0].twist == "comes twice":
            assert versions[0].event == versions[1].event
        else:
            assert revisions == list(range(len(versions)))


def test_refunds_follow_their_orders(timeline: Timeline, script: list[Posting | HelpCall]) -> None:
    """Whole, by line, and by amount."""
    at = {order.id: order.at for order in timeline.live()}
    refunds = [each for each in script if isinstance(each, Posting) and each.event["type"] == "refund"]
    assert all(2 * DAY <= each.due - at[each.event["data"]["order"]] <= 12 * DAY for each in refunds)
    measures = {frozenset(each.event["data"]) - {"order"} for each in refunds}
    assert measures == {frozenset(), frozenset({"lines"}), frozenset({"amount"})}


def test_customers_review_and_call(script: list[Posting | HelpCall]) -> None:
    """Often enough that there is something to see."""
    kinds = Counter(each.event["type"] if isinstance(each, Posting) else "call" for each in script)
    assert 350 < kinds["review_written"] < 600
    assert 60 < kinds["call"] < 200


def test_each_happening_has_a_place_of_its_own(script: list[Posting | HelpCall]) -> None:
    """Equal instants of one order are told apart."""
    keys = sorted((each.due, each.id, each.place) for each in script)
    assert all(len(list(group)) == 1 for _, group in groupby(keys))


def test_an_order_of_one_disc_is_refunded_by_amount(timeline: Timeline) -> None:
    """Half of it, cut to the cent."""
    partly = [order for order in timeline.live() if twist_of(order) == "is refunded in part"]
    order = next(order for order in partly if order.units == 1)
    refund = next(
        each.event
        for each in write_script([order])
        if isinstance(each, Posting) and each.event["type"] == "refund"
    )
    cents = int(order.dollars.replace(".", ""))
    assert refund["data"]["amount"] == {"amount": f"{cents // 2 / 100:.2f}", "currency": "USD"}
