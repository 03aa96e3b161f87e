"""The table of what stands beside a verb, for every verb that takes it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from punchcard.language.grammar import Argument, Named, Row
from punchcard.language.kinds import IDENTIFIER, TEXT, unread

_STEPS = unread("a list of steps", shape=Row("steps"))

BESIDE: tuple[Argument[Any], ...] = (
    Argument("as", IDENTIFIER, "the name by which later steps and messages speak of it"),
    Argument("id", IDENTIFIER, "a name of the step's own that stays when steps are moved"),
    Argument("note", TEXT, "what colleagues should know of the step"),
    Argument("then", _STEPS, "the steps that follow when it has happened, or is true"),
    Argument(
        "branches",
        unread("steps by name", shape=Named(".+", _STEPS)),
        "a block of steps for each of the ways",
    ),
    Argument("steps", _STEPS, "the steps within"),
    Argument("otherwise", _STEPS, "the steps that follow when not"),
    Argument("on_error", _STEPS, "the steps that follow when it could not be done"),
    Argument("undo", _STEPS, "the steps that take it back, should a later step ask for it"),
)
ROWS: Mapping[str, Argument[Any]] = MappingProxyType({row.name: row for row in BESIDE})
