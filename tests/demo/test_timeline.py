"""The purchases become orders of today, in their sequence and with their distances."""

from datetime import UTC, date, datetime

from punchcard.demo.purchases import Purchase
from punchcard.demo.timeline import LIVE_DAYS, Timeline, lay_out
from punchcard.plan.calendar import DAY
from punchcard.router.wire import Incoming, read


def test_the_last_order_is_today(timeline: Timeline) -> None:
    """In its customer's zone, and the live part began so many days before, when the history was over."""
    last = datetime.fromtimestamp(timeline.orders[-1].at / 1000, UTC)
    assert date(2026, 5, 4) <= last.date() <= date(2026, 5, 5)
    begins = datetime.fromtimestamp(timeline.live_from / 1000, UTC)
    assert abs((begins.date() - date(2026, 5, 4)).days + LIVE_DAYS) <= 1
    assert max(order.at for order in timeline.history()) < timeline.live_from


def test_distances_between_orders_are_kept(purchases: tuple[Purchase, ...], timeline: Timeline) -> None:
    """To the day, but for the time of day that is made up."""
    at = {order.id: order.at for order in timeline.orders}
    first, *others = [purchase for purchase in purchases if purchase.customer == "0001"]
    for other in others:
        days = (at[f"cdnow-0001-{other.number}"] - at["cdnow-0001-1"]) / DAY
        assert abs(days - (other.day - first.day).days) < 1


def test_every_order_is_history_or_live(purchases: tuple[Purchase, ...], timeline: Timeline) -> None:
    """By its day, whenever the demo is; some new customers come in the live part, to be welcomed."""
    history, live = timeline.history(), timeline.live()
    assert (len(history), len(live)) == (2975, 3944)
    in_winter = lay_out(purchases, date(2026, 12, 24))
    assert len(in_winter.live()) == 3944
    known = {order.person.id for order in history}
    assert len({order.person.id for order in live} - known) > 80


def test_everything_is_taken_by_the_api(timeline: Timeline) -> None:
    """Orders and profiles are well-formed events with ids of their own."""
    events = [*timeline.profiles(), *(order.event() for order in timeline.orders)]
    now = timeline.orders[-1].at
    assert all(isinstance(read(event, 0, now), Incoming) for event in events)
    assert len({event["id"] for event in events}) == len(events) == 2357 + 6919


def test_a_demo_that_goes_on_has_the_same_timeline(
    purchases: tuple[Purchase, ...], timeline: Timeline
) -> None:
    """Nothing in it depends on when it is made."""
    assert lay_out(purchases, date(2026, 5, 4)) == timeline
