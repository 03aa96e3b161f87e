"""What has a name that other places speak of: rewards, messages, segments, fields, events, campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from punchcard.language.nodes import Span

Sort = Literal[
    "made",
    "message",
    "shared",
    "input",
    "variant",
    "segment",
    "customer_field",
    "order_field",
    "event",
    "campaign",
    "role",
    "secret",
]
WORDS: Mapping[Sort, str] = MappingProxyType(
    {
        "made": "name",
        "message": "message",
        "shared": "shared step",
        "input": "input",
        "variant": "variant",
        "segment": "segment",
        "customer_field": "field of the customer",
        "order_field": "field of orders",
        "event": "event",
        "campaign": "campaign",
        "role": "role",
        "secret": "secret",
    }
)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with a name; `home` is the campaign that it belongs to, empty for what all campaigns share."""

    sort: Sort
    name: str
    home: str = ""

    @property
    def words(self) -> str:
        """What it is, and its name."""
        return f"the {WORDS[self.sort]} `{self.name}`"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names a thing.

    `makes` says whether the thing comes from there, `silent` whether the place only implies the name: a verb that
    makes something without `as`, or a file that is called so. Behind `as`, the verb beside it is the `origin`.
    """

    thing: Thing
    span: Span
    makes: bool = False
    silent: bool = False
    origin: Span | None = None
