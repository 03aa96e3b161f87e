"""From an order to what it led to."""

from __future__ import annotations

from punchcard.domain.causes import cause_of, orders_of_customer
from punchcard.domain.instance_story import find_instance
from tests.support.world import World


def _occasion(world: World, instance: str) -> int:
    with world.database.read() as connection:
        return find_instance(connection, instance).occasion_id


def test_an_occasion_is_traced_to_its_order(world: World) -> None:
    """The order that crossed the line, as it stands now."""
    occasion = _occasion(world, world.instance_of("C-101"))
    with world.database.read() as connection:
        cause = cause_of(connection, occasion)
    assert cause.order is not None
    assert (cause.order.external_id, cause.order.net) == ("o-102", 21_550)
    assert cause.reversal is None


def test_a_reversal_is_traced_to_the_order_that_fell(world: World) -> None:
    """With the refund that lowered it."""
    occasion = _occasion(world, world.instance_of("C-104"))
    with world.database.read() as connection:
        cause = cause_of(connection, occasion)
    assert [refund.external_id for refund in cause.refunds] == ["rf-1"]
    assert cause.reversal is not None
    assert (cause.reversal.order, cause.reversal.change) == ("o-402", -21_550)


def test_what_was_started_by_hand_has_no_order(world: World) -> None:
    """Neither an order nor an event earned it."""
    occasion = _occasion(world, world.instance_of("C-106", "goodwill"))
    with world.database.read() as connection:
        cause = cause_of(connection, occasion)
    assert (cause.order, cause.event_type) == (None, None)


def test_orders_come_latest_first(world: World) -> None:
    """By when they happened."""
    with world.database.read() as connection:
        orders = orders_of_customer(connection, world.id_of("C-104"))
    assert [(order.external_id, order.refunded) for order in orders] == [("o-402", 21_550), ("o-401", 0)]
