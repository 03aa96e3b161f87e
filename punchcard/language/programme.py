"""What all campaigns of an installation share, and each campaign takes from it when it is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from punchcard.plan.conditions import Segment
from punchcard.plan.model import Contact, WorkingTime


def _nothing() -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as its file says it; without one, these defaults.

    `contact` says when and how often customers are written to.
    `roles` are what campaigns ask people as, each with the names of the accounts that hold it.
    `hosts` are the systems that they may call, `secrets` the names of what signs the requests.
    `customer_fields` are the customers' own attributes by name with their type (`text`, `number`, `date`,
    `flag`), `order_fields` those of orders, `events` the declared events with the types of their fields,
    `choices` what those of their fields can hold that have an `enum`, and `required` those that each always has.
    `segments` are groups of customers by name,
    each with its rule. `calendar` says when the shop works.
    """

    currency: str = "USD"
    timezone: str = "UTC"
    language: str = "en"
    owner: str | None = None
    contact: Contact | None = None
    customer_fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    order_fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    events: Mapping[str, Mapping[str, str]] = field(default_factory=_nothing)
    choices: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=lambda: MappingProxyType({}))
    required: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    calendar: WorkingTime | None = None
    segments: Mapping[str, Segment] = field(default_factory=lambda: MappingProxyType({}))
    hosts: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
