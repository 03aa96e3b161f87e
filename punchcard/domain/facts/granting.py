"""Granting: one commit under way, which each fact reads and adds to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from punchcard.domain.knowing import known_of_customer
from punchcard.plan.conditions import Field
from punchcard.plan.effects import Note
from punchcard.plan.model import Plan

Result = dict[str, Any]


@dataclass(slots=True)
class Granting:
    """One commit under way: whose it is, by which plan, in which zone, at which instant of business time.

    `seen` is what the instance has been told, `notes` are what the commit adds to the instance's own.
    """

    connection: Connection
    instance: Any
    plan: Plan
    zone: str
    now: int
    seen: int = 0
    refused: bool = False
    notes: list[Note] = field(default_factory=list)

    @property
    def objection(self) -> str | None:
        """The reason for which nothing is to be done for the customer any more; None if there is none."""
        if self.refused:
            return "reward_refused"
        if self.instance.occasion_status != "standing":
            return "reversed"
        return "erased" if self.instance.erased_at is not None else None

    def known(self, fields: Sequence[Field]) -> dict[str, Any]:
        """Return what is known of the customer by `Field.key`; what is not is left out."""
        return known_of_customer(
            self.connection, self.instance.customer_id, fields, self.plan.currency, self.now, self.zone
        )

    def values(self, fields: Iterable[Field], own: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of these fields by `Field.key`: the instance's `own`, else what the customer's are."""
        return {**own, **self.known([field for field in fields if field.key not in own])}
