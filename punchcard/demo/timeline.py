"""The purchases as orders of today: their dates shifted so that the last one falls on the present day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from punchcard.demo.people import Person, hour_of_purchase, person
from punchcard.demo.purchases import Purchase

CURRENCY = "USD"

# The live part begins on 22 March 1997 of the sample: the last four days on which new customers came, then
# fifteen months of their purchases. That makes some hundred welcomes, and as many thresholds and full cards.
LIVE_DAYS = 465


@dataclass(frozen=True, slots=True)
class DemoOrder:
    """One purchase as an order; `at` is its instant in epoch milliseconds, `live` whether it is played."""

    id: str
    person: Person
    at: int
    units: int
    dollars: str
    live: bool = True

    def event(self, status: str | None = None, revision: int = 0) -> dict[str, Any]:
        """Return the `order` event; its one line can be refunded by the CD."""
        amount = {"amount": self.dollars, "currency": CURRENCY}
        line = {"id": "1", "sku": "cd", "quantity": self.units, "amount": amount}
        data = {"amount": amount, "lines": [line], **({"status": status} if status else {})}
        return envelope(self.id, "order", self.at, data, customer=self.person.id, revision=revision)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All orders by their instant, and the day of the first one."""

    orders: tuple[DemoOrder, ...]
    first_day: date

    @property
    def live_from(self) -> int:
        """The instant at which the live part begins: when the history is over in every zone."""
        return max(order.at for order in self.orders if not order.live) + 1

    def history(self) -> list[DemoOrder]:
        """Return the older part."""
        return [order for order in self.orders if not order.live]

    def live(self) -> list[DemoOrder]:
        """Return the part that is played."""
        return [order for order in self.orders if order.live]

    def profiles(self) -> list[dict[str, Any]]:
        """Return the `profile` events of all customers, by their first order: they joined on the first day."""
        joined = written(millis(datetime.combine(self.first_day, time(), UTC)))
        people = {order.person.id: order.person for order in self.orders}
        return [person.profile(joined) for person in people.values()]


def lay_out(purchases: Sequence[Purchase], last_day: date, live_days: int = LIVE_DAYS) -> Timeline:
    """Shift the purchases so that the last one falls on `last_day`."""
    days = [purchase.day for purchase in purchases]
    shift, live_from = last_day - max(days), max(days) - timedelta(days=live_days)
    people = {number: person(number) for number in {purchase.customer for purchase in purchases}}
    orders = [
        _order(purchase, people[purchase.customer], shift, live=purchase.day >= live_from)
        for purchase in purchases
    ]
    return Timeline(tuple(sorted(orders, key=lambda order: (order.at, order.id))), min(days) + shift)


def envelope(
    id: str, type: str, at: int, data: dict[str, Any], *, customer: str | None = None, revision: int = 0
) -> dict[str, Any]:
    """Return an event as the API takes it."""
    event = {"id": id, "type": type, "occurred_at": written(at), "data": data}
    return event | ({"customer": customer} if customer else {}) | ({"revision": revision} if revision else {})


def millis(instant: datetime) -> int:
    """Return an instant in epoch milliseconds."""
    return int(instant.timestamp() * 1000)


def written(at: int) -> str:
    """Return an instant as events carry it."""
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds")


def _order(purchase: Purchase, buyer: Person, shift: timedelta, *, live: bool) -> DemoOrder:
    name = f"cdnow-{purchase.customer}-{purchase.number}"
    midnight = datetime.combine(purchase.day + shift, time(), ZoneInfo(buyer.zone))
    at = millis(midnight + timedelta(seconds=int(hour_of_purchase(name) * 3600)))
    return DemoOrder(name, buyer, at, purchase.units, purchase.dollars, live)
