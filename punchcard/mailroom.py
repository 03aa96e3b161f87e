"""What an instance is to take in next: the commit's answer, deliveries in their order, then all else.

The workflow's shell and campaign tests bring the machine its events in this one order. Pure, as workflow code has
to be.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

from punchcard.contracts import Delivery, JourneyStart
from punchcard.plan.events import (
    Command,
    Committed,
    Delivered,
    Event,
    Restored,
    Results,
    Reversed,
    Started,
    TakenOver,
)
from punchcard.plan.state import State, from_data


class Mailroom:
    """The events that one instance has yet to take in, and where it stands."""

    def __init__(self, start: JourneyStart) -> None:
        """Begin anew, or go on from a state."""
        self.events: deque[Event] = deque()
        self.answer: Committed | None = None
        self.arrivals = 0
        self._inbox: dict[int, Delivery] = {delivery.seq: delivery for delivery in start.inbox}
        self._after_seq = 0
        self._held_since: int | None = None
        self.state = self._begin(start)

    @property
    def inbox(self) -> list[Delivery]:
        """The deliveries that no tick has seen, in their order."""
        return [delivery for _, delivery in sorted(self._inbox.items())]

    def deliver(self, delivery: Delivery) -> None:
        """Take a delivery; one that came before is dropped."""
        if delivery.seq > self.state.seen:
            self._inbox[delivery.seq] = delivery
            self.arrivals += 1

    def next(self) -> Event | None:
        """Take out the event whose turn it is; None if there is nothing to take in now."""
        event = self.peek()
        if event is not None:
            self._held_since = None
        if event is self.answer:
            self.answer = None
        elif self.events and event is self.events[0]:
            self.events.popleft()
        return event

    def peek(self) -> Event | None:
        """Return the event whose turn it is; a delivery stays in the inbox until a tick that has seen it stands."""
        over = self.state.outcome is not None and not self._is_starting()
        if self._held_since is not None and not over:
            ending = self._ending()
            if ending is not None or self._held_since == self.arrivals:
                return ending
        blocked = self._after_seq > self.state.seen and not over
        if self.answer is not None and not blocked:
            return self.answer
        delivery = self._inbox.get(self.state.seen + 1)
        if delivery is not None and not self._is_starting():
            return _read(delivery)
        return self.events[0] if self.events and not blocked else None

    # --- what the database says to a tick -----------------------------------------------------------

    def committed(self, state: State, at: int, results: Results) -> None:
        """Go on from a tick that stands; its answer comes next, with an earlier one that is yet to be taken in."""
        self.state = state
        self._inbox = {seq: kept for seq, kept in self._inbox.items() if seq > state.seen}
        self._take_answer(at, results)

    def replaced(self, event: Event, state: Mapping[str, Any], at: int, results: Results) -> None:
        """Go on from another tick that stood already, and bring the event again."""
        self._put_back(event)
        self.state = from_data(state)
        self._take_answer(at, results)

    def held(self, event: Event, arrivals: int) -> None:
        """Keep the event back until something arrives that had not when there were so many `arrivals`."""
        self._put_back(event)
        self._held_since = arrivals

    def behind(self, event: Event, seq: int) -> None:
        """Keep the event back until deliveries up to `seq` have been taken in."""
        self._put_back(event)
        self._after_seq = seq

    # --- the parts ----------------------------------------------------------------------------------

    def _begin(self, start: JourneyStart) -> State:
        if start.state is None:
            self.events.append(Started(at=start.at, names=start.names, due=start.due))
            return State()
        if start.revived:
            restored = Restored(
                at=start.at, results=start.results, lapse=start.lapse, ends=start.ends, order=start.order
            )
            self.events.append(restored)
        return from_data(start.state)

    def _ending(self) -> Event | None:
        """While a pause lasts, what ends the instance goes first, and nothing else until something arrives."""
        for seq, delivery in sorted(self._inbox.items()):
            if seq > self.state.seen and (
                delivery.kind == "reverse" or delivery.payload.get("name") == "cancel"
            ):
                return _read(delivery)
        return None

    def _is_starting(self) -> bool:
        return bool(self.events) and isinstance(self.events[0], Started | Restored)

    def _take_answer(self, at: int, results: Results) -> None:
        earlier = {} if self.answer is None else self.answer.results
        self.answer = Committed(at=at, tick=self.state.tick, results={**earlier, **results})

    def _put_back(self, event: Event) -> None:
        match event:
            case Committed():
                self.answer = event
            case Delivered() | Reversed() | Command():
                pass  # still in the inbox
            case _:
                self.events.appendleft(event)


def _read(delivery: Delivery) -> Event:
    payload = delivery.payload
    match delivery.kind:
        case "reverse":
            return Reversed(at=delivery.at, seq=delivery.seq)
        case "order":
            return TakenOver(at=delivery.at, seq=delivery.seq, order=payload["order"])
        case "command":
            return Command(
                at=delivery.at,
                seq=delivery.seq,
                name=payload["name"],
                actor=payload["actor"],
                path=payload.get("path"),
                paused=payload.get("paused", 0),
                reason=payload.get("reason"),
            )
        case _:
            return Delivered(
                at=payload.get("at", delivery.at),
                seq=delivery.seq,
                name=payload["name"],
                data=payload.get("data", {}),
            )
