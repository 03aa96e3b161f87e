"""The messages of a campaign, frozen with its plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Purpose = Literal["marketing", "transactional"]


@dataclass(frozen=True, slots=True)
class MessageText:
    """The words of one message in one language: templates, frozen with the plan."""

    language: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message with its words in one or several languages; the first is the campaign's own.

    In quiet hours it is kept back unless it `disturbs`. What exceeds a cap is not sent, or later if it is `deferred`.
    """

    name: str
    purpose: Purpose
    texts: tuple[MessageText, ...]
    disturbs: bool = False
    deferred: bool = False
